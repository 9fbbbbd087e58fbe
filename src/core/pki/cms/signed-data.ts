import { childrenOf, equalBytes, isContext, isUniversal, readDerPrefix, readOid, TAG } from '../../encoding/index.js';
import type { DerNode } from '../../encoding/index.js';
import { malformed, reading } from '../malformed.js';
import type { Certificate, SignedData, SignerInfo } from '../types.js';
import { certificateOf } from '../x509/certificate.js';
import { smallIntegerOf } from '../x509/integers.js';
import { octetsOf } from './der-of.js';
import { CMS_OIDS } from './oids.js';
import { readSignerInfo } from './signer-info.js';

const MAX_SIGNERS = 64;

/**
 * ContentInfo with SignedData (RFC 5652 3 and 5.1; the outer type may be that of GB/T 35275). Bytes behind it are
 * counted, not refused: a PDF's /Contents is padded with zeros. Nothing is checked but the form.
 * Certificates of other kinds and revocation lists inside are passed over.
 *
 * @param options.ber accept BER, as many honest files have it; `ber` of the value says whether it was needed
 * @throws PkiError CMS_MALFORMED, CERTIFICATE_MALFORMED
 */
export function readSignedData(bytes: Uint8Array, options: { readonly ber?: boolean } = {}): SignedData {
  return reading('CMS_MALFORMED', () => {
    const ber = options.ber ?? false;
    const { node, rest } = readDerPrefix(bytes, { ber });
    const [outerType, wrapped, ...behind] = childrenOf(node);
    // Else a longer outer length could take padding of the container in, and one value had two encodings.
    if (behind.length > 0) throw refuse('field after the content');
    const outer = readOid(outerType);
    if (outer !== CMS_OIDS.signedData && outer !== CMS_OIDS.gmSignedData) throw refuse(`content of type ${outer}`);
    const [version, digestAlgorithms, encapsulated, ...fields] = childrenOf(explicit(wrapped));
    smallIntegerOf(version);
    childrenOf(digestAlgorithms, TAG.set);
    const [contentType, eContent, ...after] = childrenOf(encapsulated);
    if (after.length > 0) throw refuse('field after the encapsulated content');
    const content = eContent === undefined ? undefined : explicit(eContent);
    const certificates = isContext(fields[0], 0) ? fields.shift()!.children : [];
    if (isContext(fields[0], 1)) fields.shift();
    const [signers, ...more] = fields;
    if (more.length > 0) throw refuse('field after the signers');
    const signerNodes = childrenOf(signers, TAG.set);
    if (signerNodes.length > MAX_SIGNERS) throw refuse('too many signers');
    return {
      der: node.bytes,
      outerType: outer,
      contentType: readOid(contentType),
      content: content && octetsOf(content, ber),
      certificates: certificates.filter((one) => isUniversal(one, TAG.sequence)).map(certificateOf),
      signers: signerNodes.map((signer) => readSignerInfo(signer, ber)),
      ber: node.ber || (content?.constructed ?? false),
      trailing: lengthWithoutZeros(rest),
    };
  });
}

/** A plain loop: the padding of a PDF's /Contents is thousands of zeros. */
function lengthWithoutZeros(bytes: Uint8Array): number {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return length;
}

/** The certificate among those inside that a signer names; undefined when it is not there. */
export function certificateOfSigner(data: SignedData, signer: SignerInfo): Certificate | undefined {
  const { issuerAndSerial, subjectKeyId } = signer;
  return data.certificates.find((certificate) =>
    issuerAndSerial
      ? certificate.serial === issuerAndSerial.serial && equalBytes(certificate.issuer.der, issuerAndSerial.issuer)
      : certificate.subjectKeyId !== undefined && equalBytes(certificate.subjectKeyId, subjectKeyId!),
  );
}

/** The one element inside an EXPLICIT [0]. */
function explicit(node: DerNode | undefined): DerNode {
  if (!isContext(node, 0) || node.children.length !== 1) throw refuse('explicit tag');
  return node.children[0]!;
}

const refuse = (why: string) => malformed('CMS_MALFORMED', why);
