import { createPrivateKey, generateKeyPairSync, randomBytes, sign, constants } from 'node:crypto';
import { signSm2 } from '../../src/core/crypto/sm2/sign-sm2.js';
import { suiteById } from '../../src/core/crypto/index.js';
import type { Suite, SuiteId } from '../../src/core/crypto/index.js';
import { concat, der, tlv } from '../../src/core/encoding/index.js';
import { Point } from '../../src/core/primitives/noble-sm2.js';
import { hash } from '../../src/core/primitives/node.js';

/** A public key infrastructure small enough to make in a test: root, authority, one signer, their CRLs. */
export interface TestKey {
  readonly suite: Suite;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  /** DER SEQUENCE { r, s } for SM2 and ECDSA. */
  sign(message: Uint8Array): Uint8Array;
}

export function testKey(id: SuiteId, rsaBits = 2048): TestKey {
  const suite = suiteById(id);
  if (suite.scheme.kind === 'sm2') return sm2Key(suite);
  const { publicKey, privateKey } =
    suite.scheme.kind === 'ecdsa'
      ? generateKeyPairSync('ec', { namedCurve: suite.scheme.curve })
      : suite.scheme.kind === 'ed25519'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('rsa', { modulusLength: rsaBits });
  const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const hashName = suite.scheme.kind === 'ed25519' ? null : suite.hash;
  const options =
    suite.scheme.kind === 'rsa-pss'
      ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: suite.scheme.saltLength }
      : { key };
  return {
    suite,
    spki: Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })),
    sign: (message) => Uint8Array.from(sign(hashName, message, options)),
  };
}

function sm2Key(suite: Suite): TestKey {
  const privateKey = Uint8Array.from(randomBytes(32)).fill(1, 0, 1);
  const point = Point.BASE.multiply(BigInt('0x' + Buffer.from(privateKey).toString('hex'))).toBytes(false);
  const spki = der.sequence(
    der.sequence(der.oid('1.2.840.10045.2.1'), der.oid('1.2.156.10197.1.301')),
    der.bitString(point),
  );
  const sign = (message: Uint8Array): Uint8Array => {
    for (;;) {
      const value = signSm2({ privateKey, k: Uint8Array.from(randomBytes(32)), message, id: suite.defaultContext });
      if (value) return value;
    }
  };
  return { suite, spki, sign };
}

export interface Subject {
  readonly name: string;
  readonly organisation?: string;
}

const nameDer = ({ name, organisation }: Subject): Uint8Array => {
  const part = (oid: string, value: string) => der.setOf(der.sequence(der.oid(oid), der.utf8String(value)));
  return der.sequence(...(organisation === undefined ? [] : [part('2.5.4.10', organisation)]), part('2.5.4.3', name));
};

export const keyIdOf = (spki: Uint8Array): Uint8Array => hash('sha256', spki).subarray(0, 20);

export interface CertificateWish {
  readonly subject: Subject;
  readonly key: TestKey;
  readonly issuer: { readonly subject: Subject; readonly key: TestKey };
  readonly serial?: number;
  readonly from?: Date;
  readonly until?: Date;
  readonly ca?: boolean;
  /** Bit numbers of KeyUsage (RFC 5280 4.2.1.3); an empty list leaves the extension out. */
  readonly usage?: readonly number[];
  readonly extensions?: readonly Uint8Array[];
}

export const YEAR = (year: number): Date => new Date(Date.UTC(year, 0, 1));

export function extension(oid: string, critical: boolean, value: Uint8Array): Uint8Array {
  return der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
}

export function namedBits(bits: readonly number[]): Uint8Array {
  const last = Math.max(...bits);
  const bytes = new Uint8Array((last >> 3) + 1);
  for (const bit of bits) bytes[bit >> 3]! |= 0x80 >> (bit & 7);
  return tlv(0x03, concat([Uint8Array.of(7 - (last & 7)), bytes]));
}

let serial = 1000;

