import { limitExceeded, unlessMalformed } from './errors.js';
import type { InflateBudget } from './filters.js';
import { findBackward, standsAt, type Report } from './indirect-object.js';
import { integerOf, type PdfDict } from './objects.js';
import { PdfParser, isSpace } from './parser.js';
import { readXrefSection, type XrefEntry, type XrefSection } from './xref-section.js';

/** One state of the file: the sections that an update added (two in a linearized first revision), and their bytes. */
export interface RevisionBytes {
  readonly sections: readonly XrefSection[];
  readonly entries: ReadonlyMap<number, XrefEntry>;
  readonly trailer: PdfDict;
  /** Where the revision before ends. */
  readonly start: number;
  /** Directly behind `%%EOF`. */
  readonly eof: number;
  /** Behind the line end after `%%EOF`. */
  readonly end: number;
}

const MAX_REVISIONS = 256;
/** Broken ends of file that are skipped to find what was there before someone damaged it. */
const MAX_ATTEMPTS = 8;

/**
 * Finds the revisions from the last `startxref` back along `/Prev`; oldest first. Empty when no section can be read.
 * Bytes behind the last readable revision are reported, whatever they are.
 */
export function readRevisionChain(bytes: Uint8Array, budget: InflateBudget, report: Report): readonly RevisionBytes[] {
  const newest = readNewestSection(bytes, budget, report);
  if (!newest) return [];
  const revisions = group(bytes, followPrev(bytes, newest, budget, report), report);
  const end = revisions.at(-1)!.end;
  if (end < bytes.length) report(allBlank(bytes, end) ? 'TRAILING_BYTES' : 'REVISION_BROKEN', end);
  return revisions;
}

function readNewestSection(bytes: Uint8Array, budget: InflateBudget, report: Report): XrefSection | undefined {
  let from = bytes.length;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const at = findBackward(bytes, 'startxref', from);
    if (at < 0) break;
    const parser = new PdfParser(bytes, at + 9);
    parser.skip();
    const offset = parser.digits();
    const section = offset === null ? undefined : attemptSection(bytes, offset, budget, report);
    if (section) return section;
    report('STARTXREF_INVALID', at);
    from = at;
  }
  report('XREF_BROKEN', bytes.length);
  return undefined;
}

function attemptSection(
  bytes: Uint8Array,
  offset: number,
  budget: InflateBudget,
  report: Report,
): XrefSection | undefined {
  return unlessMalformed(
    () => readXrefSection(bytes, offset, budget, report),
    () => undefined,
  );
}

/** Newest first. */
function followPrev(bytes: Uint8Array, newest: XrefSection, budget: InflateBudget, report: Report): XrefSection[] {
  const chain = [newest];
  const seen = new Set([newest.offset]);
  for (;;) {
    const last = chain.at(-1)!;
    const prev = last.trailer.get('Prev');
    if (prev === undefined) return chain;
    const offset = integerOf(prev);
    if (offset !== null && seen.has(offset)) {
      report('PREV_LOOP', last.offset);
      return chain;
    }
    const section = offset === null ? undefined : attemptSection(bytes, offset, budget, report);
    if (!section) {
      report('XREF_BROKEN', last.offset, 'Prev');
      return chain;
    }
    if (chain.length >= MAX_REVISIONS) throw limitExceeded('revisions');
    seen.add(section.offset);
    chain.push(section);
  }
}

function group(bytes: Uint8Array, chain: XrefSection[], report: Report): RevisionBytes[] {
  const sections = [...chain].reverse();
  const out: RevisionBytes[] = [];
  let first = 1;
  if (sections.length > 1 && sections[1]!.offset < sections[0]!.offset && isLinearized(bytes, sections[1]!)) {
    out.push(linearizedRevision(sections[0]!, sections[1]!, report));
    first = 2;
  } else out.push(revision(sections[0]!, 0, report));
  for (const section of sections.slice(first)) {
    const before = out.at(-1)!;
    if (section.offset < before.end) report('PREV_DISORDER', section.offset);
    out.push(revision(section, before.end, report));
  }
  return out;
}

function revision(section: XrefSection, start: number, report: Report): RevisionBytes {
  if (section.startxref === null) report('EOF_MISSING', section.end);
  else if (section.startxref !== section.offset) report('STARTXREF_INVALID', section.end);
  const { entries, trailer, eof, end } = section;
  return { sections: [section], entries, trailer, start, eof, end };
}

/** Annex F: the section of the first page stands near the beginning and points forward to that of the rest. */
function linearizedRevision(rest: XrefSection, firstPage: XrefSection, report: Report): RevisionBytes {
  if (rest.startxref !== firstPage.offset) report('STARTXREF_INVALID', rest.end);
  const entries = new Map(rest.entries);
  for (const [num, entry] of firstPage.entries) {
    if (entry.kind !== 'free' && entries.has(num)) report('XREF_NUMBER_TWICE', firstPage.offset, String(num));
    entries.set(num, entry);
  }
  return { sections: [firstPage, rest], entries, trailer: firstPage.trailer, start: 0, eof: rest.eof, end: rest.end };
}

/** The linearization dictionary is the first object of the file; its first key is enough to tell. */
function isLinearized(bytes: Uint8Array, firstPage: XrefSection): boolean {
  const limit = Math.min(firstPage.offset, 1024);
  for (let i = 0; i < limit; i++) if (bytes[i] === 47 && standsAt(bytes, '/Linearized', i)) return true;
  return false;
}

function allBlank(bytes: Uint8Array, from: number): boolean {
  for (let i = from; i < bytes.length; i++) if (!isSpace(bytes[i])) return false;
  return true;
}
