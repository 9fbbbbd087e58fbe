import { fromLatin1 } from '../../encoding/index.js';
import { FontBytes, fontMalformed } from './font-bytes.js';
import { readCmap } from './font-cmap.js';

/** A TrueType font with `glyf` outlines. Lengths are in font units, `unitsPerEm` of them to the em. */
export interface Font {
  readonly postScriptName: string;
  readonly unitsPerEm: number;
  readonly ascent: number;
  readonly descent: number;
  readonly bounds: readonly [number, number, number, number];
  readonly glyphCount: number;
  /** 0 where the font has no glyph for the code point. */
  glyphOf(codePoint: number): number;
  advanceOf(glyph: number): number;
  /** Left side bearing; a subset keeps it. */
  bearingOf(glyph: number): number;
  /** The glyph's entry of `glyf`; empty for a glyph without ink. */
  outlineBytes(glyph: number): Uint8Array;
  /** Raw table, for subsets. */
  table(tag: string): Uint8Array | undefined;
}

const NEEDED = ['head', 'hhea', 'hmtx', 'maxp', 'cmap', 'loca', 'glyf', 'name'] as const;

/** Reads an OpenType font file (ISO/IEC 14496-22, unverified) of the `glyf` kind. Throws LayoutError FONT_MALFORMED. */
export function readFont(file: Uint8Array): Font {
  const tables = readDirectory(new FontBytes(file));
  const [head, hhea, hmtx, maxp, cmap, loca, glyf, name] = NEEDED.map((tag) => {
    const bytes = tables.get(tag);
    if (!bytes) throw fontMalformed(`table ${tag} is missing`);
    return new FontBytes(bytes);
  }) as [FontBytes, FontBytes, FontBytes, FontBytes, FontBytes, FontBytes, FontBytes, FontBytes];

  const unitsPerEm = head.u16(18);
  const glyphCount = maxp.u16(4);
  const metricCount = hhea.u16(34);
  const long = head.i16(50) === 1;
  if (unitsPerEm === 0 || glyphCount === 0 || metricCount === 0) throw fontMalformed('it has no glyphs');
  hmtx.slice(0, 4 * metricCount + 2 * Math.max(0, glyphCount - metricCount));
  const lookup = readCmap(cmap);
  const known = new Map<number, number>();

  const within = (glyph: number): number => {
    if (glyph < 0 || glyph >= glyphCount) throw fontMalformed('a glyph number is out of range');
    return glyph;
  };
  return {
    postScriptName: readPostScriptName(name),
    unitsPerEm,
    ascent: hhea.i16(4),
    descent: hhea.i16(6),
    bounds: [head.i16(36), head.i16(38), head.i16(40), head.i16(42)],
    glyphCount,
    glyphOf(codePoint) {
      let glyph = known.get(codePoint);
      if (glyph === undefined) known.set(codePoint, (glyph = within(lookup(codePoint))));
      return glyph;
    },
    advanceOf: (glyph) => hmtx.u16(4 * Math.min(within(glyph), metricCount - 1)),
    bearingOf: (glyph) =>
      within(glyph) < metricCount ? hmtx.i16(4 * glyph + 2) : hmtx.i16(4 * metricCount + 2 * (glyph - metricCount)),
    outlineBytes(glyph) {
      within(glyph);
      const [from, to] = long
        ? [loca.u32(4 * glyph), loca.u32(4 * glyph + 4)]
        : [2 * loca.u16(2 * glyph), 2 * loca.u16(2 * glyph + 2)];
      return glyf.slice(from, to);
    },
    table: (tag) => tables.get(tag),
  };
}

function readDirectory(file: FontBytes): Map<string, Uint8Array> {
  const kind = file.u32(0);
  if (kind !== 0x00010000 && kind !== 0x74727565) throw fontMalformed('it is not of the glyf kind');
  const tables = new Map<string, Uint8Array>();
  for (let i = 0; i < file.u16(4); i++) {
    const record = 12 + 16 * i;
    const offset = file.u32(record + 8);
    tables.set(fromLatin1(file.slice(record, record + 4)), file.slice(offset, offset + file.u32(record + 12)));
  }
  return tables;
}

/** Name id 6. Only characters that a PDF name may hold unescaped are kept. */
function readPostScriptName(name: FontBytes): string {
  const strings = name.u16(4);
  for (let i = 0; i < name.u16(2); i++) {
    const record = 6 + 12 * i;
    if (name.u16(record + 6) !== 6) continue;
    const from = strings + name.u16(record + 10);
    const text = fromLatin1(name.slice(from, from + name.u16(record + 8))).replace(/[^A-Za-z0-9-]/g, '');
    if (text !== '') return text;
  }
  throw fontMalformed('it has no PostScript name');
}
