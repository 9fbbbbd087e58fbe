import { createHash, type HashName } from '#primitives';
import type { RevisionChanges } from './changes.js';
import type { PdfDocument } from './document.js';
import type { ByteRange, ChangeLevel, Coverage, PdfSignature } from './inspection.js';
import { PdfArray, PdfDict, PdfRef, integerOf, nameOf, textOf, type PdfValue } from './objects.js';
import { limitExceeded } from './errors.js';
import { pdfDate } from './pdf-date.js';
import { problem, type StructureProblem } from './problems.js';
import { plainByteRange, readContents, type SignatureContents } from './signature-value.js';
import { signedFields, type SignedField } from './signature-fields.js';

/** A dictionary that is, or pretends to be, a signature. */
interface Candidate {
  readonly object: number;
  readonly dict: PdfDict;
  readonly revision: number;
  readonly compressed: boolean;
}

const MAX_SIGNATURES = 256;

/**
 * All signatures of the file, oldest first: those that fields show now, those that a later revision took away, and
 * dictionaries that look like signatures although no field shows them.
 */
export function readSignatures(document: PdfDocument, changes: readonly RevisionChanges[]): PdfSignature[] {
  if (document.newest < 0) return [];
  const fields = signedFields(document, document.newest);
  for (const field of fields)
    if (!(field.value instanceof PdfDict)) document.report('SIGNATURE_FIELD_EMPTY', 0, field.name);
  const candidates = findCandidates(document, fields);
  if (candidates.length > MAX_SIGNATURES) throw limitExceeded('signatures');
  const fieldsOf = remembered((revision) => signedFields(document, revision));
  const perRevision = new Map<number, number>();
  for (const { revision } of candidates) perRevision.set(revision, (perRevision.get(revision) ?? 0) + 1);
  return candidates
    .sort((a, b) => a.revision - b.revision || a.dict.start - b.dict.start)
    .map((candidate, place) => {
      const shown = fieldOf(fields, fieldsOf, candidate);
      const problems = [...shown.problems];
      if (perRevision.get(candidate.revision)! > 1)
        problems.push(problem('SIGNATURES_IN_ONE_REVISION', candidate.dict.start));
      return describe(document, changes, candidate, shown.name, problems, place);
    });
}

function findCandidates(document: PdfDocument, fields: readonly SignedField[]): Candidate[] {
  const found = new Map<PdfDict, Candidate>();
  for (const [num, versions] of document.versions)
    for (const version of versions) {
      if (version.entry.kind !== 'at') continue;
      const value = document.valueOf(num, version);
      if (value instanceof PdfDict && looksLikeSignature(value))
        found.set(value, { object: num, dict: value, revision: version.revision, compressed: false });
    }
  for (const field of fields) {
    if (!(field.value instanceof PdfDict) || found.has(field.value)) continue;
    found.set(field.value, {
      object: field.object,
      dict: field.value,
      // What stands in the form itself has no number, and is as new as the form may be.
      revision: field.object === 0 ? document.newest : document.version(field.object, document.newest)!.revision,
      compressed: field.value.source !== document.bytes,
    });
  }
  return [...found.values()];
}

function looksLikeSignature(dict: PdfDict): boolean {
  if (dict.get('ByteRange') !== undefined) return true;
  const type = nameOf(dict.get('Type'));
  return type === 'Sig' || type === 'DocTimeStamp';
}

function remembered<T>(compute: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, compute(key));
    return known.get(key)!;
  };
}

type FieldsOf = (revision: number) => readonly SignedField[];

function fieldOf(
  fields: readonly SignedField[],
  fieldsOf: FieldsOf,
  { dict, revision }: Candidate,
): { name: string | null; problems: StructureProblem[] } {
  const showing = fields.filter((field) => field.value === dict);
  const name = showing[0]?.name;
  if (name !== undefined) {
    const shared = showing.length > 1 || fields.some((field) => field.name === name && field.value !== dict);
    return { name, problems: shared ? [problem('SIGNATURE_SHARED', dict.start, name)] : [] };
  }
  const former = fieldsOf(revision).find((field) => field.value === dict);
  return former
    ? { name: former.name, problems: [problem('SIGNATURE_REMOVED', dict.start, former.name)] }
    : { name: null, problems: [problem('SIGNATURE_WITHOUT_FIELD', dict.start)] };
}

