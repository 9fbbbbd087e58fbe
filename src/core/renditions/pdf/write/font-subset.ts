import { latin1 } from '../../../encoding/index.js';
import { componentsOf } from '../../layout/glyph-outline.js';
import type { Font } from '../../layout/font.js';

export interface FontSubset {
  /** A TrueType file with the glyphs asked for, their components and .notdef. */
  readonly file: Uint8Array;
  /** The font's glyph number to the subset's. */
  readonly placeOf: ReadonlyMap<number, number>;
}

/** Slices `glyf`, `loca` and `hmtx`; outlines and hints are the font's own bytes but for component numbers. */
export function subsetFont(font: Font, glyphs: Iterable<number>): FontSubset {
  const placeOf = new Map<number, number>();
  for (const glyph of [0, ...[...glyphs].sort((a, b) => a - b)])
    if (!placeOf.has(glyph)) placeOf.set(glyph, placeOf.size);
  const outlines: Uint8Array[] = [];
  // A Map is walked in the order of insertion, so components that join while walking are visited too.
  for (const glyph of placeOf.keys()) outlines.push(renumbered(font.outlineBytes(glyph), placeOf));

  const count = placeOf.size;
  const padded = (length: number) => (length + 3) & ~3;
  const glyf = new Uint8Array(outlines.reduce((sum, { length }) => sum + padded(length), 0));
  const loca = new Uint8Array(4 * (count + 1));
  const locaView = new DataView(loca.buffer);
  let at = 0;
  outlines.forEach((outline, i) => {
    glyf.set(outline, at);
    at += padded(outline.length);
    locaView.setUint32(4 * i + 4, at);
  });
  const hmtx = new Uint8Array(4 * count);
  const hmtxView = new DataView(hmtx.buffer);
  for (const [glyph, place] of placeOf) {
    hmtxView.setUint16(4 * place, font.advanceOf(glyph));
    hmtxView.setInt16(4 * place + 2, font.bearingOf(glyph));
  }
  const patched = (tag: string, ...changes: [at: number, value: number][]) => {
    const table = new Uint8Array(font.table(tag)!);
    for (const [offset, value] of changes) new DataView(table.buffer).setUint16(offset, value);
    return table;
  };
  // head: checkSumAdjustment is 0 while sums are taken; indexToLocFormat 1 = long offsets.
  const tables: [string, Uint8Array | undefined][] = [
    ['cvt ', font.table('cvt ')],
    ['fpgm', font.table('fpgm')],
    ['glyf', glyf],
    ['head', patched('head', [8, 0], [10, 0], [50, 1])],
    ['hhea', patched('hhea', [34, count])],
    ['hmtx', hmtx],
    ['loca', loca],
    ['maxp', patched('maxp', [4, count])],
    ['prep', font.table('prep')],
  ];
  return { file: assemble(tables.filter((entry): entry is [string, Uint8Array] => entry[1] !== undefined)), placeOf };
}

function renumbered(outline: Uint8Array, placeOf: Map<number, number>): Uint8Array {
  const components = componentsOf(outline);
  if (components.length === 0) return outline;
  const copy = new Uint8Array(outline);
  const view = new DataView(copy.buffer);
  for (const { glyph, glyphAt } of components) {
    if (!placeOf.has(glyph)) placeOf.set(glyph, placeOf.size);
    view.setUint16(glyphAt, placeOf.get(glyph)!);
  }
  return copy;
}

/** Table directory sorted by tag, tables on 4-byte bounds, sums as the OpenType file format asks. */
function assemble(tables: readonly [string, Uint8Array][]): Uint8Array {
  const start = 12 + 16 * tables.length;
  const total = tables.reduce((sum, [, table]) => sum + ((table.length + 3) & ~3), start);
  const file = new Uint8Array(total);
  const view = new DataView(file.buffer);
  const power = Math.floor(Math.log2(tables.length));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tables.length);
  view.setUint16(6, 16 * 2 ** power);
  view.setUint16(8, power);
  view.setUint16(10, 16 * (tables.length - 2 ** power));
  let at = start;
  let head = 0;
  tables.forEach(([tag, table], i) => {
    file.set(table, at);
    file.set(latin1(tag), 12 + 16 * i);
    view.setUint32(12 + 16 * i + 4, sumOf(view, at, table.length));
    view.setUint32(12 + 16 * i + 8, at);
    view.setUint32(12 + 16 * i + 12, table.length);
    if (tag === 'head') head = at;
    at += (table.length + 3) & ~3;
  });
  view.setUint32(head + 8, (0xb1b0afba - sumOf(view, 0, total)) >>> 0);
  return file;
}

function sumOf(view: DataView, at: number, length: number): number {
  let sum = 0;
  for (let i = at; i < at + length; i += 4) sum = (sum + view.getUint32(i)) >>> 0;
  return sum;
}
