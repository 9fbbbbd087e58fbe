// @peculiar/x509 needs it before its own first line.
import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  CertificatePolicyExtension,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  Name,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { suiteById } from '../../../core/crypto/index.js';
import { childrenOf, readDer, toHex } from '../../../core/encoding/index.js';
import type { KeyUsage } from '../../../core/pki/index.js';
import type { Signer } from '../signer.js';
import type { Family } from './family.js';
import { keyIdentifier } from './key-identifier.js';
import { fillIn } from './profile.js';
import type { Profile } from './profile.js';

const OCSP_NO_CHECK = '1.3.6.1.5.5.7.48.1.5';

export interface CertificateOrder {
  readonly profile: Profile;
  readonly family: Family;
  /** Words of the profile's templates. */
  readonly values: Readonly<Record<string, string>>;
  readonly spki: Uint8Array;
  /** Up to 16 random bytes; the encoding keeps it positive. */
  readonly serial: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The issuer's certificate, DER; absent for a root. */
  readonly issuer?: Uint8Array;
  readonly signer: Signer;
}

/**
 * One X.509 v3 certificate (RFC 5280) by its profile, DER.
 *
 * The library is given the signature's OID instead of an algorithm that it knows, and our signer instead of WebCrypto:
 * so SM2, which neither has, goes the same way as RSA and ECDSA.
 */
export async function makeCertificate(order: CertificateOrder): Promise<Uint8Array> {
  const { profile, values, spki, signer } = order;
  const subject = nameOf(profile, values);
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: toHex(order.serial),
      subject,
      issuer: order.issuer ? new X509Certificate(plain(order.issuer)).subjectName : subject,
      notBefore: order.notBefore,
      notAfter: order.notAfter,
      publicKey: plain(spki),
      signingKey: { algorithm: signatureAlgorithm(signer) } as unknown as CryptoKey,
      extensions: extensionsOf(order),
    },
    {
      subtle: {
        sign: (_algorithm: unknown, _key: unknown, tbs: ArrayBuffer) =>
          Promise.resolve(plain(signer.sign(new Uint8Array(tbs)))),
      },
    } as unknown as Crypto,
  );
  return new Uint8Array(certificate.rawData);
}

function signatureAlgorithm({ suite }: Signer): object {
  const { signatureOid, signatureAlgorithm: encoded } = suiteById(suite);
  const [, parameters] = childrenOf(readDer(encoded));
  return parameters ? { name: signatureOid, parameters: plain(parameters.bytes) } : { name: signatureOid };
}

function nameOf({ subject }: Profile, values: CertificateOrder['values']): Name {
  const attributes = Object.entries(subject).map(
    ([type, template]): Record<string, { utf8String?: string; printableString?: string }[]> => {
      const text = fillIn(template, values);
      // RFC 5280 appendix A.1: countryName is a PrintableString; the others are UTF8String here.
      return { [type]: [type === 'C' ? { printableString: text } : { utf8String: text }] };
    },
  );
  return new Name(attributes);
}

function extensionsOf({ profile, family, values, spki, issuer }: CertificateOrder): Extension[] {
  const issuerSpki = issuer ? new Uint8Array(new X509Certificate(plain(issuer)).publicKey.rawData) : spki;
  const usages = 'length' in profile.keyUsage ? profile.keyUsage : profile.keyUsage[family];
  const list: Extension[] = [
    new BasicConstraintsExtension(profile.authority !== undefined, profile.authority?.pathLength, true),
    new KeyUsagesExtension(
      usages.reduce((bits, usage) => bits | USAGE_BITS[usage], 0),
      true,
    ),
    new SubjectKeyIdentifierExtension(keyIdentifier(spki)),
    new AuthorityKeyIdentifierExtension(keyIdentifier(issuerSpki)),
  ];
  if (profile.extendedKeyUsage)
    list.push(new ExtendedKeyUsageExtension([...profile.extendedKeyUsage.purposes], profile.extendedKeyUsage.critical));
  if (profile.policies.length > 0) list.push(new CertificatePolicyExtension([...profile.policies]));
  if (profile.crlPointers.length > 0)
    list.push(new CRLDistributionPointsExtension(profile.crlPointers.map((url) => fillIn(url, values))));
  if (profile.ocspNoCheck) list.push(new Extension(OCSP_NO_CHECK, false, Uint8Array.of(5, 0)));
  return list;
}

const USAGE_BITS: Readonly<Record<KeyUsage, KeyUsageFlags>> = {
  digitalSignature: KeyUsageFlags.digitalSignature,
  nonRepudiation: KeyUsageFlags.nonRepudiation,
  keyEncipherment: KeyUsageFlags.keyEncipherment,
  dataEncipherment: KeyUsageFlags.dataEncipherment,
  keyAgreement: KeyUsageFlags.keyAgreement,
  keyCertSign: KeyUsageFlags.keyCertSign,
  cRLSign: KeyUsageFlags.cRLSign,
  encipherOnly: KeyUsageFlags.encipherOnly,
  decipherOnly: KeyUsageFlags.decipherOnly,
};

/** The library asks for an ArrayBuffer of exactly these bytes. */
const plain = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
