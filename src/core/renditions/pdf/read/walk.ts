import type { PdfDocument } from './document.js';
import { PdfArray, PdfDict, PdfRef, PdfStream, type PdfValue } from './objects.js';

/**
 * Every object number that can be reached from `roots` in the state of `revision`, missing ones included: what a
 * later revision puts under a number that nothing holds yet would appear wherever it is already referred to.
 * Dictionaries are shown to `visit` on the way. No recursion: depth is the attacker's choice.
 */
export function reach(
  document: PdfDocument,
  revision: number,
  roots: Iterable<PdfValue | undefined>,
  visit: (dict: PdfDict, num: number | null, stream: PdfStream | null) => void = () => undefined,
): Set<number> {
  const seen = new Set<number>();
  const pending: { value: PdfValue | undefined; num: number | null }[] = [];
  for (const value of roots) pending.push({ value, num: null });
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, num } = next;
    if (value instanceof PdfRef) {
      if (seen.has(value.num)) continue;
      seen.add(value.num);
      pending.push({ value: document.object(value.num, revision, value.gen), num: value.num });
    } else if (value instanceof PdfArray) {
      for (const item of value.items) if (typeof item === 'object' && item !== null) pending.push({ value: item, num });
    } else if (value instanceof PdfDict || value instanceof PdfStream) {
      const dict = value instanceof PdfDict ? value : value.dict;
      visit(dict, num, value instanceof PdfStream ? value : null);
      for (const item of dict.map.values())
        if (typeof item === 'object' && item !== null) pending.push({ value: item, num });
    }
  }
  return seen;
}
