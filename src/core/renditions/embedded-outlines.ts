import { equalBytes, fromLatin1 } from '../encoding/index.js';
import { FontBytes, fontMalformed } from './layout/font-bytes.js';
import { componentsOf, contoursOf } from './layout/glyph-outline.js';
import type { Font } from './layout/font.js';

export type Outlines = Pick<Font, 'outlineBytes'>;

/**
 * Outlines of a font program embedded in a document: only the tables that hold shapes are read, since a subset needs
 * no others. The program is a stranger's. Throws LayoutError FONT_MALFORMED.
 */
export function embeddedOutlines(program: Uint8Array): Outlines {
  const file = new FontBytes(program);
  const tables = new Map<string, FontBytes>();
  for (let i = 0; i < file.u16(4); i++) {
    const record = 12 + 16 * i;
    const offset = file.u32(record + 8);
    tables.set(
      fromLatin1(file.slice(record, record + 4)),
      new FontBytes(file.slice(offset, offset + file.u32(record + 12))),
    );
  }
  const [head, loca, glyf] = ['head', 'loca', 'glyf'].map((tag) => tables.get(tag));
  if (!head || !loca || !glyf) throw fontMalformed('it has no outlines');
  const long = head.i16(50) === 1;
  const place = (glyph: number) => (long ? loca.u32(4 * glyph) : 2 * loca.u16(2 * glyph));
  return { outlineBytes: (glyph) => glyf.slice(place(glyph), place(glyph + 1)) };
}

/**
 * Do two glyphs have the same shape? A subset keeps the bytes of a simple glyph and renumbers the components of a
 * composite one, whose curves are compared instead. Hints do not count for those. Throws LayoutError FONT_MALFORMED.
 */
export function sameOutline(a: Outlines, glyphOfA: number, b: Outlines, glyphOfB: number): boolean {
  const [bytesOfA, bytesOfB] = [a.outlineBytes(glyphOfA), b.outlineBytes(glyphOfB)];
  if (componentsOf(bytesOfA).length === 0 && equalBytes(withoutPadding(bytesOfA, bytesOfB), bytesOfB)) return true;
  return JSON.stringify(contoursOf(a as Font, glyphOfA)) === JSON.stringify(contoursOf(b as Font, glyphOfB));
}

/** `loca` may round a glyph up to four bytes. */
function withoutPadding(bytes: Uint8Array, like: Uint8Array): Uint8Array {
  const extra = bytes.subarray(like.length);
  return extra.length < 4 && extra.every((byte) => byte === 0) ? bytes.subarray(0, like.length) : bytes;
}
