import { EncodingError } from './errors.js';
import { compareBytes, concat, fromLatin1, fromUtf8, latin1, toHex, utf8 } from './bytes.js';
import { oidFromBytes, oidToBytes, type Oid } from './oid.js';

/** Universal tag numbers (X.680 8.4) that the formats here use. */
export const TAG = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  enumerated: 10,
  utf8String: 12,
  sequence: 16,
  set: 17,
  numericString: 18,
  printableString: 19,
  teletexString: 20,
  ia5String: 22,
  utcTime: 23,
  generalizedTime: 24,
  visibleString: 26,
  universalString: 28,
  bmpString: 30,
} as const;

export type TagClass = 'universal' | 'application' | 'context' | 'private';
const CLASSES: readonly TagClass[] = ['universal', 'application', 'context', 'private'];

export interface DerNode {
  readonly tagClass: TagClass;
  readonly tag: number;
  readonly constructed: boolean;
  /** The whole tag-length-value, as it stands in the input. */
  readonly bytes: Uint8Array;
  readonly contents: Uint8Array;
  /** Empty for a primitive node. */
  readonly children: readonly DerNode[];
  /** True when this node or one below uses indefinite or non-minimal lengths: BER, not DER. */
  readonly ber: boolean;
}

export interface DerLimits {
  /** Accept indefinite and non-minimal lengths; `ber` says where. Default false. */
  readonly ber?: boolean;
  /** Default 32. */
  readonly maxDepth?: number;
  /** Default 100,000 nodes in all. */
  readonly maxNodes?: number;
}

/** Reads exactly one element; bytes behind it are an error (use `readDerPrefix` where padding is legal). */
export function readDer(bytes: Uint8Array, limits: DerLimits = {}): DerNode {
  const { node, rest } = readDerPrefix(bytes, limits);
  if (rest.length > 0) throw malformed('bytes after the end of the element');
  return node;
}

/** Reads one element and gives back what follows it. */
export function readDerPrefix(bytes: Uint8Array, limits: DerLimits = {}): { node: DerNode; rest: Uint8Array } {
  const budget = { nodes: limits.maxNodes ?? 100_000 };
  const node = element(bytes, 0, bytes.length, limits.ber ?? false, limits.maxDepth ?? 32, budget);
  return { node, rest: bytes.subarray(node.end) };
}

const NO_CHILDREN: readonly DerNode[] = [];

/** Offsets into one input: views are made when they are asked for, since most elements are only passed through. */
class Element implements DerNode {
  constructor(
    private readonly input: Uint8Array,
    readonly start: number,
    private readonly from: number,
    private readonly to: number,
    readonly end: number,
    readonly tagClass: TagClass,
    readonly tag: number,
    readonly constructed: boolean,
    readonly children: readonly DerNode[],
    readonly ber: boolean,
  ) {}
  get bytes(): Uint8Array {
    return this.input.subarray(this.start, this.end);
  }
  get contents(): Uint8Array {
    return this.input.subarray(this.from, this.to);
  }
}

