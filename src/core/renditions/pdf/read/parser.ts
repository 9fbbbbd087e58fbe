import { malformed } from './errors.js';
import { PdfArray, PdfDict, PdfName, PdfRef, PdfString, characters, hexValue, type PdfValue } from './objects.js';

const REGULAR = 0;
const SPACE = 1;
const DELIMITER = 2;

/** Character classes of ISO 32000-2 7.2.3. */
const CLASS = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) CLASS[byte] = SPACE;
for (const sign of '()<>[]{}/%') CLASS[sign.charCodeAt(0)] = DELIMITER;

export const isSpace = (byte: number | undefined): boolean => byte !== undefined && CLASS[byte] === SPACE;
export const isRegular = (byte: number | undefined): boolean => byte !== undefined && CLASS[byte] === REGULAR;
export const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

/** Operators come by the thousand: one object for each word. Only short words, so a stranger cannot fill the map. */
const KEYWORDS = new Map<number, PdfKeyword>();

/** Levels of arrays and dictionaries inside one object. */
const MAX_DEPTH = 64;

/** An operator of a content stream, or a keyword such as `endobj`. */
export class PdfKeyword {
  constructor(readonly word: string) {}
}

const DICT_END = new PdfKeyword('>>');
const ARRAY_END = new PdfKeyword(']');
const END = new PdfKeyword('');

/**
 * Reads values of ISO 32000-2 7.3 one after another. Throws PDF_MALFORMED at the first byte that the grammar does not
 * allow: there is no recovery, since recovery is where readers differ. Never reads at or behind `end`.
 */
export class PdfParser {
  /** Set when a dictionary named one key twice: readers pick different ones. */
  keyTwice: string | null = null;

  constructor(
    readonly bytes: Uint8Array,
    public at = 0,
    readonly end = bytes.length,
    /** Content streams have no references: there `1 0 R` would be three operands. */
    private readonly references = true,
  ) {}

  /** The next value; a keyword where a value is due is an error. */
  value(): PdfValue {
    const token = this.token(0);
    if (token instanceof PdfKeyword) throw malformed(`unexpected ${token.word || 'end'}`, this.at);
    return token;
  }

  /** The next value or keyword; undefined at the end. */
  next(): PdfValue | PdfKeyword | undefined {
    const token = this.token(0);
    return token === END ? undefined : token;
  }

  /** White space and comments. */
  skip(): void {
    for (; this.at < this.end; this.at++) {
      const byte = this.bytes[this.at]!;
      if (byte === 37)
        while (this.at + 1 < this.end && this.bytes[this.at + 1] !== 10 && this.bytes[this.at + 1] !== 13) this.at++;
      else if (CLASS[byte] !== SPACE) return;
    }
  }

  /** Moves behind `word` if it stands exactly here and ends here. */
  keyword(word: string): boolean {
    const after = this.at + word.length;
    if (after > this.end || (after < this.end && CLASS[this.bytes[after]!] === REGULAR)) return false;
    for (let i = 0; i < word.length; i++) if (this.bytes[this.at + i] !== word.charCodeAt(i)) return false;
    this.at = after;
    return true;
  }

  /** A non-negative integer that stands exactly here, digits only; null when there is none. */
  digits(): number | null {
    let value = 0;
    const start = this.at;
    while (this.at < this.end && isDigit(this.bytes[this.at])) {
      value = value * 10 + this.bytes[this.at]! - 48;
      this.at++;
    }
    if (this.at === start || this.at - start > 15) return null;
    return value;
  }

  private token(depth: number): PdfValue | PdfKeyword {
    this.skip();
    if (this.at >= this.end) return END;
    const byte = this.bytes[this.at]!;
    switch (byte) {
      case 47:
        this.at++;
        return new PdfName(this.name());
      case 40:
        return this.literal();
      case 60:
        return this.bytes[this.at + 1] === 60 ? this.dictionary(depth + 1) : this.hexString();
      case 62:
        if (this.bytes[this.at + 1] !== 62) throw malformed('stray >', this.at);
        this.at += 2;
        return DICT_END;
      case 91:
        return this.array(depth + 1);
      case 93:
        this.at++;
        return ARRAY_END;
      case 41:
      case 123:
      case 125:
        throw malformed('stray delimiter', this.at);
    }
    if (isDigit(byte) || byte === 45 || byte === 43 || byte === 46) return this.number();
    return this.word();
  }

