import { concat, latin1 } from '../../src/core/encoding/index.js';
import { sealPdf } from '../../src/core/renditions/pdf/seal/seal-pdf.js';
import type { UnsealedPdf } from '../../src/core/renditions/pdf/unsealed-pdf.js';

/** Bodies of objects by number. */
export type Bodies = Readonly<Record<number, string>>;

export interface UpdateOptions {
  /** Replaces `/Prev N`. */
  readonly prev?: string;
  readonly trailer?: string;
  /** Between the last object and the cross-reference table. */
  readonly before?: string;
  /** Entries that replace or join those of the objects written here. */
  readonly entries?: Readonly<Record<number, number>>;
  readonly startxref?: (offset: number) => number;
}

export const stream = (data: string, entries = ''): string =>
  `<<${entries}/Length ${data.length}>>\nstream\n${data}\nendstream`;

/** Something that begins like a ContentInfo. These tests look at the place of the value, never into it. */
export const CMS = Uint8Array.from([0x30, 0x0a, 4, 8, 0xab, 0xcd, 0xef, 1, 2, 3, 4, 5]);
export const RESERVED = 32;
/** Width of what stands between `[0 ` and the end of `/ByteRange`. */
const RANGE_ROOM = 40;

export const ROOT = '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/SigFlags 3>>/Perms<</DocMDP 7 0 R>>>>';
export const PAGE =
  '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R/Annots[6 0 R]>>';
export const SIGNATURE =
  '<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(D:20260102030405Z)/Name(Signer)' +
  '/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 1/V/1.2>>>>]' +
  `/ByteRange[0 *${' '.repeat(RANGE_ROOM)}]/Contents<${'0'.repeat(2 * RESERVED)}>>>`;

export const BODIES: Bodies = {
  1: ROOT,
  2: '<</Type/Pages/Kids[3 0 R]/Count 1>>',
  3: PAGE,
  4: stream('BT /F1 12 Tf 72 700 Td (Hello) Tj ET'),
  5: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  6: '<</Type/Annot/Subtype/Widget/FT/Sig/T(Seal)/F 132/Rect[0 0 100 100]/P 3 0 R/V 7 0 R>>',
  7: SIGNATURE,
};

/** A file of one revision with a classic table. */
export function plainPdf(bodies: Bodies, options: UpdateOptions = {}): Uint8Array {
  return appendRevision(latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'), bodies, { prev: '', ...options });
}

/** Adds an update. The newest `startxref` becomes `/Prev` unless told otherwise. */
export function appendRevision(file: Uint8Array, bodies: Bodies, options: UpdateOptions = {}): Uint8Array {
  let text = '';
  const offsets: Record<number, number> = {};
  for (const [num, body] of Object.entries(bodies)) {
    offsets[Number(num)] = file.length + text.length;
    text += `${num} 0 obj\n${body}\nendobj\n`;
  }
  text += options.before ?? '';
  const table = file.length + text.length;
  for (const [num, offset] of Object.entries({ ...offsets, ...options.entries }).sort(
    (a, b) => Number(a[0]) - Number(b[0]),
  ))
    text += `${num} 1\n${String(offset).padStart(10, '0')} 00000 n \n`;
  const prev = options.prev ?? `/Prev ${lastStartxref(file)}`;
  const head = `xref\n0 1\n0000000000 65535 f \n`;
  const tail = `trailer\n<</Size 100/Root 1 0 R${prev}${options.trailer ?? ''}>>\nstartxref\n${(options.startxref ?? ((n) => n))(table)}\n%%EOF\n`;
  const at = table - file.length;
  return concat([file, latin1(text.slice(0, at) + head + text.slice(at) + tail)]);
}

export function lastStartxref(file: Uint8Array): number {
  const text = toText(file);
  return Number(/^\d+/.exec(text.slice(text.lastIndexOf('startxref') + 10))?.[0]);
}

/** Fills the newest `/ByteRange[0 *…]` so that it fits its `/Contents`. */
export function reserved(file: Uint8Array): UnsealedPdf {
  const text = toText(file);
  const byteRangeOffset = text.lastIndexOf('[0 *');
  const contentsOffset = text.indexOf('<', text.indexOf('/Contents', byteRangeOffset));
  const contentsLength = text.indexOf('>', contentsOffset) - contentsOffset - 1;
  const after = contentsOffset + contentsLength + 2;
  const range = `[0 ${contentsOffset} ${after} ${file.length - after}`.padEnd(4 + RANGE_ROOM);
  const bytes = file.slice();
  bytes.set(latin1(range), byteRangeOffset);
  return { bytes, contentsOffset, contentsLength, byteRangeOffset };
}

export const seal = (file: Uint8Array, cms: Uint8Array = CMS): Uint8Array => sealPdf(reserved(file), cms);

/** One page, one certified seal (P=1), one revision. */
export const sealedPdf = (bodies: Bodies = {}, options: UpdateOptions = {}): Uint8Array =>
  seal(plainPdf({ ...BODIES, ...bodies }, options));

/** Replaces the first occurrence, offsets be damned unless the lengths agree. */
export function replaced(file: Uint8Array, from: string, to: string): Uint8Array {
  const text = toText(file);
  if (!text.includes(from)) throw new Error(`the sample holds no ${from}`);
  return latin1(text.replace(from, () => to));
}

export function toText(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 8192) out += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return out;
}

// ---- honest updates after sealing -----------------------------------------------------------------------------------

export const DSS_BODIES: Bodies = {
  1: ROOT.replace(/>>$/, '/DSS 20 0 R>>'),
  20: '<</Type/DSS/Certs[21 0 R]/CRLs[22 0 R]/VRI<</AABB<</Cert[21 0 R]/CRL[22 0 R]/TU(D:20260102030405Z)>>>>>>',
  21: stream('certificate'),
  22: stream('revocation list'),
};

const TIMESTAMP = `<</Type/DocTimeStamp/Filter/Adobe.PPKLite/SubFilter/ETSI.RFC3161/ByteRange[0 *${' '.repeat(RANGE_ROOM)}]/Contents<${'0'.repeat(2 * RESERVED)}>>>`;

/** A document time-stamp with an invisible field on the page. */
export const TIMESTAMP_BODIES: Bodies = {
  1: ROOT.replace('[6 0 R]', '[6 0 R 30 0 R]'),
  3: PAGE.replace('[6 0 R]', '[6 0 R 30 0 R]'),
  30: '<</Type/Annot/Subtype/Widget/FT/Sig/T(Stamp)/F 132/Rect[0 0 0 0]/P 3 0 R/V 31 0 R>>',
  31: TIMESTAMP,
};
