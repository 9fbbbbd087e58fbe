import { fontMalformed } from './font-bytes.js';
import type { FontBytes } from './font-bytes.js';

/** Answers the glyph of a code point, 0 where the font has none. */
export type GlyphLookup = (codePoint: number) => number;

/** OpenType `cmap`: the Unicode subtable of format 12, else of format 4. Other formats are not read. */
export function readCmap(table: FontBytes): GlyphLookup {
  let format4: number | undefined;
  for (let i = 0; i < table.u16(2); i++) {
    const record = 4 + 8 * i;
    const [platform, encoding, offset] = [table.u16(record), table.u16(record + 2), table.u32(record + 4)];
    // Platform 0 is Unicode; 3/1 and 3/10 are Windows' Unicode. Symbol and legacy encodings are of no use here.
    if (platform !== 0 && !(platform === 3 && (encoding === 1 || encoding === 10))) continue;
    const format = table.u16(offset);
    if (format === 12) return format12(table, offset);
    if (format === 4) format4 ??= offset;
  }
  if (format4 === undefined) throw fontMalformed('no Unicode character map of format 4 or 12');
  return formatFour(table, format4);
}

function format12(table: FontBytes, at: number): GlyphLookup {
  const count = table.u32(at + 12);
  table.slice(at, at + 16 + 12 * count);
  return (codePoint) => {
    let low = 0;
    let high = count - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const group = at + 16 + 12 * middle;
      if (codePoint < table.u32(group)) high = middle - 1;
      else if (codePoint > table.u32(group + 4)) low = middle + 1;
      else return table.u32(group + 8) + codePoint - table.u32(group);
    }
    return 0;
  };
}

function formatFour(table: FontBytes, at: number): GlyphLookup {
  const double = table.u16(at + 6);
  const ends = at + 14;
  const starts = ends + double + 2;
  const deltas = starts + double;
  const offsets = deltas + double;
  table.slice(at, offsets + double);
  return (codePoint) => {
    for (let i = 0; i < double; i += 2) {
      if (codePoint > table.u16(ends + i)) continue;
      const start = table.u16(starts + i);
      if (codePoint < start) return 0;
      const offset = table.u16(offsets + i);
      const delta = table.u16(deltas + i);
      if (offset === 0) return (codePoint + delta) & 0xffff;
      const glyph = table.u16(offsets + i + offset + 2 * (codePoint - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