  private number(): PdfValue {
    const { bytes, end } = this;
    const start = this.at;
    const first = bytes[start]!;
    let at = first === 45 || first === 43 ? start + 1 : start;
    let value = 0;
    let digits = 0;
    let scale = 0;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte >= 48 && byte <= 57) {
        digits++;
        value = value * 10 + byte - 48;
        if (scale > 0) scale *= 10;
      } else if (byte === 46 && scale === 0) scale = 1;
      else break;
    }
    if (digits === 0 || digits > 40 || (at < end && CLASS[bytes[at]!] === REGULAR)) throw malformed('number', start);
    this.at = at;
    if (scale === 0 && at - start === digits && this.references && value <= 0xffffffff) {
      const generation = this.referenceTail();
      if (generation >= 0) return new PdfRef(value, generation);
    }
    if (scale > 1) value /= scale;
    return first === 45 ? -value : value;
  }

  /** Behind an integer: ` G R`. Moves on only when it is there; -1 when not. */
  private referenceTail(): number {
    const { bytes, end } = this;
    let at = this.at;
    if (!isSpace(bytes[at])) return -1;
    while (at < end && CLASS[bytes[at]!] === SPACE) at++;
    const start = at;
    let generation = 0;
    while (at < end && at - start < 6 && isDigit(bytes[at])) generation = generation * 10 + bytes[at++]! - 48;
    if (at === start || !isSpace(bytes[at])) return -1;
    while (at < end && CLASS[bytes[at]!] === SPACE) at++;
    if (at >= end || bytes[at] !== 82 || (at + 1 < end && CLASS[bytes[at + 1]!] === REGULAR)) return -1;
    this.at = at + 1;
    return generation;
  }

  private word(): PdfValue | PdfKeyword {
    const { bytes, end } = this;
    const start = this.at;
    let packed = 0;
    while (this.at < end && CLASS[bytes[this.at]!] === REGULAR) packed = (packed << 8) | bytes[this.at++]!;
    const length = this.at - start;
    if (length > 32) throw malformed('keyword too long', start);
    const known = length <= 2 ? KEYWORDS.get(packed) : undefined;
    if (known) return known;
    const text = characters(bytes, start, this.at);
    if (text === 'true') return true;
    if (text === 'false') return false;
    if (text === 'null') return null;
    const keyword = new PdfKeyword(text);
    if (length <= 2) KEYWORDS.set(packed, keyword);
    return keyword;
  }

  private name(): string {
    const { bytes, end } = this;
    let text = '';
    for (; this.at < end; this.at++) {
      const byte = bytes[this.at]!;
      if (CLASS[byte] !== REGULAR) break;
      if (byte !== 35) text += String.fromCharCode(byte);
      else {
        const code = hexValue(bytes[this.at + 1]) * 16 + hexValue(bytes[this.at + 2]);
        if (code <= 0 || this.at + 2 >= end || hexValue(bytes[this.at + 2]) < 0)
          throw malformed('name escape', this.at);
        text += String.fromCharCode(code);
        this.at += 2;
      }
    }
    return text;
  }

  private literal(): PdfString {
    const { bytes, end } = this;
    const start = this.at;
    let open = 0;
    for (; this.at < end; this.at++) {
      const byte = bytes[this.at];
      if (byte === 92) this.at++;
      else if (byte === 40) open++;
      else if (byte === 41 && --open === 0) return new PdfString(bytes, start, ++this.at, false);
    }
    throw malformed('string without end', start);
  }

  private hexString(): PdfString {
    const start = this.at;
    const close = this.bytes.indexOf(62, start);
    if (close < 0 || close >= this.end) throw malformed('string without end', start);
    for (let i = start + 1; i < close; i++)
      if (hexValue(this.bytes[i]) < 0 && CLASS[this.bytes[i]!] !== SPACE) throw malformed('hexadecimal string', i);
    this.at = close + 1;
    return new PdfString(this.bytes, start, this.at, true);
  }

  private array(depth: number): PdfArray {
    if (depth > MAX_DEPTH) throw malformed('nested too deeply', this.at);
    const start = this.at++;
    const items: PdfValue[] = [];
    for (;;) {
      const token = this.token(depth);
      if (token === ARRAY_END) return new PdfArray(items, this.bytes, start, this.at);
      if (token instanceof PdfKeyword) throw malformed('keyword in an array', this.at);
      items.push(token);
    }
  }

  private dictionary(depth: number): PdfDict {
    if (depth > MAX_DEPTH) throw malformed('nested too deeply', this.at);
    const start = this.at;
    this.at += 2;
    const map = new Map<string, PdfValue>();
    for (;;) {
      const key = this.token(depth);
      if (key === DICT_END) return new PdfDict(map, this.bytes, start, this.at);
      if (!(key instanceof PdfName)) throw malformed('dictionary key', this.at);
      const value = this.token(depth);
      if (value instanceof PdfKeyword) throw malformed('dictionary value', this.at);
      if (map.has(key.name)) this.keyTwice = key.name;
      // 7.3.7: a null value is the same as an absent key; it is kept, so that a /V null can be seen.
      map.set(key.name, value);
    }
  }
}
