import { malformed, unlessMalformed } from './errors.js';
import { PdfDict, PdfRef, PdfStream, integerOf, type PdfValue } from './objects.js';
import { PdfParser, isSpace } from './parser.js';
import type { PdfProblemCode } from './problems.js';

export type Report = (code: PdfProblemCode, offset: number, about?: string) => void;

/** `N G obj … endobj`, ISO 32000-2 7.3.10. */
export interface IndirectObject {
  readonly num: number;
  readonly gen: number;
  readonly value: PdfValue;
  readonly start: number;
  /** Behind `endobj`. */
  readonly end: number;
}

/** Finds the value of an indirect `/Length`; null when it is not a plain integer. */
export type LengthOf = (ref: PdfRef) => number | null;

/** Reads the object that begins exactly at `start`. Throws PDF_MALFORMED. */
export function readIndirectObject(
  bytes: Uint8Array,
  start: number,
  end: number,
  lengthOf: LengthOf,
  report: Report,
): IndirectObject {
  const parser = new PdfParser(bytes, start, end);
  const num = parser.digits();
  if (num === null || !isSpace(bytes[parser.at])) throw malformed('object number', start);
  parser.skip();
  const gen = parser.digits();
  if (gen === null || gen > 65535 || !isSpace(bytes[parser.at])) throw malformed('generation number', start);
  parser.skip();
  if (!parser.keyword('obj')) throw malformed('obj expected', parser.at);
  let value = parser.value();
  parser.skip();
  if (value instanceof PdfDict && parser.keyword('stream')) value = readStream(parser, value, lengthOf, report);
  parser.skip();
  if (!parser.keyword('endobj')) throw malformed('endobj expected', parser.at);
  if (parser.keyTwice !== null) report('KEY_TWICE', start, `${num} /${parser.keyTwice}`);
  return { num, gen, value, start, end: parser.at };
}

/** The object, if one stands there, without a report. The length of a stream must be written in it. */
export function readQuietly(bytes: Uint8Array, start: number, end: number): IndirectObject | null {
  const ignore = () => undefined;
  const read = () => readIndirectObject(bytes, start, end, NO_LENGTH, ignore);
  return unlessMalformed(read, () => null);
}

export const NO_LENGTH: LengthOf = () => null;

function readStream(parser: PdfParser, dict: PdfDict, lengthOf: LengthOf, report: Report): PdfStream {
  const { bytes, end } = parser;
  // 7.3.8.1: `stream` is followed by CR LF or LF; CR alone would leave open where the data begins.
  if (bytes[parser.at] === 13) parser.at++;
  if (bytes[parser.at] !== 10) throw malformed('line end behind stream', parser.at);
  const dataStart = parser.at + 1;
  const declared = dict.get('Length');
  const length = declared instanceof PdfRef ? lengthOf(declared) : integerOf(declared);
  if (length !== null && length >= 0 && dataStart + length <= end) {
    parser.at = dataStart + length;
    // One line end before `endstream` does not count in the length.
    if (bytes[parser.at] === 13) parser.at++;
    if (bytes[parser.at] === 10) parser.at++;
    if (parser.keyword('endstream')) return new PdfStream(dict, bytes, dataStart, dataStart + length);
  }
  report('STREAM_LENGTH_WRONG', dataStart);
  const found = findForward(bytes, 'endstream', dataStart, end);
  if (found < 0) throw malformed('endstream missing', dataStart);
  parser.at = found + 'endstream'.length;
  return new PdfStream(dict, bytes, dataStart, found);
}

/** Offset of an ASCII word at or behind `from`; -1 when it does not begin before `end`. */
export function findForward(bytes: Uint8Array, word: string, from: number, end: number): number {
  const first = word.charCodeAt(0);
  for (let i = bytes.indexOf(first, from); i >= 0 && i + word.length <= end; i = bytes.indexOf(first, i + 1))
    if (standsAt(bytes, word, i)) return i;
  return -1;
}

/** Offset of an ASCII word before `from`; -1 when there is none. */
export function findBackward(bytes: Uint8Array, word: string, from: number): number {
  const first = word.charCodeAt(0);
  for (
    let i = from > 0 ? bytes.lastIndexOf(first, from - 1) : -1;
    i >= 0;
    i = i > 0 ? bytes.lastIndexOf(first, i - 1) : -1
  )
    if (standsAt(bytes, word, i)) return i;
  return -1;
}

export function standsAt(bytes: Uint8Array, word: string, at: number): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false;
  return true;
}
