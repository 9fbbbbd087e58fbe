import { hash } from '#primitives';
import { sameAlgorithm, suiteOfAlgorithm } from '../../crypto/index.js';
import {
  childrenOf,
  expectTag,
  isContext,
  readBitString,
  readDer,
  readOid,
  readTime,
  TAG,
  toHex,
} from '../../encoding/index.js';
import type { DerNode } from '../../encoding/index.js';
import { malformed, reading } from '../malformed.js';
import type { Certificate } from '../types.js';
import { readExtensions } from './extension.js';
import { identifierOf, smallIntegerOf } from './integers.js';
import { readKnownExtensions } from './known-extensions.js';
import { readName } from './name.js';

/**
 * Certificate (RFC 5280 4.1), strict DER, exactly one. The value holds views of `der`: the caller leaves it unchanged.
 * Nothing is checked but the form; an unknown signature algorithm is no error.
 *
 * @throws PkiError CERTIFICATE_MALFORMED
 */
export function readCertificate(der: Uint8Array): Certificate {
  return reading('CERTIFICATE_MALFORMED', () => certificateOf(readDer(der)));
}

/** A certificate that stands as an element of a larger structure, already split into nodes. */
export function certificateOf(node: DerNode): Certificate {
  if (node.ber) throw refuse('not DER');
  const [tbs, outerAlgorithm, signature, ...more] = childrenOf(node);
  if (more.length > 0) throw refuse('more than three fields');
  const fields = [...childrenOf(tbs)];
  const version = isContext(fields[0], 0) ? versionOf(fields.shift()!) : 1;
  const [serialNumber, innerAlgorithm, issuer, validity, subject, publicKey, ...optional] = fields;
  const [notBefore, notAfter, ...more2] = childrenOf(validity);
  const [keyAlgorithm, keyBits, ...more3] = childrenOf(publicKey);
  if (more2.length + more3.length > 0) throw refuse('more fields than the standard has');

  const serial = identifierOf(serialNumber);
  if (serial <= 0n) throw refuse('serial number not positive');
  readBitString(keyBits);
  const extensions = extensionsOf(optional, version);

  return {
    der: node.bytes,
    tbs: tbs!.bytes,
    version,
    serial,
    issuer: readName(issuer),
    subject: readName(subject),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    spki: publicKey!.bytes,
    keyAlgorithm: readOid(childrenOf(keyAlgorithm)[0]),
    suite: suiteOfBoth(innerAlgorithm, outerAlgorithm),
    signature: readBitString(signature),
    extensions,
    ...readKnownExtensions(extensions),
    id: toHex(hash('sha256', node.bytes)),
  };
}

function versionOf(node: DerNode): 2 | 3 {
  const version = smallIntegerOf(onlyChildOf(node)) + 1;
  // Version 1 is the DEFAULT, so DER does not write it (X.690 11.5).
  if (version !== 2 && version !== 3) throw refuse('version');
  return version;
}

/** issuerUniqueID [1] and subjectUniqueID [2] are passed over; extensions [3] need version 3 (RFC 5280 4.1.2.9). */
function extensionsOf(optional: readonly DerNode[], version: number): Certificate['extensions'] {
  let last = 0;
  for (const field of optional) {
    if (field.tagClass !== 'context' || field.tag > 3 || field.tag <= last) throw refuse('field after the public key');
    if (version === 1 || (field.tag === 3 && version !== 3)) throw refuse('field that its version does not have');
    last = field.tag;
  }
  const list = optional.at(-1);
  return isContext(list, 3) ? readExtensions(onlyChildOf(list), 'CERTIFICATE_MALFORMED') : [];
}

function onlyChildOf(node: DerNode): DerNode {
  const [child, ...more] = node.children;
  if (child === undefined || more.length > 0) throw refuse('explicit tag');
  return child;
}

/** RFC 5280 4.1.1.2: the signed and the unsigned identifier are the same. Else an attacker chooses the algorithm. */
function suiteOfBoth(inner: DerNode | undefined, outer: DerNode | undefined): Certificate['suite'] {
  const signed = expectTag(inner, TAG.sequence);
  if (!sameAlgorithm(signed, expectTag(outer, TAG.sequence))) throw refuse('two signature algorithms');
  if (signed.bytes.length > 512) throw refuse('signature algorithm too long');
  return suiteOfAlgorithm(signed);
}

const refuse = (why: string) => malformed('CERTIFICATE_MALFORMED', why);
