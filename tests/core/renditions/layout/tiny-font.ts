import { concat, latin1 } from '../../../../src/core/encoding/index.js';

/** Big-endian numbers: `u16(1, 2)` is four bytes. Negative numbers wrap. */
export const u16 = (...values: number[]): Uint8Array =>
  concat(values.map((value) => new Uint8Array([(value >> 8) & 255, value & 255])));
export const u32 = (...values: number[]): Uint8Array =>
  concat(values.map((value) => u16((value >>> 16) & 0xffff, value & 0xffff)));

/** A square from (0, 0) to (500, 500): one contour, four on-curve points. */
export const SQUARE = concat([
  u16(1, 0, 0, 500, 500),
  u16(3),
  u16(0),
  new Uint8Array([1, 1, 1, 1]),
  u16(0, 500, 0, -500),
  u16(0, 0, 500, 0),
]);
/** Two components: the square as it is, and at half size 100 to the right. */
export const TWO_SQUARES = concat([
  u16(-1, 0, 0, 600, 500),
  u16(0x23, 1, 0, 0),
  u16(0x0a, 1),
  new Uint8Array([100, 0]),
  u16(0x2000),
]);

const EMPTY = new Uint8Array(0);

/** cmap subtable of format 4 that maps `first`…`last` to glyph 1 onwards through idDelta, then ends. */
export const cmap4 = (first: number, last: number): Uint8Array =>
  concat([u16(4, 32, 0, 4, 4, 1, 0), u16(last, 0xffff), u16(0), u16(first, 0xffff), u16(1 - first, 1), u16(0, 0)]);
export const cmap12 = (first: number, last: number): Uint8Array =>
  concat([u16(12, 0), u32(28, 0, 1), u32(first, last, 1)]);
export const cmapTable = (platform: number, encoding: number, subtable: Uint8Array): Uint8Array =>
  concat([u16(0, 1, platform, encoding), u32(12), subtable]);

/** Glyphs: 0 empty, 1 square, 2 two squares, 3 empty; A, B, C are 1, 2, 3. Units: 1000. */
export function tinyTables(
  glyphs: readonly Uint8Array[] = [EMPTY, SQUARE, TWO_SQUARES, EMPTY],
): Map<string, Uint8Array> {
  const padded = glyphs.map((glyph) => concat([glyph, new Uint8Array(glyph.length % 2)]));
  const offsets = [0];
  for (const glyph of padded) offsets.push(offsets.at(-1)! + glyph.length);
  const name = latin1('Tiny-Font');
  return new Map([
    ['cmap', cmapTable(3, 1, cmap4(0x41, 0x43))],
    ['glyf', concat(padded)],
    [
      'head',
      concat([
        u32(0x10000, 0, 0, 0x5f0f3cf5),
        u16(0, 1000),
        new Uint8Array(16),
        u16(0, 0, 600, 500),
        u16(0, 8, 2, 0, 0),
      ]),
    ],
    ['hhea', concat([u32(0x10000), u16(880, -120), new Uint8Array(26), u16(2)])],
    ['hmtx', concat([u16(500, 10, 1000, 20), u16(...glyphs.slice(2).map((_, i) => 30 + i))])],
    ['loca', u16(...offsets.map((offset) => offset / 2))],
    ['maxp', concat([u32(0x10000), u16(glyphs.length), new Uint8Array(26)])],
    ['name', concat([u16(0, 2, 30), u16(1, 0, 0, 1, 4, 0), u16(1, 0, 0, 6, name.length, 0), name])],
  ]);
}

export function fontFile(tables: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const records: Uint8Array[] = [];
  const bodies: Uint8Array[] = [];
  let at = 12 + 16 * tables.size;
  for (const [tag, body] of tables) {
    records.push(concat([latin1(tag), u32(0, at, body.length)]));
    const space = new Uint8Array((4 - (body.length % 4)) % 4);
    bodies.push(body, space);
    at += body.length + space.length;
  }
  return concat([u32(0x10000), u16(tables.size, 0, 0, 0), ...records, ...bodies]);
}

export const tinyFile = (changes: Readonly<Record<string, Uint8Array>> = {}): Uint8Array =>
  fontFile(new Map([...tinyTables(), ...Object.entries(changes)]));
