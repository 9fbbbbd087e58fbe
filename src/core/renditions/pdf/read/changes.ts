import { equalBytes } from '../../../encoding/index.js';
import type { PdfDocument } from './document.js';
import type { ChangeLevel, ObjectChange } from './inspection.js';
import { permittedObjects } from './permitted-changes.js';
import { PdfRef } from './objects.js';
import { roleOf } from './roles.js';
import { sameValue } from './same-value.js';
import type { XrefEntry } from './xref-section.js';

export interface RevisionChanges {
  readonly level: ChangeLevel;
  readonly changes: readonly ObjectChange[];
}

/** An object number that an update touched. */
export interface Touched {
  readonly num: number;
  readonly kind: 'added' | 'replaced' | 'freed';
}

/**
 * What revision `index` changed against the one before, and whether all of it is on the white list of decision 6:
 * validation data (DSS, VRI) and document time-stamps. The list is by structure; what is not on it is `other`.
 */
export function changesOf(document: PdfDocument, index: number): RevisionChanges {
  if (index === 0) return { level: 'none', changes: [] };
  const touched = touchedObjects(document, index);
  const trailer = trailerChanges(document, index);
  if (touched.length + trailer.length === 0) return { level: 'none', changes: [] };
  const permitted = trailer.length === 0 ? permittedObjects(document, index, touched) : new Set<number>();
  const info = document.revisions[index]!.trailer.get('Info');
  const information = info instanceof PdfRef ? info.num : null;
  const changes = touched.map(({ num, kind }) => ({
    object: num,
    kind,
    permitted: permitted.has(num),
    role:
      num === information ? 'document-information' : roleOf(document.object(num, kind === 'freed' ? index - 1 : index)),
  }));
  const all = [...trailer, ...changes];
  return { level: all.every((change) => change.permitted) ? 'long-term-validation' : 'other', changes: all };
}

function touchedObjects(document: PdfDocument, index: number): Touched[] {
  const out: Touched[] = [];
  for (const [num, entry] of document.revisions[index]!.entries) {
    const before = document.version(num, index - 1)?.entry;
    const existed = before !== undefined && before.kind !== 'free';
    if (entry.kind === 'free') {
      if (existed) out.push({ num, kind: 'freed' });
    } else if (!existed) out.push({ num, kind: 'added' });
    else if (!sameObject(document, num, index, before, entry)) out.push({ num, kind: 'replaced' });
  }
  return out;
}

function sameObject(document: PdfDocument, num: number, index: number, before: XrefEntry, now: XrefEntry): boolean {
  if (before.kind === 'at' && now.kind === 'at') {
    if (before.offset === now.offset) return before.gen === now.gen;
    const [a, b] = [
      document.at(before.offset, num, before.gen, index - 1),
      document.at(now.offset, num, now.gen, index),
    ];
    return (
      a !== null &&
      b !== null &&
      equalBytes(document.bytes.subarray(a.start, a.end), document.bytes.subarray(b.start, b.end))
    );
  }
  return sameValue(document.object(num, index - 1), document.object(num, index));
}

/** A trailer may not exchange what everything hangs from. */
function trailerChanges(document: PdfDocument, index: number): ObjectChange[] {
  const [before, now] = [document.revisions[index - 1]!.trailer, document.revisions[index]!.trailer];
  const out: ObjectChange[] = [];
  for (const [key, role] of [
    ['Root', 'catalogue'],
    ['Info', 'document-information'],
    ['Encrypt', 'encryption'],
  ] as const) {
    const value = now.get(key);
    if (sameValue(before.get(key), value)) continue;
    if (key === 'Root') document.report('ROOT_CHANGED', document.revisions[index]!.sections[0]!.offset);
    out.push({ object: value instanceof PdfRef ? value.num : 0, kind: 'replaced', permitted: false, role });
  }
  return out;
}
