import { deflate } from '#primitives';
import { utf8 } from '../../../encoding/index.js';
import type { Font } from '../../layout/font.js';
import { fontOf } from '../../layout/font-book.js';
import type { FontBook, FontName } from '../../layout/font-book.js';
import type { LaidContent } from '../../layout/laid-page.js';
import { subsetFont } from './font-subset.js';
import type { ObjectWriter } from './object-writer.js';
import { hex4, pdfNumber, ref, utf16Hex } from './pdf-syntax.js';

/** Glyph numbers of one font that a file shows, each with the code point it stands for. */
export type GlyphUse = Map<number, number>;

/** A glyph that stands for two code points is extracted as the one that came first. */
export function glyphUses(contents: readonly LaidContent[]): Map<FontName, GlyphUse> {
  const uses = new Map<FontName, GlyphUse>();
  for (const { runs } of contents)
    for (const { font, glyphs, codePoints } of runs) {
      let use = uses.get(font);
      if (!use) uses.set(font, (use = new Map<number, number>()));
      for (let i = 0; i < glyphs.length; i++) if (!use.has(glyphs[i]!)) use.set(glyphs[i]!, codePoints[i]!);
    }
  return uses;
}

/**
 * Writes a Type0 font for each use and answers the entries of a `/Font` resource dictionary. CIDs are the glyph numbers
 * of the whole font (`/CIDToGIDMap` leads to the subset's), so a face can be compared with the pinned font.
 */
export function writeFonts(
  writer: ObjectWriter,
  uses: ReadonlyMap<FontName, GlyphUse>,
  book: FontBook,
  names: (name: FontName) => string,
  level: number,
): string {
  return [...uses]
    .map(([name, use]) => `${names(name)} ${ref(writeFont(writer, fontOf(book, name), use, level))}`)
    .join(' ');
}

function writeFont(writer: ObjectWriter, font: Font, use: GlyphUse, level: number): number {
  const glyphs = [...use.keys()].sort((a, b) => a - b);
  const { file, placeOf } = subsetFont(font, glyphs);
  const baseFont = `/${subsetTag(glyphs)}+${font.postScriptName}`;
  const flate = '/Filter/FlateDecode';
  const em = (units: number) => pdfNumber((units * 1000) / font.unitsPerEm);

  const program = writer.stream(`/Length1 ${file.length}${flate}`, deflate(file, level));
  const descriptor = writer.object(
    `<</Type/FontDescriptor/FontName${baseFont}/Flags 4/FontBBox[${font.bounds.map(em).join(' ')}]/ItalicAngle 0` +
      `/Ascent ${em(font.ascent)}/Descent ${em(font.descent)}/CapHeight ${em(font.ascent)}/StemV 80/FontFile2 ${ref(program)}>>`,
  );
  const map = new Uint8Array(2 * (glyphs.at(-1)! + 1));
  for (const glyph of glyphs) {
    const place = placeOf.get(glyph)!;
    map[2 * glyph] = place >> 8;
    map[2 * glyph + 1] = place & 255;
  }
  const places = writer.stream(flate, deflate(map, level));
  const widths = glyphs
    .filter((glyph) => font.advanceOf(glyph) !== font.unitsPerEm)
    .map((glyph) => `${glyph}[${em(font.advanceOf(glyph))}]`);
  const descendant = writer.object(
    `<</Type/Font/Subtype/CIDFontType2/BaseFont${baseFont}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>` +
      `/FontDescriptor ${ref(descriptor)}/DW 1000/W[${widths.join('')}]/CIDToGIDMap ${ref(places)}>>`,
  );
  const toUnicode = writer.stream('', utf8(toUnicodeCmap(glyphs, use)));
  return writer.object(
    `<</Type/Font/Subtype/Type0/BaseFont${baseFont}/Encoding/Identity-H/DescendantFonts[${ref(descendant)}]/ToUnicode ${ref(toUnicode)}>>`,
  );
}

/** Six letters, ISO 32000-1 9.6.4: the same for the same glyphs, so that files are reproducible. */
function subsetTag(glyphs: readonly number[]): string {
  let state = 2166136261;
  for (const glyph of glyphs) state = Math.imul(state ^ glyph, 16777619) >>> 0;
  let tag = '';
  for (let i = 0; i < 6; i++) {
    tag += String.fromCharCode(65 + (state % 26));
    state = Math.floor(state / 26);
  }
  return tag;
}

/** ISO 32000-1 9.10.3; at most 100 entries a block. */
function toUnicodeCmap(glyphs: readonly number[], use: GlyphUse): string {
  const lines = glyphs.map((glyph) => `<${hex4(glyph)}><${utf16Hex(String.fromCodePoint(use.get(glyph)!))}>`);
  let blocks = '';
  for (let i = 0; i < lines.length; i += 100) {
    const block = lines.slice(i, i + 100);
    blocks += `${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`;
  }
  return (
    '/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n' +
    '/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n' +
    `1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n${blocks}` +
    'endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n'
  );
}
