/** A piece of finished HTML. Only `html` makes one, so every other text is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = Html | string | number | null | false | readonly Piece[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * HTML as a template. Values are escaped for text and for attributes in quotes; never put one into a script, a style, an
 * attribute without quotes, or an address that a stranger chose.
 */
export const html = (parts: TemplateStringsArray, ...values: readonly Piece[]): Html =>
  new Html(parts.map((part, i) => (i === 0 ? '' : textOf(values[i - 1]!)) + part).join(''));

function textOf(piece: Piece): string {
  if (piece === null || piece === false) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(textOf).join('');
  return String(piece).replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}
