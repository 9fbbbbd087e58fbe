import { beforeAll, describe, expect, it } from '@jest/globals';
import { concat } from '../../../../src/core/encoding/index.js';
import { readFont } from '../../../../src/core/renditions/index.js';
import type { Font, FontBook } from '../../../../src/core/renditions/index.js';
import { contoursOf } from '../../../../src/core/renditions/layout/glyph-outline.js';
import { subsetFont } from '../../../../src/core/renditions/pdf/write/font-subset.js';
import { realFonts } from '../layout/fonts.js';
import { SQUARE, TWO_SQUARES, cmap12, cmapTable, fontFile, tinyFile, tinyTables } from '../layout/tiny-font.js';

let book: FontBook;
beforeAll(async () => {
  book = await realFonts();
});

/** The subset as a font again: it lacks the map and the name, which no PDF reader asks for. */
function reread(file: Uint8Array): Font {
  const count = new DataView(file.buffer).getUint16(4);
  const tables = new Map(tinyTables());
  for (let i = 0; i < count; i++) {
    const view = new DataView(file.buffer, 12 + 16 * i, 16);
    const tag = String.fromCharCode(...file.subarray(12 + 16 * i, 16 + 16 * i));
    tables.set(tag, file.subarray(view.getUint32(8), view.getUint32(8) + view.getUint32(12)));
  }
  tables.set('cmap', cmapTable(3, 10, cmap12(0x41, 0x41)));
  return readFont(fontFile(tables));
}

describe('subsetFont', () => {
  it.each(['song', 'song-bold', 'hei', 'hei-bold', 'kai'] as const)('keeps outlines and metrics of %s', (name) => {
    const font = book.get(name)!;
    const glyphs = [...'营业执照㛃䶮𬭎é·A1（'].map((character) => font.glyphOf(character.codePointAt(0)!));
    const { file, placeOf } = subsetFont(font, glyphs);
    const subset = reread(file);
    for (const glyph of [0, ...glyphs]) {
      const place = placeOf.get(glyph)!;
      expect(contoursOf(subset, place)).toEqual(contoursOf(font, glyph));
      expect([subset.advanceOf(place), subset.bearingOf(place)]).toEqual([
        font.advanceOf(glyph),
        font.bearingOf(glyph),
      ]);
    }
    expect(file.length).toBeLessThan(20_000);
  });

  it('takes the components of a glyph along, once, and renumbers them', () => {
    const font = readFont(
      fontFile(
        tinyTables([
          new Uint8Array(0),
          new Uint8Array(0),
          SQUARE,
          concat([
            TWO_SQUARES.subarray(0, 12),
            new Uint8Array([0, 2]),
            TWO_SQUARES.subarray(14, 20),
            new Uint8Array([0, 2]),
            TWO_SQUARES.subarray(22),
          ]),
        ]),
      ),
    );
    const { file, placeOf } = subsetFont(font, [3, 0, 3]);
    expect([...placeOf]).toEqual([
      [0, 0],
      [3, 1],
      [2, 2],
    ]);
    expect(contoursOf(reread(file), 1)).toEqual(contoursOf(font, 3));
  });

  it('has right check sums, of tables and of the file', () => {
    const { file } = subsetFont(book.get('hei')!, [book.get('hei')!.glyphOf(0x4e00)]);
    const view = new DataView(file.buffer);
    const sum = (at: number, length: number) => {
      let total = 0;
      for (let i = at; i < at + length; i += 4) total = (total + view.getUint32(i)) >>> 0;
      return total;
    };
    expect(sum(0, file.length)).toBe(0xb1b0afba);
    for (let i = 0; i < view.getUint16(4); i++) {
      const record = 12 + 16 * i;
      const tag = String.fromCharCode(...file.subarray(record, record + 4));
      if (tag !== 'head')
        expect(view.getUint32(record + 4)).toBe(sum(view.getUint32(record + 8), view.getUint32(record + 12)));
    }
  });

  it('keeps the programs that hints call, where the font has them', () => {
    const font = readFont(
      tinyFile({ 'cvt ': new Uint8Array([0, 1]), fpgm: new Uint8Array([1]), prep: new Uint8Array([2]) }),
    );
    expect(reread(subsetFont(font, [1]).file).table('fpgm')).toEqual(new Uint8Array([1]));
    expect(reread(subsetFont(readFont(tinyFile()), [1]).file).table('fpgm')).toBeUndefined();
  });
});
