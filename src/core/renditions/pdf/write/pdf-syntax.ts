/** Points per millimetre. */
export const POINTS_PER_MM = 72 / 25.4;

/** A real with at most three decimals: 0.001 pt is far below what any device draws. */
export function pdfNumber(value: number): string {
  const rounded = Math.round(value * 1000) / 1000;
  // Numbers below 1e-6 would be printed with an exponent, which PDF does not know; rounding has made them zero.
  return Object.is(rounded, -0) ? '0' : String(rounded);
}

/** ISO 32000-1 7.3.5. */
export function pdfName(text: string): string {
  return '/' + text.replace(/[^A-Za-z0-9_.+@-]/g, (c) => '#' + c.charCodeAt(0).toString(16).padStart(2, '0'));
}

/** Text string, ISO 32000-1 7.9.2.2: plain where ASCII, else UTF-16BE with its mark, written in hexadecimal. */
export function pdfText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return '(' + text.replace(/[\\()]/g, '\\$&') + ')';
  return '<FEFF' + utf16Hex(text) + '>';
}

export function utf16Hex(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out += hex4(text.charCodeAt(i));
  return out;
}

export function hex4(value: number): string {
  return (0x10000 + value).toString(16).slice(1).toUpperCase();
}

/** ISO 32000-1 7.9.4, from RFC 3339 UTC: `2026-11-24T06:51:02.000Z` becomes `(D:20261124065102Z)`. */
export function pdfDate(instant: string): string {
  return `(D:${instant.slice(0, 19).replace(/[-:T]/g, '')}Z)`;
}

export const ref = (number: number): string => `${number} 0 R`;