function describe(
  document: PdfDocument,
  changes: readonly RevisionChanges[],
  candidate: Candidate,
  fieldName: string | null,
  problems: StructureProblem[],
  place: number,
): PdfSignature {
  const { dict, revision, object } = candidate;
  const resolve = (value: PdfValue | undefined) => document.resolve(value, revision);
  const contents = readContents(document.bytes, dict, resolve(dict.get('Contents')));
  const byteRange = plainByteRange(dict.get('ByteRange'));
  if (candidate.compressed) problems.push(problem('SIGNATURE_IN_OBJECT_STREAM', 0, String(object)));
  const docMdp = readDocMdp(document, candidate, place, problems);
  const coverage = coverageOf(document, candidate, byteRange, contents);
  const coveredBytes = () => (coverage.kind === 'invalid' || !byteRange ? [] : ranges(document.bytes, byteRange));
  const claim = (key: string) => textOf(resolve(dict.get(key)));
  return {
    fieldName,
    object,
    type: nameOf(dict.get('Type')) === 'DocTimeStamp' ? 'document-timestamp' : 'signature',
    filter: nameOf(resolve(dict.get('Filter'))),
    subFilter: nameOf(resolve(dict.get('SubFilter'))),
    byteRange,
    contents: contents.bytes,
    contentsProblems: contents.problems,
    coverage,
    problems,
    revisionIndex: revision,
    claimedTime: pdfDate(claim('M')),
    claims: { name: claim('Name'), reason: claim('Reason'), location: claim('Location') },
    docMdp,
    changesAfter: worstAfter(document, changes, revision),
    coveredBytes,
    digest: (hash: HashName) => {
      const running = createHash(hash);
      for (const part of coveredBytes()) running.update(part);
      return running.digest();
    },
  };
}

const ranges = (bytes: Uint8Array, [a, b, c, d]: ByteRange): Uint8Array[] => [
  bytes.subarray(a, a + b),
  bytes.subarray(c, c + d),
];

function coverageOf(
  document: PdfDocument,
  { dict, revision }: Candidate,
  range: ByteRange | null,
  contents: SignatureContents,
): Coverage {
  const at = dict.start;
  const value = dict.get('ByteRange');
  if (value === undefined || value === null) return { kind: 'invalid', why: [problem('BYTE_RANGE_MISSING', at)] };
  if (value instanceof PdfRef) return { kind: 'invalid', why: [problem('CONTENTS_INDIRECT', at, 'ByteRange')] };
  if (!range) return { kind: 'invalid', why: [problem('BYTE_RANGE_MALFORMED', at)] };
  const why: StructureProblem[] = [];
  const [start, gapStart, gapEnd, tail] = range;
  const { eof, end } = document.revisions[revision]!;
  const covered = gapEnd + tail;
  if (start !== 0) why.push(problem('BYTE_RANGE_START', at));
  // The digest must leave out the value and nothing else, and the value must be the one that is then checked.
  if (contents.span?.start !== start + gapStart || contents.span.end !== gapEnd)
    why.push(problem('BYTE_RANGE_GAP', at));
  if (covered !== end && covered !== eof) why.push(problem('BYTE_RANGE_END', at));
  if (why.length > 0) return { kind: 'invalid', why };
  return { kind: covered === document.bytes.length ? 'whole-file' : 'whole-revision' };
}

/** ISO 32000-2 12.8.2.2: the first signature may certify; then the catalogue's permissions name it. */
function readDocMdp(
  document: PdfDocument,
  { dict, object, revision }: Candidate,
  place: number,
  problems: StructureProblem[],
): 1 | 2 | 3 | null {
  const resolve = (value: PdfValue | undefined) => document.resolve(value, revision);
  const references = resolve(dict.get('Reference'));
  let level: 1 | 2 | 3 | null = null;
  for (const item of references instanceof PdfArray ? references.items : []) {
    const reference = resolve(item);
    if (!(reference instanceof PdfDict) || nameOf(resolve(reference.get('TransformMethod'))) !== 'DocMDP') continue;
    const parameters = resolve(reference.get('TransformParams'));
    const p = parameters instanceof PdfDict ? integerOf(resolve(parameters.get('P')) ?? 2) : 2;
    // A value that the standard does not know allows nothing.
    level = p === 2 || p === 3 ? p : 1;
  }
  const catalogue = resolve(document.revisions[revision]!.trailer.get('Root'));
  const permissions = catalogue instanceof PdfDict ? resolve(catalogue.get('Perms')) : undefined;
  const named = permissions instanceof PdfDict ? permissions.get('DocMDP') : undefined;
  const isNamed = named instanceof PdfRef && named.num === object;
  if ((level !== null) !== isNamed || (level !== null && place > 0))
    problems.push(problem('DOCMDP_MISPLACED', dict.start));
  return level;
}

function worstAfter(document: PdfDocument, changes: readonly RevisionChanges[], revision: number): ChangeLevel {
  const later = changes.slice(revision + 1).map((change) => change.level);
  // Bytes that form no readable revision are a change of unknown kind.
  if (later.includes('other') || document.problems.some(({ code }) => code === 'REVISION_BROKEN')) return 'other';
  return later.includes('long-term-validation') ? 'long-term-validation' : 'none';
}
