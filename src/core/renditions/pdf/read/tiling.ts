import type { PdfDocument } from './document.js';
import { readQuietly } from './indirect-object.js';
import { PdfParser, isSpace } from './parser.js';

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Every byte of a revision belongs to a listed object, to a cross-reference section, or is white space between them.
 * What is left over is where shadow content waits for a later table that lists it, or what a repairing reader finds.
 *
 * @returns numbers of objects that stand twice in one revision
 */
export function checkTiling(document: PdfDocument): readonly number[] {
  const twice = new Set<number>();
  document.revisions.forEach((revision, index) => {
    let cursor = index === 0 ? behindHeader(document.bytes) : revision.start;
    for (const span of spansOf(document, index)) {
      if (span.start < cursor) document.report('OBJECT_OVERLAP', span.start);
      else checkGap(document, cursor, span.start, index, twice);
      cursor = Math.max(cursor, span.end);
    }
  });
  return [...twice];
}

function spansOf(document: PdfDocument, index: number): Span[] {
  const { sections, entries, start, end } = document.revisions[index]!;
  const spans: Span[] = sections.map((section) => ({ start: section.offset, end: section.end }));
  const sectionStarts = new Set(sections.map((section) => section.offset));
  for (const [num, entry] of entries) {
    if (entry.kind !== 'at' || sectionStarts.has(entry.offset)) continue;
    if (entry.offset < start || entry.offset >= end) {
      if (!repeatsEarlier(document, num, index, entry.offset))
        document.report('XREF_ENTRY_WRONG', entry.offset, String(num));
      continue;
    }
    const object = document.at(entry.offset, num, entry.gen, index);
    if (object) spans.push(object);
  }
  return spans.sort((a, b) => a.start - b.start);
}

/** Some writers list everything again: an entry equal to the one before it changes nothing. */
function repeatsEarlier(document: PdfDocument, num: number, index: number, offset: number): boolean {
  const before = index > 0 ? document.version(num, index - 1)?.entry : undefined;
  return before?.kind === 'at' && before.offset === offset;
}

function checkGap(document: PdfDocument, from: number, to: number, index: number, twice: Set<number>): void {
  const { bytes } = document;
  for (let at = from; at < to; at++) {
    if (isSpace(bytes[at])) continue;
    const hidden = readQuietly(bytes, at, to);
    if (!hidden) {
      document.report('BYTES_BETWEEN_OBJECTS', at);
      return;
    }
    if (document.revisions[index]!.entries.has(hidden.num)) {
      twice.add(hidden.num);
      document.report('OBJECT_TWICE', at, String(hidden.num));
    } else document.report('BYTES_BETWEEN_OBJECTS', at, String(hidden.num));
    at = hidden.end - 1;
  }
}

/** 7.5.2: the header line and the comment line with four high bytes. */
function behindHeader(bytes: Uint8Array): number {
  const parser = new PdfParser(bytes);
  parser.skip();
  return parser.at;
}
