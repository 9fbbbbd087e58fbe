import { checkSuiteSignature, digestByOid, suiteById } from '../../crypto/index.js';
import { toHex } from '../../encoding/index.js';
import {
  attributeOf,
  certificateOfSigner,
  claimedSigningTimeOf,
  contentTypeOf,
  isReferenceTo,
  messageDigestOf,
  readsAsAttributes,
  signingCertificateOf,
} from '../../pki/index.js';
import type { Certificate, SignedData, SignerInfo } from '../../pki/index.js';
import { OID_JOURNAL_PROOF, OID_RENDITION_BINDING, decodeBinding, decodeJournalProof } from '../../renditions/index.js';
import type { Evidence, PdfSignatureEvidence } from '../evidence.js';
import type { CmsFacts, Readable, SignatureFacts } from '../facts.js';
import { attempt } from '../inspect.js';
import { signedDataIn } from '../read-once.js';
import { establishJournal } from './establish-journal.js';
import { certificateFactsOf, establishPath } from './establish-path.js';
import { objectOf } from './world.js';
import type { World } from './world.js';

/** Everything cryptographic about one signature of a PDF: RFC 5652 5.4 and 5.6, RFC 5035, RFC 5280 6, our attributes. */
export async function establishPdfSignature(
  pdf: PdfSignatureEvidence,
  evidence: Evidence,
  world: World,
): Promise<SignatureFacts> {
  const read = signedDataIn(pdf.cms === null ? new Uint8Array(0) : objectOf(evidence, pdf.cms).bytes);
  const signer = read.ok ? read.value.signers[0] : undefined;
  if (!read.ok) return withoutCms(pdf, read.why);
  if (!signer)
    return withoutCms(pdf, { code: 'CMS_NO_SIGNER', words: { en: 'the CMS has no signer', zh: 'CMS 中没有签名者' } });
  const data = read.value;
  const certificate = certificateOfSigner(data, signer);
  const cms = cmsFactsOf(data, signer, certificate, pdf);
  const binding = signedValue(signer, OID_RENDITION_BINDING, decodeBinding);
  const suite = signer.suite?.id ?? null;
  const contentDigest = (signer.suite && pdf.digests[signer.suite.hash]) ?? null;
  const proof = signedValue(signer, OID_JOURNAL_PROOF, decodeJournalProof);
  const journal = await establishJournal(proof, { suite, contentDigest, binding }, world);
  return {
    id: pdf.id,
    kind: 'pdf',
    attached: false,
    unreadable: null,
    pdf,
    cms,
    jws: null,
    suite,
    value: await checkValue(signer, certificate),
    signer: certificate ? certificateFactsOf(certificate) : null,
    path: certificate ? await establishPath(certificate, data.certificates, world) : null,
    claimedTime: 'intent' in journal ? journal.intent.at : (signingTimeOf(signer) ?? pdf.claimedTime),
    binding,
    journal,
  };
}

function withoutCms(pdf: PdfSignatureEvidence, unreadable: SignatureFacts['unreadable']): SignatureFacts {
  return {
    id: pdf.id,
    kind: 'pdf',
    attached: false,
    unreadable,
    pdf,
    cms: null,
    jws: null,
    suite: null,
    value: 'not-checked',
    signer: null,
    path: null,
    claimedTime: pdf.claimedTime,
    binding: { found: 'absent' },
    journal: { state: 'absent' },
  };
}

/** Over the DER SET of the attributes, however they were sent (RFC 5652 5.4). Without attributes nothing is checked: see `hasAttributes`. */
async function checkValue(signer: SignerInfo, certificate: Certificate | undefined): Promise<SignatureFacts['value']> {
  const { suite, signedBytes: message, signature } = signer;
  if (!suite || !message || !certificate) return 'not-checked';
  return (await checkSuiteSignature({ suite: suiteById(suite.id), spki: certificate.spki, message, signature }))
    ? 'right'
    : 'wrong';
}

function cmsFactsOf(
  data: SignedData,
  signer: SignerInfo,
  certificate: Certificate | undefined,
  pdf: PdfSignatureEvidence,
): CmsFacts {
  const contentType = contentTypeOf(signer);
  const digestName = digestByOid(signer.digestAlgorithm);
  return {
    signers: data.signers.length,
    detached: data.content === undefined,
    ber: data.ber,
    trailing: data.trailing,
    hasAttributes: signer.signedAttributes !== undefined,
    contentIsAttributes: data.content !== undefined && readsAsAttributes(data.content),
    attributesInOrder: signer.signedAttributesAreDer,
    contentType:
      contentType.found !== 'once' ? contentType.found : contentType.value === data.contentType ? 'right' : 'wrong',
    messageDigest: messageDigestFact(signer, pdf),
    digestAlgorithm: digestName ?? signer.digestAlgorithm,
    digestFitsSuite: signer.suite !== undefined && signer.suite.hash === digestName,
    signingCertificate: signingCertificateFact(signer, certificate),
    signingTime: claimedSigningTimeOf(signer).found !== 'absent',
  };
}

function messageDigestFact(signer: SignerInfo, pdf: PdfSignatureEvidence): CmsFacts['messageDigest'] {
  const claimed = messageDigestOf(signer);
  if (claimed.found !== 'once') return claimed.found;
  const name = digestByOid(signer.digestAlgorithm);
  const computed = name && pdf.digests[name];
  if (computed === undefined) return 'not-computed';
  return toHex(claimed.value) === computed ? 'equal' : 'different';
}

function signingCertificateFact(
  signer: SignerInfo,
  certificate: Certificate | undefined,
): CmsFacts['signingCertificate'] {
  const reference = signingCertificateOf(signer);
  if (reference.found !== 'once') return reference.found;
  return certificate && isReferenceTo(reference.value, certificate) ? 'named' : 'other';
}

function signingTimeOf(signer: SignerInfo): string | undefined {
  const time = claimedSigningTimeOf(signer);
  return time.found === 'once' ? time.value.toISOString() : undefined;
}

function signedValue<T>(signer: SignerInfo, oid: string, decode: (der: Uint8Array) => T): Readable<T> {
  const reading = attributeOf(signer, oid);
  if (reading.found === 'absent') return { found: 'absent' };
  if (reading.found !== 'once') return { found: 'malformed' };
  const value = attempt(() => decode(reading.value));
  return value.ok ? { found: 'once', value: value.value } : { found: 'malformed' };
}
