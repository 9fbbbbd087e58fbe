import { PdfArray, PdfString, type PdfDict, type PdfValue } from './objects.js';
import { isDigit } from './parser.js';
import { problem, type StructureProblem } from './problems.js';
import type { ByteRange } from './inspection.js';

/**
 * `/ByteRange` read from its bytes, not from its value: `[a b c d]`, each without sign, leading zero or comment.
 * Null when it is anything else.
 */
export function plainByteRange(value: PdfValue | undefined): ByteRange | null {
  if (!(value instanceof PdfArray) || value.items.length !== 4) return null;
  const { source, start, end } = value;
  const numbers: number[] = [];
  for (let at = start + 1; at < end - 1;) {
    const byte = source[at]!;
    if (byte === 32 || byte === 10 || byte === 13 || byte === 9) {
      at++;
      continue;
    }
    const from = at;
    let number = 0;
    while (isDigit(source[at])) number = number * 10 + source[at++]! - 48;
    if (at === from || at - from > 15 || (source[from] === 48 && at - from > 1)) return null;
    numbers.push(number);
  }
  // Digits and space only: each run of digits is one of the four items.
  return numbers as [number, number, number, number];
}

export interface SignatureContents {
  readonly bytes: Uint8Array;
  /** Offsets of `<` and behind `>` in the file; null when the value is no string of the file itself. */
  readonly span: { readonly start: number; readonly end: number } | null;
  readonly problems: readonly StructureProblem[];
}

const NONE = new Uint8Array(0);

/**
 * `/Contents`: one hexadecimal string of an even number of digits, all of one case, no white space, holding one
 * BER element and zeros. Only so does every byte outside `/ByteRange` have exactly one permitted value.
 */
export function readContents(file: Uint8Array, dict: PdfDict, resolved: PdfValue | undefined): SignatureContents {
  const value = dict.get('Contents');
  const at = dict.start;
  if (value === undefined || value === null)
    return { bytes: NONE, span: null, problems: [problem('CONTENTS_MISSING', at)] };
  const problems: StructureProblem[] = [];
  if (resolved !== value) problems.push(problem('CONTENTS_INDIRECT', at, 'Contents'));
  if (!(resolved instanceof PdfString))
    return { bytes: NONE, span: null, problems: [...problems, problem('CONTENTS_MISSING', at)] };
  const span = resolved === value && resolved.source === file ? { start: resolved.start, end: resolved.end } : null;
  if (!resolved.hex) problems.push(problem('CONTENTS_NOT_HEX', resolved.start));
  else problems.push(...digitProblems(resolved));
  const bytes = resolved.bytes();
  problems.push(...paddingProblems(bytes, resolved.start));
  return { bytes, span, problems };
}

const DECIMAL = 0;
const UPPER = 1;
const LOWER = 2;
const FOREIGN = 4;
const DIGIT_KIND = new Uint8Array(256).fill(FOREIGN).fill(DECIMAL, 48, 58).fill(UPPER, 65, 71).fill(LOWER, 97, 103);

function digitProblems({ source, start, end }: PdfString): StructureProblem[] {
  let kinds = 0;
  for (let i = start + 1; i < end - 1; i++) kinds |= DIGIT_KIND[source[i]!]!;
  const out: StructureProblem[] = [];
  if (kinds & FOREIGN) out.push(problem('CONTENTS_NOT_HEX', start));
  else if ((end - start) % 2 !== 0) out.push(problem('CONTENTS_ODD', start));
  if (kinds & UPPER && kinds & LOWER) out.push(problem('CONTENTS_MIXED_CASE', start));
  return out;
}

/** The definite length of the outer element tells where padding begins; an indefinite one is left to the CMS reader. */
function paddingProblems(bytes: Uint8Array, offset: number): StructureProblem[] {
  let last = bytes.length - 1;
  while (last >= 0 && bytes[last] === 0) last--;
  if (last < 0) return [problem('CONTENTS_EMPTY', offset)];
  const first = bytes[1] ?? 0;
  if (first === 0x80) return [];
  const size = first < 0x80 ? 0 : first & 0x7f;
  let length = first < 0x80 ? first : 0;
  for (let i = 0; i < size && i < 6; i++) length = length * 256 + (bytes[2 + i] ?? 0);
  return last >= 2 + size + length ? [problem('CONTENTS_TRAILING_DATA', offset)] : [];
}
