import { equalBytes } from '../../../encoding/index.js';
import { PdfArray, PdfDict, PdfName, PdfRef, PdfString, type PdfValue } from './objects.js';

/** Equality of what is written, references not followed. As deep as the parser lets values be, no deeper. */
export function sameValue(a: PdfValue | undefined, b: PdfValue | undefined): boolean {
  if (a === b) return true;
  if (a instanceof PdfName) return b instanceof PdfName && a.name === b.name;
  if (a instanceof PdfRef) return b instanceof PdfRef && a.num === b.num && a.gen === b.gen;
  if (a instanceof PdfString) return b instanceof PdfString && equalBytes(a.bytes(), b.bytes());
  if (a instanceof PdfArray)
    return (
      b instanceof PdfArray &&
      a.items.length === b.items.length &&
      a.items.every((item, i) => sameValue(item, b.items[i]))
    );
  if (a instanceof PdfDict) return b instanceof PdfDict && differingKeys(a, b).length === 0;
  // Two streams are never asked for: they stand in the file itself, where changes.ts compares the bytes.
  return false;
}

/** Keys that only one has, or whose values differ. */
export function differingKeys(a: PdfDict, b: PdfDict): string[] {
  const keys = new Set([...a.map.keys(), ...b.map.keys()]);
  return [...keys].filter((key) => !sameValue(a.get(key), b.get(key)));
}
