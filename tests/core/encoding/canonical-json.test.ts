import { describe, expect, it } from '@jest/globals';
import { canonicalText, parseJson, utf8 } from '../../../src/core/encoding/index.js';
import type { Json } from '../../../src/core/errors/index.js';
import { CANONICAL_JSON } from '../../conformance/canonical-json.js';
import { testSuite } from '../../support/test-suite.js';

testSuite(CANONICAL_JSON);

describe('canonicalJson', () => {
  it('sorts members by UTF-16 code units', () => {
    expect(canonicalText({ '\ufb33': 1, '\u{1f600}': 2, a: [true, null, 'x'] })).toBe(
      '{"a":[true,null,"x"],"\u{1f600}":2,"\ufb33":1}',
    );
  });

  it.each([[NaN], [Infinity], ['\ud800'], [{ a: '\udc00' }]])('refuses %p, which I-JSON has no place for', (value) => {
    expect(() => canonicalText(value as Json)).toThrow('no canonical JSON form');
  });

  it('refuses what is not JSON at all', () => {
    expect(() => canonicalText(undefined as unknown as Json)).toThrow('no canonical JSON form');
  });
});

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    expect(parseJson(utf8(' {"a" : [1, {"b":"\\"x{"}], "c": "d"} '))).toEqual({ a: [1, { b: '"x{' }], c: 'd' });
  });

  it.each(['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', '{"x":{"b":1 ,"b"\t:2}}', '{"a":{"k":1},"a":{}}'])(
    'refuses the repeated name in %s',
    (text) => {
      expect(() => parseJson(utf8(text))).toThrow('named twice');
    },
  );

  it('lets two objects use one name', () => {
    expect(parseJson(utf8('[{"a":1},{"a":2},"a"]'))).toEqual([{ a: 1 }, { a: 2 }, 'a']);
  });

  it.each(['{"a":1', '{"a\\q":1}', '"open', 'nul', '', '{"a":1}x', '\ufeff{}'])('refuses %j', (text) => {
    expect(() => parseJson(utf8(text))).toThrow(/not valid JSON/);
  });

  it('refuses nesting beyond the limit before parsing it', () => {
    expect(() => parseJson(utf8('['.repeat(100_000)))).toThrow('too deeply');
    expect(parseJson(utf8('[[1]]'), 2)).toEqual([[1]]);
    expect(() => parseJson(utf8('[[[1]]]'), 2)).toThrow('too deeply');
  });

  it('keeps __proto__ a plain member', () => {
    const value = parseJson(utf8('{"__proto__":{"polluted":1}}')) as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
