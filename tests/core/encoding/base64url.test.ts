import { describe, expect, it } from '@jest/globals';
import { fromBase64, fromBase64url, toBase64, toBase64url, utf8 } from '../../../src/core/encoding/index.js';

describe('base64 and base64url', () => {
  // RFC 4648 section 10.
  const vectors: [string, string][] = [
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ];

  it.each(vectors)('writes and reads the vector of %j', (text, encoded) => {
    expect(toBase64(utf8(text))).toBe(encoded);
    expect(fromBase64(encoded)).toEqual(utf8(text));
    expect(toBase64url(utf8(text))).toBe(encoded.replace(/=+$/, ''));
    expect(fromBase64url(encoded.replace(/=+$/, ''))).toEqual(utf8(text));
  });

  it('uses - and _ in the URL alphabet only', () => {
    const bytes = Uint8Array.of(0xfb, 0xff, 0xfe);
    expect(toBase64(bytes)).toBe('+//+');
    expect(toBase64url(bytes)).toBe('-__-');
    expect(() => fromBase64url('+//+')).toThrow('not canonical base64');
    expect(() => fromBase64('-__-')).toThrow('not canonical base64');
  });

  it.each(['A', 'Zh', 'Zm9=', 'Zm8=', 'Zg==', 'Zm 8', 'Zm8\n', 'Zm8\u4e2d', 'Zm9'])(
    'refuses %j as base64url',
    (text) => {
      expect(() => fromBase64url(text)).toThrow('not canonical base64');
    },
  );

  it.each(['Zg', 'Zh==', 'Zm9=', 'Z===', '====', 'Zm9v\n'])('refuses %j as base64', (text) => {
    expect(() => fromBase64(text)).toThrow('not canonical base64');
  });
});
