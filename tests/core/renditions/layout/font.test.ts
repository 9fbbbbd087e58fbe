import { describe, expect, it } from '@jest/globals';
import { concat } from '../../../../src/core/encoding/index.js';
import { LayoutError, readFont } from '../../../../src/core/renditions/index.js';
import { componentsOf, contoursOf } from '../../../../src/core/renditions/layout/glyph-outline.js';
import { SQUARE, TWO_SQUARES, cmap12, cmapTable, fontFile, tinyFile, tinyTables, u16, u32 } from './tiny-font.js';

const withGlyphs = (...glyphs: Uint8Array[]) => readFont(fontFile(tinyTables(glyphs)));

describe('readFont', () => {
  it('reads name, metrics and the character map of format 4', () => {
    const font = readFont(tinyFile());
    expect(font.postScriptName).toBe('Tiny-Font');
    expect([font.unitsPerEm, font.ascent, font.descent, font.glyphCount, ...font.bounds]).toEqual([
      1000, 880, -120, 4, 0, 0, 600, 500,
    ]);
    expect([0x40, 0x41, 0x42, 0x43, 0x44, 0x10ffff].map((code) => font.glyphOf(code))).toEqual([0, 1, 2, 3, 0, 0]);
    expect([0, 1, 2, 3].map((glyph) => font.advanceOf(glyph))).toEqual([500, 1000, 1000, 1000]);
    expect([0, 1, 2, 3].map((glyph) => font.bearingOf(glyph))).toEqual([10, 20, 30, 31]);
    expect(font.outlineBytes(0)).toHaveLength(0);
    expect(font.outlineBytes(1).subarray(0, SQUARE.length)).toEqual(SQUARE);
    expect(font.table('OS/2')).toBeUndefined();
  });

  it('reads a format 4 map that goes through its glyph array', () => {
    // One segment A to C with idRangeOffset 4 (to just behind the two offsets): glyphs 2, 0, 1, with a delta of 1.
    const subtable = concat([
      u16(4, 38, 0, 4, 4, 1, 0),
      u16(0x43, 0xffff),
      u16(0),
      u16(0x41, 0xffff),
      u16(1, 1),
      u16(4, 0),
      u16(2, 0, 1),
    ]);
    const font = readFont(tinyFile({ cmap: cmapTable(0, 3, subtable) }));
    expect([0x41, 0x42, 0x43].map((code) => font.glyphOf(code))).toEqual([3, 0, 2]);
  });

  it('reads a map of format 12, beyond the first plane', () => {
    const font = readFont(tinyFile({ cmap: cmapTable(3, 10, cmap12(0x2cb4e, 0x2cb4f)) }));
    expect([0x2cb4d, 0x2cb4e, 0x2cb4f, 0x2cb50, 0x41].map((code) => font.glyphOf(code))).toEqual([0, 1, 2, 0, 0]);
  });

  it('reads long glyph offsets', () => {
    const head = tinyTables().get('head')!.slice();
    head[51] = 1;
    const long = readFont(
      tinyFile({ head, loca: u32(0, 0, SQUARE.length, SQUARE.length, SQUARE.length), glyf: SQUARE }),
    );
    expect(long.outlineBytes(1)).toEqual(SQUARE);
  });

  it('refuses fonts of other kinds, without a table, without a usable map, without a name or glyphs', () => {
    const without = (tag: string) => fontFile(new Map([...tinyTables()].filter(([name]) => name !== tag)));
    const emptyHead = tinyTables().get('head')!.slice().fill(0, 18, 20);
    for (const file of [
      concat([u32(0x4f54544f), tinyFile().subarray(4)]),
      without('glyf'),
      tinyFile({ cmap: cmapTable(1, 0, cmap12(0x41, 0x42)) }),
      tinyFile({ cmap: cmapTable(3, 0, cmap12(0x41, 0x42)) }),
      tinyFile({ cmap: cmapTable(3, 1, u16(6, 0)) }),
      tinyFile({ name: u16(0, 0, 6) }),
      tinyFile({ name: concat([u16(0, 1, 18), u16(1, 0, 0, 6, 1, 0), u16(0)]) }),
      tinyFile({ head: emptyHead }),
    ])
      expect(() => readFont(file)).toThrow(expect.objectContaining({ code: 'FONT_MALFORMED' }));
  });

  it('answers every cut and every changed byte with a font or FONT_MALFORMED, and nothing else', () => {
    const whole = tinyFile();
    const files = Array.from({ length: whole.length }, (_, i) => whole.subarray(0, i));
    for (let i = 0; i < whole.length; i++)
      for (const value of [0, 0x7f, 0xff]) files.push(whole.map((byte, k) => (k === i ? value : byte)));
    let refused = 0;
    for (const file of files) {
      try {
        const font = readFont(file);
        for (let glyph = 0; glyph < 5; glyph++) {
          font.glyphOf(0x41 + glyph);
          font.advanceOf(glyph);
          contoursOf(font, glyph);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(LayoutError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(whole.length / 2);
  });
});

describe('contoursOf', () => {
  it('reads points of a simple glyph, repeated flags and short steps too', () => {
    const square = [
      [0, 0],
      [500, 0],
      [500, 500],
      [0, 500],
    ].map(([x, y]) => ({ x, y, on: true }));
    expect(contoursOf(withGlyphs(SQUARE), 0)).toEqual([square]);
    // Flags: on, x short positive (2|16), y same (32), three times over; x steps 5, 5, 5; then one with x short negative.
    const short = concat([
      u16(1, 0, 0, 9, 9),
      u16(3),
      u16(0),
      new Uint8Array([0x3b, 2, 0x23]),
      new Uint8Array([5, 5, 5, 15]),
      new Uint8Array(0),
    ]);
    expect(contoursOf(withGlyphs(short), 0)).toEqual([[5, 10, 15, 0].map((x) => ({ x, y: 0, on: true }))]);
  });

  it('places and scales components', () => {
    const xs = contoursOf(withGlyphs(new Uint8Array(0), SQUARE, TWO_SQUARES), 2).map((contour) =>
      contour.map(({ x }) => x),
    );
    expect(xs).toEqual([
      [0, 500, 500, 0],
      [100, 350, 350, 100],
    ]);
  });

  it('reads components with two scales and with a matrix', () => {
    const twoScales = concat([u16(-1, 0, 0, 0, 0), u16(0x43, 1, 7, 8), u16(0x4000, 0x2000)]);
    const matrix = concat([u16(-1, 0, 0, 0, 0), u16(0x83, 1, 7, 8), u16(0, 0x4000, -0x4000, 0)]);
    expect(componentsOf(twoScales)[0]!.matrix).toEqual([1, 0, 0, 0.5, 7, 8]);
    expect(componentsOf(matrix)[0]!.matrix).toEqual([0, 1, -1, 0, 7, 8]);
  });

  it('refuses components placed by points and components of themselves', () => {
    expect(() => componentsOf(concat([u16(-1, 0, 0, 0, 0), u16(0x01, 1, 0, 0)]))).toThrow(
      expect.objectContaining({ code: 'FONT_MALFORMED' }),
    );
    const itself = concat([u16(-1, 0, 0, 0, 0), u16(0x03, 0, 0, 0)]);
    expect(() => contoursOf(withGlyphs(itself), 0)).toThrow(expect.objectContaining({ code: 'FONT_MALFORMED' }));
  });
});
