import { changesOf } from './changes.js';
import { activeContentOf } from './active-content.js';
import { readAttachments } from './attachments.js';
import { PdfDocument } from './document.js';
import { PdfError } from './errors.js';
import { readFace } from './face/read-face.js';
import { standsAt } from './indirect-object.js';
import type { PdfFace, PdfInspection, PdfRevision, PdfSignature } from './inspection.js';
import { PdfDict, PdfRef, characters } from './objects.js';
import { pagesOf } from './page-tree.js';
import { readSignatures } from './signatures.js';
import { checkTiling } from './tiling.js';
import { reach } from './walk.js';
import { readXmpLicence } from './xmp.js';

/**
 * Reads a PDF of a stranger (ISO 32000-2), strictly: nothing is repaired, what two readers could take differently is
 * a problem. Says what is there and which bytes each signature covers; checks no signature and judges nothing.
 *
 * @throws PdfError PDF_NOT_A_PDF without a header, PDF_LIMIT_EXCEEDED for a bomb; no other error for any bytes
 */
export function inspectPdf(bytes: Uint8Array): PdfInspection {
  const version = headerVersion(bytes);
  const document = new PdfDocument(bytes);
  if (!standsAt(bytes, '%PDF-', 0)) document.report('HEADER_MISPLACED', 0);
  const duplicateObjects = checkTiling(document);
  const changes = document.revisions.map((_, index) => changesOf(document, index));
  const signatures = readSignatures(document, changes);
  const catalogue = catalogueOf(document);
  const active = new Set<string>();
  const unreferenced = unreferencedObjects(document, signatures, active);
  const revisions: PdfRevision[] = document.revisions.map(({ end }, index) => ({
    endOffset: end,
    ...changes[index]!,
    unreferencedObjects: unreferenced[index]!,
  }));
  const pages = catalogue ? pagesOf(document, catalogue) : [];
  const attachments = catalogue ? readAttachments(document, catalogue) : [];
  const xmpLicence = catalogue ? readXmpLicence(document, catalogue) : null;
  let face: PdfFace | undefined;
  return {
    bytes,
    version,
    problems: document.problems.slice(),
    revisions,
    signatures,
    attachments,
    xmpLicence,
    activeContent: [...active].sort(),
    pageCount: pages.length,
    duplicateObjects,
    unreferencedObjects: unreferenced.at(-1) ?? [],
    face: () => (face ??= readFace(document, pages)),
  };
}

function headerVersion(bytes: Uint8Array): string {
  const limit = Math.min(bytes.length - 8, 1024);
  for (let at = 0; at <= limit; at++)
    if (bytes[at] === 37 && standsAt(bytes, '%PDF-', at)) return characters(bytes, at + 5, at + 8);
  throw new PdfError('PDF_NOT_A_PDF', { en: 'the file is not a PDF', zh: '文件不是 PDF' });
}

function catalogueOf(document: PdfDocument): PdfDict | undefined {
  const trailer = document.revisions.at(-1)?.trailer;
  if (trailer?.get('Encrypt') !== undefined) document.report('ENCRYPTED', 0);
  const root = trailer?.get('Root');
  const catalogue = root instanceof PdfRef ? document.resolve(root, document.newest) : undefined;
  if (catalogue instanceof PdfDict) return catalogue;
  document.report('ROOT_MISSING', 0);
  return undefined;
}

/**
 * Per revision: listed objects that the trailer does not reach, for the states that someone signed and the newest
 * one. Cross-reference and object streams and the linearization dictionary are reached by offset, not by reference.
 * What the newest walk passes is also looked at for active content.
 */
function unreferencedObjects(
  document: PdfDocument,
  signatures: readonly PdfSignature[],
  active: Set<string>,
): number[][] {
  const states = new Set([...signatures.map((signature) => signature.revisionIndex), document.newest]);
  return document.revisions.map(({ trailer }, index) => {
    if (!states.has(index)) return [];
    const isNewest = index === document.newest;
    const roots = [trailer.get('Root'), trailer.get('Info'), trailer.get('Encrypt')];
    const reached = reach(
      document,
      index,
      roots,
      isNewest ? (dict, _, stream) => activeContentOf(dict, stream, active) : undefined,
    );
    const out: number[] = [];
    for (const [num, versions] of document.versions) {
      if (reached.has(num) || versions[0]!.revision > index) continue;
      const version = document.version(num, index)!;
      if (version.entry.kind !== 'free' && !isReachedByOffset(document.valueOf(num, version))) out.push(num);
    }
    return out;
  });
}

function isReachedByOffset(value: unknown): boolean {
  // A length that nobody needs hides nothing.
  if (typeof value === 'number') return true;
  const dict = value instanceof PdfDict ? value : (value as { dict?: PdfDict } | null | undefined)?.dict;
  if (!dict) return false;
  const type = dict.get('Type') as { name?: string } | undefined;
  return type?.name === 'XRef' || type?.name === 'ObjStm' || dict.get('Linearized') !== undefined;
}
