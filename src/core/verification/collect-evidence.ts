import { digestByOid } from '../crypto/index.js';
import { hash } from '#primitives';
import type { HashName } from '#primitives';
import { toBase64, toHex } from '../encoding/index.js';
import type { LogVerifier } from '../journal/index.js';
import type { Certificate, CertificateList } from '../pki/index.js';
import { SD_JWT_MEDIA_TYPE } from '../renditions/index.js';
import type { PdfInspection, PdfSignature } from '../renditions/index.js';
import { EVIDENCE_FORMAT } from './evidence.js';
import type {
  Evidence,
  EvidenceObject,
  PdfEvidence,
  PdfSignatureEvidence,
  RegistryEvidence,
  TokenEvidence,
} from './evidence.js';
import { faceEvidenceOf } from './face-evidence.js';
import type { PinnedFonts } from './face-evidence.js';
import type { Inspection } from './inspect.js';
import { signedDataIn } from './read-once.js';

/** What was gathered from the world for one file. */
export interface Gathered {
  /** The time for which to judge; also the time up to which the world is known. */
  readonly at: Date;
  readonly anchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly crls: readonly CertificateList[];
  readonly journals: readonly LogVerifier[];
  readonly registry: RegistryEvidence;
  readonly fonts?: PinnedFonts;
}

/** Joins file and world into evidence. Reads structure only; every cryptographic question is left to `establish`. */
export function collectEvidence(inspection: Inspection, gathered: Gathered): Evidence {
  const at = gathered.at.toISOString();
  const objects = new Map<string, EvidenceObject>();
  const put = (
    id: string,
    type: EvidenceObject['type'],
    source: EvidenceObject['source'],
    bytes: Uint8Array,
  ): string => {
    objects.set(id, { type, bytes, source, at });
    return id;
  };
  const putFile = (type: EvidenceObject['type'], bytes: Uint8Array) =>
    put(toHex(hash('sha256', bytes)), type, 'file', bytes);
  return {
    format: EVIDENCE_FORMAT,
    at,
    file: inspection.file,
    unreadable: inspection.kind === 'unreadable' ? inspection.why : null,
    pdf: inspection.kind === 'pdf' ? pdfEvidenceOf(inspection.pdf, gathered.fonts ?? new Map(), putFile) : null,
    tokens: tokensOf(inspection, putFile),
    anchors: gathered.anchors.map((one) => put(one.id, 'certificate', 'trust', one.der)),
    intermediates: gathered.intermediates.map((one) => put(one.id, 'certificate', 'trust', one.der)),
    crls: gathered.crls.map((one) => put(one.id, 'crl', 'revocation', one.der)),
    journals: gathered.journals.map(({ origin, keys }) => ({
      origin,
      keys: keys.map(({ name, suite, spki }) => ({ name, suite, spki: toBase64(spki) })),
    })),
    registry: gathered.registry,
    objects,
  };
}

type PutFile = (type: EvidenceObject['type'], bytes: Uint8Array) => string;

/** Structured data is known by media type and not by name: a name is free text. */
function tokensOf(inspection: Inspection, putFile: PutFile): readonly TokenEvidence[] {
  if (inspection.kind === 'sd-jwt')
    return [{ id: 'sd-jwt', attachment: null, object: putFile('sd-jwt', inspection.bytes) }];
  if (inspection.kind !== 'pdf') return [];
  return inspection.pdf.attachments
    .filter(({ mediaType, bytes }) => mediaType === SD_JWT_MEDIA_TYPE && bytes !== null)
    .map(({ name, bytes }, i) => ({ id: `attachment-${i + 1}`, attachment: name, object: putFile('sd-jwt', bytes!) }));
}

function pdfEvidenceOf(pdf: PdfInspection, fonts: PinnedFonts, putFile: PutFile): PdfEvidence {
  return {
    problems: pdf.problems.map(({ code, offset }) => ({ code, offset })),
    revisions: pdf.revisions.map(({ endOffset, level, changes }) => ({
      endOffset,
      level,
      changes: changes.filter((one) => !one.permitted).map((one) => `${one.kind} ${one.role} ${one.object}`),
    })),
    signatures: pdf.signatures.map((one, i) => signatureEvidenceOf(one, i, putFile)),
    xmpLicence: pdf.xmpLicence,
    activeContent: pdf.activeContent,
    duplicateObjects: pdf.duplicateObjects.length,
    unreferencedObjects: pdf.unreferencedObjects.length,
    face: faceEvidenceOf(pdf.face(), fonts),
  };
}

function signatureEvidenceOf(one: PdfSignature, index: number, putFile: PutFile): PdfSignatureEvidence {
  const { coverage } = one;
  return {
    id: `signature-${index + 1}`,
    type: one.type,
    subFilter: one.subFilter,
    coverage: coverage.kind,
    coverageProblems: coverage.kind === 'invalid' ? coverage.why.map(({ code }) => code) : [],
    contentsProblems: one.contentsProblems.map(({ code }) => code),
    problems: one.problems.map(({ code }) => code),
    claimedTime: one.claimedTime,
    docMdp: one.docMdp,
    changesAfter: one.changesAfter,
    cms: one.contents.length > 0 ? putFile('cms', one.contents) : null,
    digests: Object.fromEntries(digestNamesOf(one.contents).map((name) => [name, toHex(one.digest(name))])),
  };
}

/** The digest algorithms that the signers name. Each is computed over the covered bytes while the file is at hand. */
function digestNamesOf(contents: Uint8Array): readonly HashName[] {
  const read = signedDataIn(contents);
  if (!read.ok) return [];
  const names = read.value.signers.flatMap(({ digestAlgorithm, suite }) => [digestByOid(digestAlgorithm), suite?.hash]);
  return [...new Set(names)].filter((name) => name !== undefined);
}
