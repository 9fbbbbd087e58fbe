import { describe, expect, it } from '@jest/globals';
import {
  compareBytes,
  concat,
  equalBytes,
  fromHex,
  fromLatin1,
  fromUtf8,
  latin1,
  toHex,
  utf8,
} from '../../../src/core/encoding/index.js';

describe('bytes', () => {
  it('reads hexadecimal in either case and writes lower case', () => {
    expect(fromHex('00fFaB')).toEqual(Uint8Array.of(0, 255, 171));
    expect(toHex(Uint8Array.of(0, 255, 171))).toBe('00ffab');
  });

  it.each(['0', 'zz', '0 ', '0x00'])('refuses %j as hexadecimal', (text) => {
    expect(() => fromHex(text)).toThrow('not hexadecimal');
  });

  it('keeps every code point through UTF-8, a byte order mark too', () => {
    const text = '\ufeff中𬭎a';
    expect(fromUtf8(utf8(text))).toBe(text);
  });

  it.each([[Uint8Array.of(0xc0, 0x80)], [Uint8Array.of(0xed, 0xa0, 0x80)], [Uint8Array.of(0xe4, 0xb8)]])(
    'refuses malformed UTF-8 %p',
    (bytes) => {
      expect(() => fromUtf8(bytes)).toThrow('not valid UTF-8');
    },
  );

  it('maps Latin-1 one to one, over more than one chunk', () => {
    const bytes = Uint8Array.from({ length: 20000 }, (_, i) => i & 255);
    expect(latin1(fromLatin1(bytes))).toEqual(bytes);
  });

  it('joins, compares and orders', () => {
    expect(concat([Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3)])).toEqual(Uint8Array.of(1, 2, 3));
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
    expect(compareBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBeLessThan(0);
    expect(compareBytes(Uint8Array.of(1, 2), Uint8Array.of(1))).toBeGreaterThan(0);
    expect(compareBytes(Uint8Array.of(1), Uint8Array.of(1))).toBe(0);
  });
});
