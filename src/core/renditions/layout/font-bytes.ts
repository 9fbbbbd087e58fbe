import { LayoutError } from './errors.js';

/** Big-endian reads from one font table; every read outside the table is FONT_MALFORMED, never a RangeError. */
export class FontBytes {
  private readonly view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    this.need(at, 1);
    return this.view.getUint8(at);
  }

  i8(at: number): number {
    this.need(at, 1);
    return this.view.getInt8(at);
  }

  u16(at: number): number {
    this.need(at, 2);
    return this.view.getUint16(at);
  }

  i16(at: number): number {
    this.need(at, 2);
    return this.view.getInt16(at);
  }

  u32(at: number): number {
    this.need(at, 4);
    return this.view.getUint32(at);
  }

  slice(from: number, to: number): Uint8Array {
    if (from > to) throw fontMalformed('a range is reversed');
    this.need(from, to - from);
    return this.bytes.subarray(from, to);
  }

  private need(at: number, count: number): void {
    if (at < 0 || at + count > this.bytes.length) throw fontMalformed('a table is too short');
  }
}

export function fontMalformed(what: string): LayoutError {
  return new LayoutError('FONT_MALFORMED', {
    en: `not a usable TrueType font: ${what}`,
    zh: '不是可用的 TrueType 字体',
  });
}