// The lengths come from the maker of the file. Every one is compared with what is really there before it is used.
function element(
  input: Uint8Array,
  start: number,
  limit: number,
  ber: boolean,
  depth: number,
  budget: { nodes: number },
): Element {
  if (depth === 0) throw malformed('nested too deeply');
  if (--budget.nodes < 0) throw malformed('too many elements');
  if (limit - start < 2) throw malformed('cut off');
  const lead = input[start]!;
  const constructed = (lead & 0x20) !== 0;
  let tag = lead & 0x1f;
  let at = start + 1;
  if (tag === 0x1f) ({ tag, next: at } = longTag(input, at, limit));
  const tagClass = CLASSES[lead >> 6]!;

  if (at >= limit) throw malformed('cut off in a length');
  let length = input[at++]!;
  let isBer = false;
  if (length === 0x80) {
    if (!ber) throw malformed('indefinite length');
    if (!constructed) throw malformed('indefinite length on a primitive element');
    const children: DerNode[] = [];
    const from = at;
    while (!(limit - at >= 2 && input[at] === 0 && input[at + 1] === 0)) {
      const child = element(input, at, limit, ber, depth - 1, budget);
      children.push(child);
      at = child.end;
    }
    return new Element(input, start, from, at, at + 2, tagClass, tag, constructed, children, true);
  }
  if (length > 0x80) {
    const count = length & 0x7f;
    if (count > 4 || at + count > limit) throw malformed('length too long or cut off');
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + input[at + i]!;
    isBer = length < 0x80 || input[at] === 0;
    if (isBer && !ber) throw malformed('length not minimal');
    at += count;
  }
  const end = at + length;
  if (end > limit) throw malformed('length reaches past the end');
  if (!constructed) return new Element(input, start, at, end, end, tagClass, tag, constructed, NO_CHILDREN, isBer);
  const children: DerNode[] = [];
  for (let next = at; next < end;) {
    const child = element(input, next, end, ber, depth - 1, budget);
    children.push(child);
    isBer ||= child.ber;
    next = child.end;
  }
  return new Element(input, start, at, end, end, tagClass, tag, constructed, children, isBer);
}

function longTag(input: Uint8Array, start: number, limit: number): { tag: number; next: number } {
  let tag = 0;
  for (let i = 0; i < 4; i++) {
    if (start + i >= limit) throw malformed('cut off in a tag');
    const byte = input[start + i]!;
    if (i === 0 && byte === 0x80) throw malformed('padded tag');
    tag = tag * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      if (tag < 31) throw malformed('long form of a short tag');
      return { tag, next: start + i + 1 };
    }
  }
  throw malformed('tag too large');
}

// ---- reading values -------------------------------------------------------------------------------------------------

export function isUniversal(node: DerNode | undefined, tag: number): node is DerNode {
  return node?.tagClass === 'universal' && node.tag === tag;
}

export function isContext(node: DerNode | undefined, tag: number): node is DerNode {
  return node?.tagClass === 'context' && node.tag === tag;
}

/** The node itself when it has this universal tag and the right form, else DER_MALFORMED. */
export function expectTag(node: DerNode | undefined, tag: number): DerNode {
  const constructed = tag === TAG.sequence || tag === TAG.set;
  if (!isUniversal(node, tag) || node.constructed !== constructed) throw malformed(`expected universal tag ${tag}`);
  return node;
}

/** Children of a SEQUENCE or SET. */
export function childrenOf(node: DerNode | undefined, tag: 16 | 17 = TAG.sequence): readonly DerNode[] {
  return expectTag(node, tag).children;
}

export function readOid(node: DerNode | undefined): Oid {
  return oidFromBytes(expectTag(node, TAG.oid).contents);
}

/** Minimal two's complement only (X.690 8.3.2). */
export function readInteger(node: DerNode | undefined): bigint {
  const { contents } = expectTag(node, TAG.integer);
  return integerOf(contents);
}

export function integerOf(contents: Uint8Array): bigint {
  if (contents.length === 0) throw malformed('empty INTEGER');
  const [a, b] = [contents[0]!, contents[1]];
  if (b !== undefined && ((a === 0 && b < 0x80) || (a === 0xff && b >= 0x80))) throw malformed('padded INTEGER');
  // By way of text: octet by octet the time would grow with the square of a length that a stranger chose.
  const value = BigInt(`0x${toHex(contents)}`);
  return a >= 0x80 ? value - (1n << BigInt(8 * contents.length)) : value;
}

/** A non-negative INTEGER that fits a JavaScript number. */
export function readSmallInteger(node: DerNode | undefined): number {
  if (expectTag(node, TAG.integer).contents.length > 5) throw malformed('INTEGER out of range');
  const value = readInteger(node);
  if (value < 0n || value > 0x7fffffffn) throw malformed('INTEGER out of range');
  return Number(value);
}

