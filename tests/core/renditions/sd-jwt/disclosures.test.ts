import { describe, expect, it } from '@jest/globals';
import { toBase64url, utf8 } from '../../../../src/core/encoding/index.js';
import type { Json } from '../../../../src/core/errors/index.js';
import {
  digestOfDisclosure,
  hashOfSdAlg,
  parseDisclosure,
  processPayload,
} from '../../../../src/core/renditions/sd-jwt/index.js';
import type { JsonObject } from '../../../../src/core/renditions/sd-jwt/index.js';

const disclosure = (...parts: Json[]) => parseDisclosure(toBase64url(utf8(JSON.stringify(parts))));
const digest = (one: { encoded: string }) => digestOfDisclosure(one.encoded, 'sha256');
const code = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('parseDisclosure', () => {
  it('reads the example of RFC 9901 4.2.1 and its digest', () => {
    const encoded = 'WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0';
    expect(parseDisclosure(encoded)).toEqual({
      encoded,
      salt: '_26bc4LT-ac6q2KI6cBW5es',
      name: 'family_name',
      value: 'Möbius',
    });
    expect(digestOfDisclosure(encoded, 'sha256')).toBe('X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0');
  });

  it.each([
    ['not base64url', '***'],
    ['not JSON', toBase64url(utf8('['))],
    ['an object', toBase64url(utf8('{}'))],
    ['one element', toBase64url(utf8('["s"]'))],
    ['four elements', toBase64url(utf8('["s","n",1,2]'))],
    ['a salt that is no string', toBase64url(utf8('[1,"n",1]'))],
    ['a name that is no string', toBase64url(utf8('["s",1,1]'))],
    ['the name _sd', toBase64url(utf8('["s","_sd",1]'))],
    ['the name ...', toBase64url(utf8('["s","...",1]'))],
    ['a repeated member inside', toBase64url(utf8('["s","n",{"a":1,"a":2}]'))],
  ])('refuses %s', (_, encoded) => {
    expect(code(() => parseDisclosure(encoded))).toBe('SD_JWT_DISCLOSURE_MALFORMED');
  });

  it('knows sm3 and refuses a hash that is not in its table', () => {
    expect(hashOfSdAlg('sm3')).toBe('sm3');
    expect(code(() => hashOfSdAlg('sha-1'))).toBe('SD_JWT_HASH_UNKNOWN');
    expect(code(() => hashOfSdAlg('toString'))).toBe('SD_JWT_HASH_UNKNOWN');
  });
});

describe('processPayload', () => {
  const name = disclosure('s1', 'name', '张三');

  it('puts a disclosed claim in the place of its digest and drops undisclosed ones', () => {
    expect(processPayload({ a: 1, _sd: [digest(name), 'other'], _sd_alg: 'sha-256' }, [name])).toEqual({
      a: 1,
      name: '张三',
    });
  });

  it('follows disclosures inside disclosures', () => {
    const inner = disclosure('s2', 'city', '样本市');
    const outer = disclosure('s3', 'address', { _sd: [digest(inner)] });
    expect(processPayload({ _sd: [digest(outer)] }, [outer, inner])).toEqual({ address: { city: '样本市' } });
  });

  it('keeps a claim called __proto__ as plain data', () => {
    const odd = parseDisclosure(toBase64url(utf8('["s","__proto__",{"x":1}]')));
    const claims = processPayload({ _sd: [digest(odd)] }, [odd]);
    expect(Object.keys(claims)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(claims)).toBe(Object.prototype);
  });

  const element = disclosure('s4', 'one');
  const deep = (levels: number): Json => (levels === 0 ? 1 : [deep(levels - 1)]);
  const cases: readonly [string, JsonObject, readonly ReturnType<typeof disclosure>[], string][] = [
    ['a disclosure that nothing asks for', { a: 1 }, [name], 'SD_JWT_DISCLOSURE_UNUSED'],
    ['the same disclosure twice', { _sd: [digest(name)] }, [name, name], 'SD_JWT_DIGEST_REPEATED'],
    ['a digest twice in one list', { _sd: ['x', 'x'] }, [], 'SD_JWT_DIGEST_REPEATED'],
    [
      'a digest twice in different places',
      { _sd: [digest(name)], b: { _sd: [digest(name)] } },
      [name],
      'SD_JWT_DIGEST_REPEATED',
    ],
    ['a claim that is already there', { name: 'other', _sd: [digest(name)] }, [name], 'SD_JWT_CLAIM_REPEATED'],
    ['an array element disclosed as a member', { _sd: [digest(element)] }, [element], 'SD_JWT_DISCLOSURE_MALFORMED'],
    ['a member disclosed as an array element', { a: [{ '...': digest(name) }] }, [name], 'SD_JWT_DISCLOSURE_MALFORMED'],
    ['... with another member beside it', { a: [{ '...': 'x', b: 1 }] }, [], 'SD_JWT_PAYLOAD_MALFORMED'],
    ['... that is no string', { a: [{ '...': 1 }] }, [], 'SD_JWT_PAYLOAD_MALFORMED'],
    ['... as a member of an object', { a: { '...': 'x' } }, [], 'SD_JWT_PAYLOAD_MALFORMED'],
    ['_sd that is no list', { _sd: 'x' }, [], 'SD_JWT_PAYLOAD_MALFORMED'],
    ['_sd with something else than strings', { _sd: [1] }, [], 'SD_JWT_PAYLOAD_MALFORMED'],
    ['_sd_alg that is no string', { _sd_alg: 1 }, [], 'SD_JWT_HASH_UNKNOWN'],
    ['_sd_alg that is unknown', { _sd_alg: 'md5' }, [], 'SD_JWT_HASH_UNKNOWN'],
    ['values nested too deeply', { a: deep(40) }, [], 'SD_JWT_PAYLOAD_MALFORMED'],
  ];
  it.each(cases)('refuses %s', (_, payload, disclosures, expected) => {
    expect(code(() => processPayload(payload, disclosures))).toBe(expected);
  });
});
