import {
  TAG,
  childrenOf,
  der,
  equalBytes,
  isContext,
  isUniversal,
  readOid,
  readSmallInteger,
  utf8,
} from '../encoding/index.js';
import type { DerNode, Oid } from '../encoding/index.js';
import type { HashName } from '../primitives/contract.js';
import { CryptoError } from './errors.js';
import type { Suite, SuiteId } from './suite.js';

/** Digest algorithms by OID. SHA-1 is known so that a report can name it; no suite uses it. */
export const DIGEST_OIDS: Readonly<Record<HashName, Oid>> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  sm3: '1.2.156.10197.1.401',
};

const MGF1 = '1.2.840.113549.1.1.8';
const RSA_PSS = '1.2.840.113549.1.1.10';
const NONE = new Uint8Array(0);

/** GM/T 0009 practice: the default user identifier, 16 ASCII bytes. */
export const SM2_DEFAULT_ID = utf8('1234567812345678');

type RsaHash = 'sha256' | 'sha384' | 'sha512';

const identifier = (oid: Oid, parameters: Uint8Array = NONE) => der.sequence(der.oid(oid), parameters);
const digestOf = (hash: HashName) => ({
  hash,
  digestOid: DIGEST_OIDS[hash],
  // RFC 5754 2: SHA-2 without parameters. SM3 likewise.
  digestAlgorithm: identifier(DIGEST_OIDS[hash]),
});

function rsaPkcs1(hash: RsaHash, oid: Oid, jose: string): Suite {
  return {
    id: `RSA-PKCS1-${hash.toUpperCase()}` as SuiteId,
    scheme: { kind: 'rsa-pkcs1', hash },
    ...digestOf(hash),
    signatureOid: oid,
    // RFC 4055 5: NULL parameters are required here.
    signatureAlgorithm: identifier(oid, der.null()),
    jose,
    defaultContext: NONE,
  };
}

function rsaPss(hash: RsaHash, saltLength: number, jose: string): Suite {
  const hashId = identifier(DIGEST_OIDS[hash], der.null());
  const parameters = der.sequence(
    der.explicit(0, hashId),
    der.explicit(1, der.sequence(der.oid(MGF1), hashId)),
    der.explicit(2, der.integer(saltLength)),
  );
  return {
    id: `RSA-PSS-${hash.toUpperCase()}` as SuiteId,
    scheme: { kind: 'rsa-pss', hash, mgfHash: hash, saltLength },
    ...digestOf(hash),
    signatureOid: RSA_PSS,
    signatureAlgorithm: identifier(RSA_PSS, parameters),
    jose,
    defaultContext: NONE,
  };
}

function ecdsa(id: SuiteId, curve: 'P-256' | 'P-384', hash: HashName, oid: Oid, jose: string): Suite {
  return {
    id,
    scheme: { kind: 'ecdsa', curve, hash },
    ...digestOf(hash),
    signatureOid: oid,
    signatureAlgorithm: identifier(oid),
    jose,
    defaultContext: NONE,
  };
}

/** The only list of algorithms. Below a lookup no code compares algorithm names. */
const TABLE: readonly Suite[] = [
  {
    id: 'SM2-SM3',
    scheme: { kind: 'sm2' },
    ...digestOf('sm3'),
    signatureOid: '1.2.156.10197.1.501',
    signatureAlgorithm: identifier('1.2.156.10197.1.501'),
    // GM/T 0125.1-2022 as an implementation quotes it; not checked against the text.
    jose: 'SGD_SM3_SM2',
    defaultContext: SM2_DEFAULT_ID,
  },
  ecdsa('ECDSA-P256-SHA256', 'P-256', 'sha256', '1.2.840.10045.4.3.2', 'ES256'),
  ecdsa('ECDSA-P384-SHA384', 'P-384', 'sha384', '1.2.840.10045.4.3.3', 'ES384'),
  rsaPkcs1('sha256', '1.2.840.113549.1.1.11', 'RS256'),
  rsaPkcs1('sha384', '1.2.840.113549.1.1.12', 'RS384'),
  rsaPkcs1('sha512', '1.2.840.113549.1.1.13', 'RS512'),
  rsaPss('sha256', 32, 'PS256'),
  rsaPss('sha384', 48, 'PS384'),
  rsaPss('sha512', 64, 'PS512'),
  {
    id: 'ED25519',
    scheme: { kind: 'ed25519' },
    ...digestOf('sha512'),
    signatureOid: '1.3.101.112',
    signatureAlgorithm: identifier('1.3.101.112'),
    jose: 'EdDSA',
    defaultContext: NONE,
  },
];

