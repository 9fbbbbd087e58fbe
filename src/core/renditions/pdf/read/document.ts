import { limitExceeded, malformed, unlessMalformed } from './errors.js';
import { InflateBudget, decodeStream } from './filters.js';
import { readIndirectObject, readQuietly, type IndirectObject, type Report } from './indirect-object.js';
import { PdfRef, PdfStream, integerOf, nameOf, type PdfValue } from './objects.js';
import { PdfParser } from './parser.js';
import { problem, type StructureProblem } from './problems.js';
import { readRevisionChain, type RevisionBytes } from './revision-chain.js';
import type { XrefEntry } from './xref-section.js';

/** One line in the life of an object number. */
export interface ObjectVersion {
  readonly revision: number;
  readonly entry: XrefEntry;
}

interface ObjectStream {
  readonly nums: readonly number[];
  readonly offsets: readonly number[];
  readonly data: Uint8Array;
}

/** Enough for every document of these trades; a bomb ends here. */
const MAX_INFLATED = 64 << 20;
const MAX_OBJECTS = 150_000;
/** The same damage seen a thousand times says no more than seen a hundred times. */
const MAX_PROBLEMS = 100;

const NOWHERE: ObjectVersion = { revision: 0, entry: { kind: 'free' } };

/** The objects of a file, in every state that it had. Reads lazily, remembers what it read. */
export class PdfDocument {
  readonly problems: StructureProblem[] = [];
  readonly budget = new InflateBudget(MAX_INFLATED);
  readonly revisions: readonly RevisionBytes[];
  /** Object number → its versions, oldest first. */
  readonly versions = new Map<number, ObjectVersion[]>();
  private readonly loaded = new Map<number, IndirectObject | null>();
  private readonly streams = new Map<number, ObjectStream | null>();
  private readonly inStreams = new Map<XrefEntry, PdfValue>();
  private readingLength = false;

  constructor(readonly bytes: Uint8Array) {
    this.revisions = readRevisionChain(bytes, this.budget, this.report);
    let total = 0;
    this.revisions.forEach(({ entries }, revision) => {
      if ((total += entries.size) > MAX_OBJECTS) throw limitExceeded('objects');
      for (const [num, entry] of entries) {
        const known = this.versions.get(num);
        if (known) known.push({ revision, entry });
        else this.versions.set(num, [{ revision, entry }]);
      }
    });
  }

  readonly report: Report = (code, offset, about) => {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push(problem(code, offset, about));
  };

  get newest(): number {
    return this.revisions.length - 1;
  }

  /** What `num` was in the state of `revision`. */
  version(num: number, revision: number): ObjectVersion | undefined {
    const versions = this.versions.get(num);
    if (!versions) return undefined;
    for (let i = versions.length - 1; i >= 0; i--) if (versions[i]!.revision <= revision) return versions[i];
    return undefined;
  }

  /** Follows references, at most 16 of them; undefined for a missing object (7.3.10: the same as null). */
  resolve(value: PdfValue | undefined, revision: number): PdfValue | undefined {
    let current = value;
    for (let hops = 0; current instanceof PdfRef; hops++) {
      if (hops === 16) return undefined;
      current = this.object(current.num, revision, current.gen);
    }
    return current;
  }

  object(num: number, revision: number, gen?: number): PdfValue | undefined {
    const version = this.version(num, revision);
    return version && this.valueOf(num, version, gen);
  }

  /** Always read as its own revision had it: a later container or length is a change, found as such. */
  valueOf(num: number, { entry, revision }: ObjectVersion, gen?: number): PdfValue | undefined {
    if (entry.kind === 'free') return undefined;
    if (entry.kind === 'in') return this.compressed(num, entry, revision);
    if (gen !== undefined && gen !== entry.gen) this.report('XREF_ENTRY_WRONG', entry.offset, `${num} ${gen} R`);
    return this.at(entry.offset, num, entry.gen, revision)?.value;
  }

  /** The object that an entry of `revision` points to; null after a report when it is not there. */
  at(offset: number, num: number, gen: number, revision: number): IndirectObject | null {
    const known = this.loaded.get(offset);
    if (known && known.num !== num) {
      this.report('XREF_ENTRY_WRONG', offset, String(num));
      return null;
    }
    if (known !== undefined) return known;
    let object: IndirectObject | null = null;
    // Set before reading: a stream whose length is the stream itself finds null, not an endless loop.
    this.loaded.set(offset, null);
    if (offset >= this.revisions[revision]!.end) this.report('XREF_ENTRY_WRONG', offset, String(num));
    else object = this.read(offset, num, gen, revision);
    this.loaded.set(offset, object);
    return object;
  }

