import type { PdfDocument } from './document.js';
import { PdfArray, PdfDict, PdfRef, nameOf, textOf, type PdfValue } from './objects.js';
import { limitExceeded } from './errors.js';

/** A signature field that has a value, however wrong. */
export interface SignedField {
  readonly name: string;
  /** Number of the value's object; of the field when the value stands in it directly; 0 when neither has one. */
  readonly object: number;
  readonly value: PdfValue | undefined;
}

const MAX_FIELDS = 10_000;

/** Signature fields of the form in the state of `revision`, in the order of the field tree (ISO 32000-2 12.7). */
export function signedFields(document: PdfDocument, revision: number): readonly SignedField[] {
  const resolve = (value: PdfValue | undefined) => document.resolve(value, revision);
  const catalogue = resolve(document.revisions[revision]!.trailer.get('Root'));
  const form = catalogue instanceof PdfDict ? resolve(catalogue.get('AcroForm')) : undefined;
  const fields = form instanceof PdfDict ? resolve(form.get('Fields')) : undefined;
  const out: SignedField[] = [];
  const seen = new Set<PdfDict>();
  const pending = listed(fields).map((value) => ({ value, prefix: '', type: null as string | null }));
  for (let next = pending.pop(); next; next = pending.pop()) {
    const field = resolve(next.value);
    if (!(field instanceof PdfDict) || seen.has(field)) continue;
    if (seen.add(field).size > MAX_FIELDS) throw limitExceeded('fields');
    const type = nameOf(resolve(field.get('FT'))) ?? next.type;
    const partial = textOf(resolve(field.get('T')));
    const name = partial === null ? next.prefix : next.prefix === '' ? partial : `${next.prefix}.${partial}`;
    const value = field.get('V');
    if (type === 'Sig' && value !== undefined) {
      const holder = value instanceof PdfRef ? value : next.value;
      out.push({ name, object: holder instanceof PdfRef ? holder.num : 0, value: resolve(value) });
    }
    for (const kid of listed(resolve(field.get('Kids')))) pending.push({ value: kid, prefix: name, type });
  }
  return out;
}

/** Last first, since the list is emptied from its end. */
function listed(value: PdfValue | undefined): PdfValue[] {
  return value instanceof PdfArray ? [...value.items].reverse() : [];
}
