/** Values of ISO 32000-2 7.3. Offsets count from the start of the buffer that the value was read from. */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfArray | PdfDict | PdfRef | PdfStream;

/** Without the slash, `#xx` escapes resolved; one character a byte. */
export class PdfName {
  constructor(readonly name: string) {}
}

export class PdfRef {
  constructor(
    readonly num: number,
    readonly gen: number,
  ) {}
}

/** Kept as it stands; `bytes()` decodes. */
export class PdfString {
  constructor(
    readonly source: Uint8Array,
    /** Of the opening `(` or `<`. */
    readonly start: number,
    /** Behind the closing one. */
    readonly end: number,
    readonly hex: boolean,
  ) {}

  bytes(): Uint8Array {
    return this.hex
      ? hexBytes(this.source, this.start + 1, this.end - 1)
      : literalBytes(this.source, this.start + 1, this.end - 1);
  }
}

export class PdfArray {
  constructor(
    readonly items: readonly PdfValue[],
    readonly source: Uint8Array,
    readonly start: number,
    readonly end: number,
  ) {}
}

export class PdfDict {
  constructor(
    readonly map: ReadonlyMap<string, PdfValue>,
    readonly source: Uint8Array,
    readonly start: number,
    readonly end: number,
  ) {}

  get(key: string): PdfValue | undefined {
    return this.map.get(key);
  }
}

export class PdfStream {
  constructor(
    readonly dict: PdfDict,
    readonly source: Uint8Array,
    readonly dataStart: number,
    readonly dataEnd: number,
  ) {}

  raw(): Uint8Array {
    return this.source.subarray(this.dataStart, this.dataEnd);
  }
}

export const nameOf = (value: PdfValue | undefined): string | null => (value instanceof PdfName ? value.name : null);

export const integerOf = (value: PdfValue | undefined): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : null;

/** The dictionary of a dictionary or stream. */
export function dictOf(value: PdfValue | undefined): PdfDict | undefined {
  if (value instanceof PdfDict) return value;
  return value instanceof PdfStream ? value.dict : undefined;
}

const HEX_VALUES = new Int8Array(256).fill(-1);
for (let i = 0; i < 10; i++) HEX_VALUES[48 + i] = i;
for (let i = 0; i < 6; i++) HEX_VALUES[65 + i] = HEX_VALUES[97 + i] = 10 + i;

/** -1 for a byte that is no hexadecimal digit. */
export const hexValue = (byte: number | undefined): number => (byte === undefined ? -1 : HEX_VALUES[byte]!);

/** 7.3.4.3: white space is skipped, a missing last digit is zero. */
export function hexBytes(source: Uint8Array, from: number, to: number): Uint8Array {
  const out = new Uint8Array((to - from + 1) >> 1);
  let at = 0;
  let high = -1;
  for (let i = from; i < to; i++) {
    const value = HEX_VALUES[source[i]!]!;
    if (value < 0) continue;
    if (high < 0) high = value;
    else {
      out[at++] = (high << 4) | value;
      high = -1;
    }
  }
  if (high >= 0) out[at++] = high << 4;
  return out.subarray(0, at);
}

const ESCAPES: Readonly<Record<number, number>> = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 };

/** 7.3.4.2: escapes, octal codes, line continuation; any line end counts as one line feed. */
function literalBytes(source: Uint8Array, from: number, to: number): Uint8Array {
  const out = new Uint8Array(to - from);
  let at = 0;
  for (let i = from; i < to; i++) {
    const byte = source[i]!;
    if (byte === 13) {
      if (source[i + 1] === 10) i++;
      out[at++] = 10;
    } else if (byte !== 92) out[at++] = byte;
    else {
      const next = source[++i]!;
      if (next >= 48 && next <= 55) {
        let code = next - 48;
        for (let n = 0; n < 2 && i + 1 < to && source[i + 1]! >= 48 && source[i + 1]! <= 55; n++)
          code = code * 8 + source[++i]! - 48;
        out[at++] = code;
      } else if (next === 13) {
        if (source[i + 1] === 10) i++;
      } else if (next !== 10) out[at++] = ESCAPES[next] ?? next;
    }
  }
  return out.subarray(0, at);
}

/** Text string of 7.9.2: UTF-16 or UTF-8 with its mark, else Latin-1 (PDFDocEncoding differs only in rare signs). */
export function textOf(value: PdfValue | undefined): string | null {
  if (!(value instanceof PdfString)) return null;
  const bytes = value.bytes();
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes.subarray(2));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return new TextDecoder().decode(bytes.subarray(3));
  return characters(bytes, 0, bytes.length);
}

/** Big-endian; an odd last byte is dropped. */
export function utf16(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i + 1 < bytes.length; i += 2) out += String.fromCharCode((bytes[i]! << 8) | bytes[i + 1]!);
  return out;
}

/** One character a byte. */
export function characters(bytes: Uint8Array, from: number, to: number): string {
  let out = '';
  for (let i = from; i < to; i++) out += String.fromCharCode(bytes[i]!);
  return out;
}
