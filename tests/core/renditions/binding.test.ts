import { describe, expect, it } from '@jest/globals';
import { concat, der, fromHex } from '../../../src/core/encoding/index.js';
import type { Json } from '../../../src/core/errors/index.js';
import { decodeBinding, encodeBinding, readBinding } from '../../../src/core/renditions/index.js';
import type { Binding } from '../../../src/core/renditions/index.js';

export const BINDING: Binding = {
  licence: '1.2.156.3005.2.11100000000013127C001.11999900MB0000001K.99990020260000001.001.Q',
  version: '001',
  kind: 'pdf',
  commitment: { sha256: 'ab'.repeat(32), sm3: 'cd'.repeat(32) },
  requiredSuites: ['SM2-SM3', 'ECDSA-P256-SHA256'],
};

const refused = expect.objectContaining({ code: 'BINDING_MALFORMED' });
const text = der.utf8String;
const digest = der.octetString(fromHex('ab'.repeat(32)));
const suites = der.sequence(text('SM2-SM3'));

describe('the binding attribute', () => {
  it('comes back from DER as it went in, and has one encoding', () => {
    expect(decodeBinding(encodeBinding(BINDING))).toEqual(BINDING);
    expect(encodeBinding(decodeBinding(encodeBinding(BINDING)))).toEqual(encodeBinding(BINDING));
  });

  it('comes back from JSON as it went in', () => {
    expect(readBinding(BINDING as unknown as Json)).toEqual(BINDING);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['trailing bytes', concat([encodeBinding(BINDING), Uint8Array.of(0)])],
    ['a member too many', der.sequence(text('a'), text('1'), text('pdf'), digest, digest, suites, text('x'))],
    ['a member too few', der.sequence(text('a'), text('1'), text('pdf'), digest, digest)],
    ['an empty licence', der.sequence(text(''), text('1'), text('pdf'), digest, digest, suites)],
    ['another string type', der.sequence(der.printableString('a'), text('1'), text('pdf'), digest, digest, suites)],
    ['an unknown kind', der.sequence(text('a'), text('1'), text('html'), digest, digest, suites)],
    [
      'a short digest',
      der.sequence(text('a'), text('1'), text('pdf'), der.octetString(new Uint8Array(20)), digest, suites),
    ],
    ['no suite', der.sequence(text('a'), text('1'), text('pdf'), digest, digest, der.sequence())],
    ['an unknown suite', der.sequence(text('a'), text('1'), text('pdf'), digest, digest, der.sequence(text('MD5')))],
    [
      'a suite twice',
      der.sequence(text('a'), text('1'), text('pdf'), digest, digest, der.sequence(text('SM2-SM3'), text('SM2-SM3'))),
    ],
  ])('is refused with %s', (_, bytes) => {
    expect(() => decodeBinding(bytes)).toThrow(refused);
  });

  it.each<[string, Json]>([
    ['no object', 'x'],
    ['a list', []],
    ['a member too many', { ...(BINDING as object), extra: 1 }],
    ['another member', { ...(BINDING as object), licence: undefined, other: 1 } as unknown as Json],
    ['a number as licence', { ...(BINDING as object), licence: 5 }],
    ['upper-case digits', { ...(BINDING as object), commitment: { sha256: 'AB'.repeat(32), sm3: 'cd'.repeat(32) } }],
    ['suites that are no list', { ...(BINDING as object), requiredSuites: 'SM2-SM3' }],
  ])('is refused as JSON with %s', (_, value) => {
    expect(() => readBinding(value)).toThrow(refused);
  });
});