  private read(offset: number, num: number, gen: number, revision: number): IndirectObject | null {
    const { end } = this.revisions[revision]!;
    const object = unlessMalformed(
      () => readIndirectObject(this.bytes, offset, end, (ref) => this.lengthAt(ref, revision), this.report),
      () => null,
    );
    if (object?.num === num && object.gen === gen) return object;
    // An object that breaks off; or another one, or not even an object number at that place.
    const broken = object === null && new PdfParser(this.bytes, offset).digits() === num;
    this.report(broken ? 'OBJECT_BROKEN' : 'XREF_ENTRY_WRONG', offset, String(num));
    return null;
  }

  /** A length inside an object stream is read; if that stream's own length is inside another one, it is not. */
  private lengthAt(ref: PdfRef, state: number): number | null {
    const { entry, revision } = this.version(ref.num, state) ?? NOWHERE;
    if (entry.kind === 'in') {
      if (this.readingLength) return null;
      this.readingLength = true;
      const length = integerOf(this.compressed(ref.num, entry, revision));
      this.readingLength = false;
      return length;
    }
    if (entry.kind !== 'at') return null;
    const object = readQuietly(this.bytes, entry.offset, this.revisions[revision]!.end);
    return object?.num === ref.num ? integerOf(object.value) : null;
  }

  private compressed(num: number, entry: XrefEntry & { kind: 'in' }, revision: number): PdfValue | undefined {
    if (this.inStreams.has(entry)) return this.inStreams.get(entry);
    this.inStreams.set(entry, null);
    const stream = this.objectStream(entry.container, revision);
    const offset = stream?.nums[entry.index] === num ? stream.offsets[entry.index]! : undefined;
    if (stream && offset === undefined) this.report('XREF_ENTRY_WRONG', 0, String(num));
    if (!stream || offset === undefined) return undefined;
    const parser = new PdfParser(stream.data, offset);
    const value = unlessMalformed(
      () => parser.value(),
      () => undefined,
    );
    if (value === undefined) this.report('OBJECT_BROKEN', 0, String(num));
    else this.inStreams.set(entry, value);
    if (parser.keyTwice !== null) this.report('KEY_TWICE', 0, `${num} /${parser.keyTwice}`);
    return value;
  }

  /** 7.5.7. An object stream is never itself inside one, so this goes no deeper. */
  private objectStream(num: number, state: number): ObjectStream | null {
    const { entry, revision } = this.version(num, state) ?? NOWHERE;
    if (entry.kind !== 'at') {
      this.report('XREF_ENTRY_WRONG', 0, String(num));
      return null;
    }
    const known = this.streams.get(entry.offset);
    if (known !== undefined) return known;
    this.streams.set(entry.offset, null);
    const object = this.at(entry.offset, num, entry.gen, revision);
    if (!object) return null;
    const stream = unlessMalformed(
      () => this.readObjectStream(object),
      () => null,
    );
    if (!stream) this.report('STREAM_UNREADABLE', object.start, String(num));
    this.streams.set(entry.offset, stream);
    return stream;
  }

  private readObjectStream({ value, start, num }: IndirectObject): ObjectStream {
    if (!(value instanceof PdfStream) || nameOf(value.dict.get('Type')) !== 'ObjStm')
      throw malformed('object stream', start);
    const [count, first] = [integerOf(value.dict.get('N')), integerOf(value.dict.get('First'))];
    // Unfollowed: filters that another object names are none that the reader knows.
    const data = decodeStream(value, (inner) => inner, this.budget);
    if (
      count === null ||
      count < 0 ||
      first === null ||
      first < 0 ||
      first > data.length ||
      count * 4 > data.length + 4
    )
      throw malformed('object stream', start);
    const parser = new PdfParser(data, 0, first);
    const nums: number[] = [];
    const offsets: number[] = [];
    for (let i = 0; i < count; i++) {
      parser.skip();
      const inner = parser.digits();
      parser.skip();
      const offset = parser.digits();
      if (inner === null || offset === null || first + offset > data.length) throw malformed('object stream', start);
      nums.push(inner);
      offsets.push(first + offset);
    }
    if (new Set(nums).size !== nums.length) this.report('OBJECT_TWICE', start, String(num));
    return { nums, offsets, data };
  }

  /** Decodes a stream that is needed for the inspection; null after a report. */
  decode(stream: PdfStream, revision: number): Uint8Array | null {
    const data = unlessMalformed(
      () => decodeStream(stream, (value) => this.resolve(value, revision), this.budget),
      () => null,
    );
    if (!data) this.report('STREAM_UNREADABLE', stream.dataStart);
    return data;
  }
}
