import { limitExceeded, malformed } from './errors.js';
import { decodeStream, type InflateBudget } from './filters.js';
import { NO_LENGTH, readIndirectObject, standsAt, type Report } from './indirect-object.js';
import { PdfArray, PdfDict, PdfStream, integerOf, nameOf } from './objects.js';
import { PdfParser, isSpace } from './parser.js';

export type XrefEntry =
  | { readonly kind: 'free' }
  | { readonly kind: 'at'; readonly offset: number; readonly gen: number }
  /** In the object stream `container`, at place `index`. */
  | { readonly kind: 'in'; readonly container: number; readonly index: number };

/** One cross-reference table or stream with its trailer and its `startxref … %%EOF`. */
export interface XrefSection {
  readonly kind: 'table' | 'stream';
  readonly offset: number;
  readonly entries: ReadonlyMap<number, XrefEntry>;
  readonly trailer: PdfDict;
  /** What its own `startxref` says; null when the closing lines are missing. */
  readonly startxref: number | null;
  /** Directly behind `%%EOF`, and behind the line end that follows it. Both the end of the section when missing. */
  readonly eof: number;
  readonly end: number;
}

/** Entries of one section. A hostile table cannot make the reader allocate more than this. */
const MAX_ENTRIES = 150_000;
const FREE: XrefEntry = { kind: 'free' };

/** Reads the section that begins exactly at `offset`. Throws PDF_MALFORMED, PDF_LIMIT_EXCEEDED. */
export function readXrefSection(bytes: Uint8Array, offset: number, budget: InflateBudget, report: Report): XrefSection {
  if (offset < 0 || offset >= bytes.length) throw malformed('section outside the file', offset);
  const entries = new Map<number, XrefEntry>();
  const add = (num: number, entry: XrefEntry) => {
    if (entries.has(num)) report('XREF_NUMBER_TWICE', offset, String(num));
    if (entries.size >= MAX_ENTRIES) throw limitExceeded('objects');
    entries.set(num, entry);
  };
  const isTable = standsAt(bytes, 'xref', offset);
  const { trailer, at } = isTable
    ? readTable(bytes, offset, add, report)
    : readStreamSection(bytes, offset, budget, add, report);
  if (trailer.get('XRefStm') !== undefined) report('XREF_HYBRID', offset);
  return { kind: isTable ? 'table' : 'stream', offset, entries, trailer, ...readClosing(bytes, at) };
}

type Add = (num: number, entry: XrefEntry) => void;

/** 7.5.4. Each entry is 20 bytes long; other lengths are read, and reported. */
function readTable(bytes: Uint8Array, offset: number, add: Add, report: Report): { trailer: PdfDict; at: number } {
  const parser = new PdfParser(bytes, offset + 4);
  if (!isSpace(bytes[parser.at])) throw malformed('xref', offset);
  let sized = true;
  for (parser.skip(); !parser.keyword('trailer');) {
    const first = parser.digits();
    parser.skip();
    const count = parser.digits();
    if (first === null || count === null || count > MAX_ENTRIES) throw malformed('xref subsection', parser.at);
    parser.skip();
    for (let i = 0; i < count; i++) {
      const start = parser.at;
      const at = parser.digits();
      parser.at++;
      const gen = parser.digits();
      const kind = bytes[parser.at + 1];
      if (at === null || gen === null || (kind !== 110 && kind !== 102)) throw malformed('xref entry', start);
      parser.at += 2;
      sized &&= isSpace(bytes[parser.at]) && isSpace(bytes[parser.at + 1]) && parser.at + 2 - start === 20;
      parser.skip();
      add(first + i, kind === 110 && at !== 0 ? { kind: 'at', offset: at, gen } : FREE);
    }
  }
  if (!sized) report('XREF_BROKEN', offset, 'entry length');
  const trailer = parser.value();
  if (!(trailer instanceof PdfDict)) throw malformed('trailer', parser.at);
  if (parser.keyTwice !== null) report('KEY_TWICE', trailer.start, `trailer /${parser.keyTwice}`);
  return { trailer, at: parser.at };
}

/** 7.5.8. */
function readStreamSection(
  bytes: Uint8Array,
  offset: number,
  budget: InflateBudget,
  add: Add,
  report: Report,
): { trailer: PdfDict; at: number } {
  const object = readIndirectObject(bytes, offset, bytes.length, NO_LENGTH, report);
  const stream = object.value;
  if (!(stream instanceof PdfStream) || nameOf(stream.dict.get('Type')) !== 'XRef')
    throw malformed('no xref section', offset);
  const widths = stream.dict.get('W');
  const size = integerOf(stream.dict.get('Size'));
  const index = stream.dict.get('Index');
  if (!(widths instanceof PdfArray) || widths.items.length !== 3 || size === null)
    throw malformed('xref stream', offset);
  const [a, b, c] = widths.items.map((item) => integerOf(item) ?? -1) as [number, number, number];
  const ranges = index instanceof PdfArray ? index.items.map((item) => integerOf(item) ?? -1) : [0, size];
  if (
    [a, b, c].some((width) => width < 0 || width > 8) ||
    a + b + c === 0 ||
    ranges.length % 2 !== 0 ||
    ranges.some((n) => n < 0)
  )
    throw malformed('xref stream', offset);
  const data = decodeStream(stream, (value) => value, budget);
  let at = 0;
  const field = (width: number, absent: number) => {
    if (width === 0) return absent;
    let value = 0;
    for (let i = 0; i < width; i++) value = value * 256 + data[at++]!;
    return value;
  };
  for (let r = 0; r < ranges.length; r += 2) {
    if (at + ranges[r + 1]! * (a + b + c) > data.length) throw malformed('xref stream too short', offset);
    for (let i = 0; i < ranges[r + 1]!; i++) {
      const [kind, second, third] = [field(a, 1), field(b, 0), field(c, 0)];
      // 7.5.8.3: other types are references to null.
      if (kind === 1) add(ranges[r]! + i, second === 0 ? FREE : { kind: 'at', offset: second, gen: third });
      else add(ranges[r]! + i, kind === 2 ? { kind: 'in', container: second, index: third } : FREE);
    }
  }
  if (at !== data.length) report('XREF_BROKEN', offset, 'bytes behind the entries');
  return { trailer: stream.dict, at: object.end };
}

/** `startxref`, the number, `%%EOF`: nothing but white space between them (7.5.5). */
function readClosing(bytes: Uint8Array, from: number): { startxref: number | null; eof: number; end: number } {
  const parser = new PdfParser(bytes, from);
  const missing = { startxref: null, eof: from, end: from };
  const blanks = () => {
    while (isSpace(bytes[parser.at])) parser.at++;
  };
  blanks();
  if (!parser.keyword('startxref')) return missing;
  blanks();
  const startxref = parser.digits();
  blanks();
  if (startxref === null || !standsAt(bytes, '%%EOF', parser.at)) return missing;
  const eof = parser.at + 5;
  let end = eof;
  if (bytes[end] === 13) end++;
  if (bytes[end] === 10) end++;
  return { startxref, eof, end };
}
