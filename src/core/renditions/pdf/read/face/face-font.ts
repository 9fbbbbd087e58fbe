import { recover } from '../../../../errors/index.js';
import type { PdfDocument } from '../document.js';
import { unlessMalformed } from '../errors.js';
import type { FaceFont } from '../inspection.js';
import { PdfArray, PdfDict, PdfStream, nameOf, type PdfValue } from '../objects.js';
import { readCharacterMap } from './character-map.js';

/** A font as far as the face needs it. */
export interface DrawnFont extends FaceFont {
  /** Bytes of one character code: 2 in composite fonts, 1 in simple ones. */
  readonly codeLength: 1 | 2;
  textOf(code: number): string;
  /** Advance in thousandths of an em. */
  widthOf(code: number): number;
}

/** Reads a font dictionary of the newest state; what is missing falls back to something harmless. */
export function readFont(document: PdfDocument, dict: PdfDict): DrawnFont {
  const resolve = (value: PdfValue | undefined) => document.resolve(value, document.newest);
  const isComposite = nameOf(resolve(dict.get('Subtype'))) === 'Type0';
  const descendants = resolve(dict.get('DescendantFonts'));
  const inner = isComposite && descendants instanceof PdfArray ? resolve(descendants.items[0]) : dict;
  const descendant = inner instanceof PdfDict ? inner : dict;
  const descriptor = resolve(descendant.get('FontDescriptor'));
  const map = characterMap(document, resolve(dict.get('ToUnicode')));
  const places = resolve(descendant.get('CIDToGIDMap'));
  let glyphs: Uint8Array | null | undefined;
  const widths = isComposite ? compositeWidths(resolve, descendant) : simpleWidths(resolve, dict);
  const absent = isComposite ? resolve(descendant.get('DW')) : 500;
  return {
    name: (nameOf(resolve(dict.get('BaseFont'))) ?? '').replace(/^[A-Z]{6}\+/, ''),
    codeLength: isComposite ? 2 : 1,
    // Without a map only a simple font has a meaning of its own: its codes are Latin as a rule.
    textOf: (code) => map.get(code) ?? (isComposite || map.size > 0 ? '\ufffd' : String.fromCharCode(code)),
    widthOf: (code) => widths.get(code) ?? (typeof absent === 'number' ? absent : 1000),
    glyphOf: (code) => {
      // Maps are as long as the font's highest glyph number: read only for those who ask.
      glyphs ??= places instanceof PdfStream ? decodeWithin(document, places) : null;
      return glyphs ? ((glyphs[2 * code] ?? 0) << 8) | (glyphs[2 * code + 1] ?? 0) : code;
    },
    program: () => {
      if (!(descriptor instanceof PdfDict)) return null;
      const file = resolve(descriptor.get('FontFile2') ?? descriptor.get('FontFile3') ?? descriptor.get('FontFile'));
      return file instanceof PdfStream ? decodeWithin(document, file) : null;
    },
  };
}

/** The budget may be used up by then: the font is then as good as absent. */
function decodeWithin(document: PdfDocument, stream: PdfStream): Uint8Array | null {
  return recover(
    () => document.decode(stream, document.newest),
    () => null,
  );
}

function characterMap(document: PdfDocument, value: PdfValue | undefined): ReadonlyMap<number, string> {
  const bytes = value instanceof PdfStream ? document.decode(value, document.newest) : null;
  const none = () => new Map<number, string>();
  return bytes ? unlessMalformed(() => readCharacterMap(bytes), none) : none();
}

type Resolve = (value: PdfValue | undefined) => PdfValue | undefined;

/** 9.7.4.3: `c [w1 w2 …]` and `first last w`. */
function compositeWidths(resolve: Resolve, descendant: PdfDict): ReadonlyMap<number, number> {
  const widths = new Map<number, number>();
  const list = resolve(descendant.get('W'));
  const items = list instanceof PdfArray ? list.items : [];
  for (let i = 0; i + 1 < items.length;) {
    const [first, second] = [resolve(items[i]), resolve(items[i + 1])];
    if (!isCode(first)) break;
    if (second instanceof PdfArray) {
      second.items.forEach((item, n) => typeof item === 'number' && widths.set(first + n, item));
      i += 2;
      continue;
    }
    const width = resolve(items[i + 2]);
    if (!isCode(second) || typeof width !== 'number') break;
    for (let code = first; code <= second; code++) widths.set(code, width);
    i += 3;
  }
  return widths;
}

const isCode = (value: PdfValue | undefined): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff;

function simpleWidths(resolve: Resolve, dict: PdfDict): ReadonlyMap<number, number> {
  const widths = new Map<number, number>();
  const [first, list] = [resolve(dict.get('FirstChar')), resolve(dict.get('Widths'))];
  if (typeof first === 'number' && list instanceof PdfArray)
    list.items.forEach((item, n) => typeof item === 'number' && widths.set(first + n, item));
  return widths;
}
