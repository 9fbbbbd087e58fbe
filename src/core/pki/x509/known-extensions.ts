import {
  childrenOf,
  expectTag,
  fromLatin1,
  isContext,
  isUniversal,
  readBoolean,
  readDer,
  readNamedBits,
  readOctetString,
  readOid,
  TAG,
} from '../../encoding/index.js';
import type { Oid } from '../../encoding/index.js';
import { malformed } from '../malformed.js';
import type { Certificate, Extension, KeyUsage } from '../types.js';
import { EXTENSION_OIDS, extensionValue } from './extension.js';
import { smallIntegerOf } from './integers.js';

/** RFC 5280 4.2.1.3: bit 0 first. */
const KEY_USAGES: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

type KnownExtensions = Pick<
  Certificate,
  'keyUsage' | 'extendedKeyUsage' | 'basicConstraints' | 'subjectKeyId' | 'authorityKeyId' | 'crlUrls' | 'policies'
>;

/** The extensions that have meaning here, read; each is strict DER inside its OCTET STRING. */
export function readKnownExtensions(extensions: readonly Extension[]): KnownExtensions {
  const read = <T>(oid: Oid, reader: (value: Uint8Array) => T): T | undefined => {
    const value = extensionValue(extensions, oid);
    return value === undefined ? undefined : reader(value);
  };
  return {
    keyUsage: read(EXTENSION_OIDS.keyUsage, keyUsage),
    extendedKeyUsage: read(EXTENSION_OIDS.extendedKeyUsage, (value) => childrenOf(readDer(value)).map(readOid)),
    basicConstraints: read(EXTENSION_OIDS.basicConstraints, basicConstraints),
    subjectKeyId: read(EXTENSION_OIDS.subjectKeyId, (value) => readOctetString(readDer(value))),
    authorityKeyId: read(EXTENSION_OIDS.authorityKeyId, authorityKeyId),
    crlUrls: read(EXTENSION_OIDS.crlDistributionPoints, crlUrls) ?? [],
    policies: read(EXTENSION_OIDS.certificatePolicies, policies) ?? [],
  };
}

function keyUsage(value: Uint8Array): ReadonlySet<KeyUsage> {
  // Nine bits have a name. A long string would only make a large set.
  if (value.length > 8) throw malformed('CERTIFICATE_MALFORMED', 'key usage too long');
  const usages = new Set<KeyUsage>();
  for (const bit of readNamedBits(readDer(value))) {
    const usage = KEY_USAGES[bit];
    if (usage !== undefined) usages.add(usage);
  }
  return usages;
}

function basicConstraints(value: Uint8Array): NonNullable<Certificate['basicConstraints']> {
  const fields = [...childrenOf(readDer(value))];
  const ca = isUniversal(fields[0], TAG.boolean) && readBoolean(fields.shift());
  const [pathLength, ...more] = fields;
  if (more.length > 0) throw malformed('CERTIFICATE_MALFORMED', 'basic constraints');
  return pathLength === undefined ? { ca } : { ca, pathLength: smallIntegerOf(pathLength) };
}

/** RFC 5280 4.2.1.1: only keyIdentifier [0] is used; issuer and serial beside it are seldom written. */
function authorityKeyId(value: Uint8Array): Uint8Array | undefined {
  return childrenOf(readDer(value)).find((child) => isContext(child, 0))?.contents;
}

/**
 * URIs of DistributionPoint.distributionPoint.fullName (RFC 5280 4.2.1.13). They are a stranger's words: nothing here
 * or above may fetch them unless the host is configured.
 */
function crlUrls(value: Uint8Array): readonly string[] {
  const urls: string[] = [];
  for (const point of childrenOf(readDer(value))) {
    const name = childrenOf(point).find((child) => isContext(child, 0));
    const fullName = name?.children.find((child) => isContext(child, 0));
    for (const general of fullName?.children ?? []) if (isContext(general, 6)) urls.push(fromLatin1(general.contents));
  }
  return urls;
}

function policies(value: Uint8Array): readonly Oid[] {
  return childrenOf(readDer(value)).map((information) => readOid(expectTag(information, TAG.sequence).children[0]));
}
