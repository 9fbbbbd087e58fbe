import { LayoutError } from './errors.js';
import type { Font } from './font.js';

/** Faces of the official look: 宋体, 黑体, 楷体. */
export type FontName = 'song' | 'song-bold' | 'hei' | 'hei-bold' | 'kai';

export type FontBook = ReadonlyMap<FontName, Font>;

export interface FoundGlyph {
  readonly name: FontName;
  readonly font: Font;
  readonly glyph: number;
}

export function fontOf(book: FontBook, name: FontName): Font {
  const font = book.get(name);
  if (!font) throw new LayoutError('FONT_UNKNOWN', { en: `no font is named ${name}`, zh: `没有名为 ${name} 的字体` });
  return font;
}

/** Characters that rightly have no ink. */
const SPACES = new Set([0x20, 0xa0, 0x3000]);

/**
 * The first font of the chain that draws the character. A glyph without ink counts as none, except for spaces: else
 * an invisible character would be sealed unseen. Throws GLYPH_MISSING with the code point and the field.
 */
export function findGlyph(book: FontBook, chain: readonly FontName[], codePoint: number, field: string): FoundGlyph {
  for (const name of chain) {
    const font = fontOf(book, name);
    const glyph = font.glyphOf(codePoint);
    if (glyph !== 0 && (font.outlineBytes(glyph).length > 0 || SPACES.has(codePoint))) return { name, font, glyph };
  }
  const code = 'U+' + codePoint.toString(16).toUpperCase().padStart(4, '0');
  throw new LayoutError(
    'GLYPH_MISSING',
    {
      en: `no font has the character ${code}, which stands in ${field}`,
      zh: `字体中没有字符 ${code}（位于 ${field}）`,
    },
    { details: { codePoint: code, field } },
  );
}