/** DER: 00 or FF (X.690 11.1). */
export function readBoolean(node: DerNode | undefined): boolean {
  const { contents } = expectTag(node, TAG.boolean);
  if (contents.length !== 1 || (contents[0] !== 0 && contents[0] !== 0xff)) throw malformed('BOOLEAN');
  return contents[0] === 0xff;
}

export function readOctetString(node: DerNode | undefined): Uint8Array {
  return expectTag(node, TAG.octetString).contents;
}

/** A BIT STRING of whole octets. */
export function readBitString(node: DerNode | undefined): Uint8Array {
  const { contents } = expectTag(node, TAG.bitString);
  if (contents[0] !== 0) throw malformed('BIT STRING with unused bits');
  return contents.subarray(1);
}

/** A named-bit list such as KeyUsage: the set bits, numbered from 0. */
export function readNamedBits(node: DerNode | undefined): ReadonlySet<number> {
  const { contents } = expectTag(node, TAG.bitString);
  const unused = contents[0];
  if (unused === undefined || unused > 7 || (unused > 0 && contents.length === 1)) throw malformed('BIT STRING');
  if (contents.length > 64) throw malformed('too many named bits');
  const bits = new Set<number>();
  for (let i = 0; i < (contents.length - 1) * 8 - unused; i++)
    if (contents[1 + (i >> 3)]! & (0x80 >> (i & 7))) bits.add(i);
  return bits;
}

const STRING_TAGS = new Set<number>([
  TAG.utf8String,
  TAG.numericString,
  TAG.printableString,
  TAG.teletexString,
  TAG.ia5String,
  TAG.visibleString,
  TAG.universalString,
  TAG.bmpString,
]);

export function isString(node: DerNode | undefined): node is DerNode {
  return node?.tagClass === 'universal' && !node.constructed && STRING_TAGS.has(node.tag);
}

/** Text of any ASN.1 character string; TeletexString is read as Latin-1, as common practice does. */
export function readString(node: DerNode | undefined): string {
  if (!isString(node)) throw malformed('expected a character string');
  const { contents, tag } = node;
  if (tag === TAG.utf8String) return fromUtf8(contents);
  if (tag === TAG.bmpString) return wideString(contents, 2);
  if (tag === TAG.universalString) return wideString(contents, 4);
  if (tag !== TAG.teletexString && contents.some((byte) => byte > 0x7e)) throw malformed('not ASCII');
  return fromLatin1(contents);
}

function wideString(contents: Uint8Array, width: 2 | 4): string {
  if (contents.length % width !== 0) throw malformed('string cut off');
  let out = '';
  for (let i = 0; i < contents.length; i += width) {
    let code = 0;
    for (let j = 0; j < width; j++) code = code * 256 + contents[i + j]!;
    if (code > 0x10ffff) throw malformed('not a code point');
    out += width === 2 ? String.fromCharCode(code) : String.fromCodePoint(code);
  }
  if (!out.isWellFormed()) throw malformed('lone surrogate');
  return out;
}

/** UTCTime or GeneralizedTime in the one form that RFC 5280 4.1.2.5 allows: seconds, no fraction, Z. */
export function readTime(node: DerNode | undefined): Date {
  if (isUniversal(node, TAG.utcTime)) {
    const text = fromLatin1(node.contents);
    if (!/^\d{12}Z$/.test(text)) throw malformed('UTCTime');
    return dateOf((Number(text.slice(0, 2)) < 50 ? '20' : '19') + text);
  }
  const text = fromLatin1(expectTag(node, TAG.generalizedTime).contents);
  if (!/^\d{14}Z$/.test(text)) throw malformed('GeneralizedTime');
  return dateOf(text);
}