export function makeCertificate(wish: CertificateWish): Uint8Array {
  const { issuer, key } = wish;
  const ca = wish.ca ?? false;
  const extensions = [
    ...(ca ? [extension('2.5.29.19', true, der.sequence(der.boolean(true)))] : []),
    ...(wish.usage?.length === 0
      ? []
      : [extension('2.5.29.15', true, namedBits(wish.usage ?? (ca ? [5, 6] : [0, 1])))]),
    extension('2.5.29.14', false, der.octetString(keyIdOf(key.spki))),
    extension('2.5.29.35', false, der.sequence(der.implicit(0, keyIdOf(issuer.key.spki), false))),
    ...(wish.extensions ?? []),
  ];
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(wish.serial ?? serial++),
    issuer.key.suite.signatureAlgorithm,
    nameDer(issuer.subject),
    der.sequence(der.time(wish.from ?? YEAR(2025)), der.time(wish.until ?? YEAR(2035))),
    nameDer(wish.subject),
    key.spki,
    der.explicit(3, der.sequence(...extensions)),
  );
  return der.sequence(tbs, issuer.key.suite.signatureAlgorithm, der.bitString(issuer.key.sign(tbs)));
}

export function makeCrl(wish: {
  readonly issuer: { readonly subject: Subject; readonly key: TestKey };
  readonly revoked?: readonly { readonly serial: number; readonly at: Date }[];
  readonly from?: Date;
  readonly until?: Date;
  readonly number?: number;
}): Uint8Array {
  const { issuer } = wish;
  const algorithm = issuer.key.suite.signatureAlgorithm;
  const revoked = (wish.revoked ?? []).map((one) => der.sequence(der.integer(one.serial), der.time(one.at)));
  const tbs = der.sequence(
    der.integer(1),
    algorithm,
    nameDer(issuer.subject),
    der.time(wish.from ?? new Date('2026-05-20T00:00:00Z')),
    der.time(wish.until ?? new Date('2026-07-01T00:00:00Z')),
    ...(revoked.length > 0 ? [der.sequence(...revoked)] : []),
    der.explicit(
      0,
      der.sequence(
        extension('2.5.29.35', false, der.sequence(der.implicit(0, keyIdOf(issuer.key.spki), false))),
        extension('2.5.29.20', false, der.integer(wish.number ?? 1)),
      ),
    ),
  );
  return der.sequence(tbs, algorithm, der.bitString(issuer.key.sign(tbs)));
}

export interface MiniPki {
  readonly suite: Suite;
  readonly root: Party;
  readonly authority: Party;
  readonly signer: Party & { readonly serial: number };
  /** Of root and authority, from 20 May to 1 July 2026. */
  readonly crls: readonly Uint8Array[];
}

export interface Party {
  readonly subject: Subject;
  readonly key: TestKey;
  readonly der: Uint8Array;
}

export const ISSUER_CODE = '11999900MB0000001K';
const SIGNER_SERIAL = 77;
const PURPOSE_ARC = '2.25.323759826816191288112503082895547256683.3';

/** CertificatePolicies with one policy (RFC 5280 4.2.1.4). */
export const policyExtension = (...oids: readonly string[]): Uint8Array =>
  extension('2.5.29.32', false, der.sequence(...oids.map((oid) => der.sequence(der.oid(oid)))));

export function miniPki(id: SuiteId): MiniPki {
  const [rootKey, authorityKey, signerKey] = [testKey(id), testKey(id), testKey(id)];
  const root = { subject: { name: '样本根证书' }, key: rootKey };
  const authority = { subject: { name: '样本签发机构' }, key: authorityKey };
  const signer = {
    subject: { name: '99990000000001', organisation: `${ISSUER_CODE}样本市市场监督管理局` },
    key: signerKey,
  };
  // One certificate plays both parts here: it may seal and sign data.
  const purposes = [policyExtension(`${PURPOSE_ARC}.1`, `${PURPOSE_ARC}.3`)];
  return {
    suite: suiteById(id),
    root: { ...root, der: makeCertificate({ ...root, issuer: root, ca: true, until: YEAR(2045) }) },
    authority: { ...authority, der: makeCertificate({ ...authority, issuer: root, ca: true, until: YEAR(2040) }) },
    signer: {
      ...signer,
      serial: SIGNER_SERIAL,
      der: makeCertificate({ ...signer, issuer: authority, serial: SIGNER_SERIAL, extensions: purposes }),
    },
    crls: [makeCrl({ issuer: root }), makeCrl({ issuer: authority })],
  };
}