export const allSuites = (): readonly Suite[] => TABLE;

export function suiteById(id: string): Suite {
  const suite = TABLE.find((row) => row.id === id);
  if (!suite) throw unknown(id);
  return suite;
}

export function suiteByJose(alg: string): Suite {
  const suite = TABLE.find((row) => row.jose === alg);
  if (!suite) throw unknown(alg);
  return suite;
}

/** Name of a digest algorithm; undefined for one that the table lacks. */
export function digestByOid(oid: Oid): HashName | undefined {
  return (Object.keys(DIGEST_OIDS) as HashName[]).find((name) => DIGEST_OIDS[name] === oid);
}

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';
const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const SM2_CURVE = '1.2.156.10197.1.301';
const SM2_SIGN = '1.2.156.10197.1.301.1';

/**
 * The suite of an AlgorithmIdentifier, as it stands in a certificate, CRL or SignerInfo.
 * In a SignerInfo common tools write the key's algorithm (rsaEncryption, id-ecPublicKey, the SM2 curve) and leave the
 * hash to digestAlgorithm: give it as `digest` there. Undefined for what the table does not hold.
 */
export function suiteOfAlgorithm(algorithm: DerNode, digest?: Oid): Suite | undefined {
  const [oidNode, parameters] = childrenOf(algorithm);
  const oid = readOid(oidNode);
  if (oid === RSA_PSS) return pssSuite(parameters);
  // Parameters are absent or NULL for all others; SM2-with-SM3 is seen in both forms.
  if (parameters && oid !== EC_PUBLIC_KEY && !isUniversal(parameters, TAG.null)) return undefined;
  const direct = TABLE.find((row) => row.signatureOid === oid);
  if (direct) return direct;
  const hash = digest === undefined ? undefined : digestByOid(digest);
  if (oid === RSA_ENCRYPTION) return TABLE.find((row) => row.scheme.kind === 'rsa-pkcs1' && row.hash === hash);
  if (oid === SM2_SIGN || oid === SM2_CURVE) return hash === 'sm3' ? TABLE[0] : undefined;
  if (oid === EC_PUBLIC_KEY)
    return hash === 'sm3' ? TABLE[0] : TABLE.find((row) => row.scheme.kind === 'ecdsa' && row.hash === hash);
  return undefined;
}

/** RFC 4055 3.1. Defaults mean SHA-1, which no suite here has, so every field must be present and agree. */
function pssSuite(parameters: DerNode | undefined): Suite | undefined {
  if (!parameters || !isUniversal(parameters, TAG.sequence)) return undefined;
  const field = (n: number) => parameters.children.find((child) => isContext(child, n))?.children[0];
  const [hashId, mgf, salt] = [field(0), field(1), field(2)];
  if (!hashId || !mgf || !salt || field(3)) return undefined;
  const hash = digestByOid(readOid(hashId.children[0]));
  const mgfHash = mgf.children[1]?.children[0];
  if (readOid(mgf.children[0]) !== MGF1 || !mgfHash || digestByOid(readOid(mgfHash)) !== hash) return undefined;
  const saltLength = readSmallInteger(salt);
  return TABLE.find(
    (row) => row.scheme.kind === 'rsa-pss' && row.hash === hash && row.scheme.saltLength === saltLength,
  );
}

/** True when two AlgorithmIdentifiers are the same bytes (RFC 5280 4.1.1.2 asks so of a certificate's two). */
export const sameAlgorithm = (a: DerNode, b: DerNode): boolean => equalBytes(a.bytes, b.bytes);

function unknown(name: string): CryptoError {
  return new CryptoError('SUITE_UNKNOWN', { en: `unknown signature suite ${name}`, zh: `未知的签名算法套件 ${name}` });
}
