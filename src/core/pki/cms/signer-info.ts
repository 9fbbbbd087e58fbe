import { suiteOfAlgorithm } from '../../crypto/index.js';
import { childrenOf, expectTag, isContext, isUniversal, readOid, TAG } from '../../encoding/index.js';
import type { DerNode } from '../../encoding/index.js';
import { malformed } from '../malformed.js';
import type { SignerInfo } from '../types.js';
import { identifierOf, smallIntegerOf } from '../x509/integers.js';
import { readAttributes, signedBytesOf } from './attributes.js';
import { derOf, octetsOf } from './der-of.js';

/** SignerInfo (RFC 5652 5.3). */
export function readSignerInfo(node: DerNode, ber: boolean): SignerInfo {
  const [version, identifier, digest, ...fields] = childrenOf(node);
  const digestAlgorithm = readOid(childrenOf(digest)[0]);
  const signed = isContext(fields[0], 0) ? fields.shift() : undefined;
  const [algorithm, signature, unsigned, ...more] = fields;
  if (more.length > 0 || (unsigned !== undefined && !isContext(unsigned, 1))) throw refuse('field after the signature');
  if (expectTag(algorithm, TAG.sequence).bytes.length > 512) throw refuse('signature algorithm too long');
  const toSign = signed && signedBytesOf(signed);
  return {
    version: smallIntegerOf(version),
    digestAlgorithm,
    suite: suiteOfAlgorithm(algorithm!, digestAlgorithm),
    ...identifierOfSigner(identifier),
    signedAttributes: signed && readAttributes(signed),
    signedBytes: toSign?.bytes,
    signedAttributesAreDer: toSign?.asReceived ?? true,
    unsignedAttributes: unsigned === undefined ? [] : readAttributes(unsigned),
    signature: octetsOf(signature, ber),
  };
}

function identifierOfSigner(node: DerNode | undefined): Pick<SignerInfo, 'issuerAndSerial' | 'subjectKeyId'> {
  if (isContext(node, 0) && !node.constructed) return { issuerAndSerial: undefined, subjectKeyId: node.contents };
  const [issuer, serial, ...more] = childrenOf(node);
  if (!isUniversal(issuer, TAG.sequence) || more.length > 0) throw refuse('signer identifier');
  return { issuerAndSerial: { issuer: derOf(issuer), serial: identifierOf(serial) }, subjectKeyId: undefined };
}

const refuse = (why: string) => malformed('CMS_MALFORMED', why);