function dateOf(t: string): Date {
  const at = (from: number, to: number) => Number(t.slice(from, to));
  const [year, month, day, hour, minute, second] = [at(0, 4), at(4, 6), at(6, 8), at(8, 10), at(10, 12), at(12, 14)];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  // 31 February becomes a day in March, 24:00 the next day: both are seen here.
  const isReal =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!isReal) throw malformed('no such time');
  return date;
}

// ---- writing --------------------------------------------------------------------------------------------------------

/** Tag byte, minimal length, contents. */
export function tlv(tagByte: number, contents: Uint8Array): Uint8Array {
  const n = contents.length;
  const length =
    n < 0x80
      ? [n]
      : n < 0x100
        ? [0x81, n]
        : n < 0x10000
          ? [0x82, n >> 8, n & 255]
          : n < 0x1000000
            ? [0x83, n >> 16, (n >> 8) & 255, n & 255]
            : [0x84, n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255];
  const out = new Uint8Array(1 + length.length + n);
  out[0] = tagByte;
  out.set(length, 1);
  out.set(contents, 1 + length.length);
  return out;
}

export const der = {
  sequence: (...parts: readonly Uint8Array[]) => tlv(0x30, concat(parts)),
  /** X.690 11.6: the elements of a SET OF stand in ascending order of their encodings. */
  setOf: (...parts: readonly Uint8Array[]) => tlv(0x31, concat([...parts].sort(compareBytes))),
  integer: (value: bigint | number) => tlv(0x02, integerContents(BigInt(value))),
  /** An INTEGER from unsigned big-endian bytes. */
  unsigned: (bytes: Uint8Array) => {
    let start = 0;
    while (start < bytes.length - 1 && bytes[start] === 0) start++;
    const trimmed = bytes.subarray(start);
    return tlv(0x02, trimmed.length === 0 || trimmed[0]! >= 0x80 ? concat([Uint8Array.of(0), trimmed]) : trimmed);
  },
  boolean: (value: boolean) => tlv(0x01, Uint8Array.of(value ? 0xff : 0)),
  null: () => Uint8Array.of(5, 0),
  oid: (oid: Oid) => tlv(0x06, oidToBytes(oid)),
  octetString: (bytes: Uint8Array) => tlv(0x04, bytes),
  bitString: (bytes: Uint8Array) => tlv(0x03, concat([Uint8Array.of(0), bytes])),
  utf8String: (text: string) => tlv(0x0c, utf8(text)),
  printableString: (text: string) => tlv(0x13, latin1(text)),
  ia5String: (text: string) => tlv(0x16, latin1(text)),
  generalizedTime: (time: Date) => tlv(0x18, latin1(digits(time) + 'Z')),
  /** RFC 5280 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050. */
  time: (time: Date) =>
    time.getUTCFullYear() < 2050
      ? tlv(0x17, latin1(digits(time).slice(2) + 'Z'))
      : tlv(0x18, latin1(digits(time) + 'Z')),
  /** EXPLICIT [n]. */
  explicit: (n: number, inner: Uint8Array) => tlv(0xa0 | n, inner),
  /** IMPLICIT [n] over contents; `constructed` for SEQUENCE and SET types. */
  implicit: (n: number, contents: Uint8Array, constructed: boolean) => tlv((constructed ? 0xa0 : 0x80) | n, contents),
} as const;

function integerContents(value: bigint): Uint8Array {
  const out: number[] = [];
  let rest = value;
  do {
    out.unshift(Number(rest & 255n));
    rest >>= 8n;
  } while (rest !== 0n && rest !== -1n);
  if (value >= 0n && out[0]! >= 0x80) out.unshift(0);
  if (value < 0n && out[0]! < 0x80) out.unshift(0xff);
  return Uint8Array.from(out);
}

function digits(time: Date): string {
  return time.toISOString().replace(/[-:T]/g, '').slice(0, 14);
}

function malformed(why: string): EncodingError {
  return new EncodingError('DER_MALFORMED', { en: `malformed DER: ${why}`, zh: 'DER 编码错误' }, { details: { why } });
}
