import { beforeAll, describe, expect, it } from '@jest/globals';
import { latin1 } from '../../../src/core/encoding/index.js';
import { embeddedOutlines, sameOutline } from '../../../src/core/renditions/index.js';
import type { Font } from '../../../src/core/renditions/index.js';
import { subsetFont } from '../../../src/core/renditions/pdf/write/font-subset.js';
import { realFonts } from '../../support/sample-pdf.js';

let font: Font;
beforeAll(async () => {
  font = (await realFonts()).get('song')!;
});

describe('embeddedOutlines', () => {
  it('finds the pinned font’s shapes in a subset of it, composite glyphs included', () => {
    const characters = [...'样本é甲1'];
    const glyphs = characters.map((one) => font.glyphOf(one.codePointAt(0)!));
    const { file, placeOf } = subsetFont(font, glyphs);
    const embedded = embeddedOutlines(file);
    for (const glyph of glyphs) expect(sameOutline(embedded, placeOf.get(glyph)!, font, glyph)).toBe(true);
    expect(sameOutline(embedded, placeOf.get(glyphs[0]!)!, font, glyphs[1]!)).toBe(false);
  });

  it('reads short offsets', () => {
    const { file, placeOf } = subsetFont(font, [font.glyphOf(0x31)]);
    const outline = font.outlineBytes(font.glyphOf(0x31));
    const view = new DataView(file.buffer);
    for (let i = 0; i < view.getUint16(4); i++) {
      const record = 12 + 16 * i;
      const tag = String.fromCharCode(...file.subarray(record, record + 4));
      const offset = view.getUint32(record + 8);
      if (tag === 'head') view.setInt16(offset + 50, 0);
      // Long offsets become short ones in place: half the value, two bytes each.
      if (tag === 'loca')
        for (let j = 0; j <= placeOf.size; j++) view.setUint16(offset + 2 * j, view.getUint32(offset + 4 * j) / 2);
    }
    const place = placeOf.get(font.glyphOf(0x31))!;
    expect(embeddedOutlines(file).outlineBytes(place).subarray(0, outline.length)).toEqual(outline);
    expect(sameOutline(embeddedOutlines(file), place, font, font.glyphOf(0x31))).toBe(true);
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['text', latin1('this is no font at all')],
    ['no tables', new Uint8Array(12)],
  ])('refuses %s', (_, bytes) => {
    expect(() => embeddedOutlines(bytes)).toThrow('not a usable TrueType font');
  });
});
