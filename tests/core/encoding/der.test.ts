import { describe, expect, it } from '@jest/globals';
import {
  TAG,
  childrenOf,
  concat,
  der,
  expectTag,
  fromHex,
  isContext,
  isString,
  isUniversal,
  readBitString,
  readBoolean,
  readDer,
  readDerPrefix,
  readInteger,
  readNamedBits,
  readOctetString,
  readOid,
  readSmallInteger,
  readString,
  readTime,
  tlv,
  toHex,
  utf8,
} from '../../../src/core/encoding/index.js';

const parse = (hex: string) => readDer(fromHex(hex));

describe('readDer', () => {
  it('reads nested elements and gives each its own bytes', () => {
    const node = parse('3008020105a1030201ff');
    expect(node.children).toHaveLength(2);
    expect(readInteger(node.children[0])).toBe(5n);
    expect(isContext(node.children[1], 1)).toBe(true);
    expect(toHex(node.children[1]!.bytes)).toBe('a1030201ff');
    expect(node.ber).toBe(false);
  });

  it('reads long tags', () => {
    expect(parse('5f814800')).toMatchObject({ tagClass: 'application', tag: 200 });
    expect(parse('df1f00')).toMatchObject({ tagClass: 'private', tag: 31 });
  });

  it.each([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['a length past the end', '300502'],
    ['trailing bytes', '020105ff'],
    ['a non-minimal length', '02810105'],
    ['a padded length', '0282000105'],
    ['an indefinite length', '30800000'],
    ['a length of five octets', '0285000000000105'],
    ['a length that is cut off', '0282'],
    ['a long tag that is short', '1f1e00'],
    ['a padded tag', '1f800100'],
    ['a tag without end', '1fffffffff00'],
    ['a tag that is cut off', '1fff'],
    ['a long tag with nothing behind it', '5f8148'],
  ])('refuses %s', (_, hex) => {
    expect(() => parse(hex)).toThrow('malformed DER');
  });

  it('bounds depth and number of elements', () => {
    let deep = Uint8Array.of(5, 0);
    for (let i = 0; i < 40; i++) deep = Uint8Array.from(der.sequence(deep));
    expect(() => readDer(deep)).toThrow('too deeply');
    expect(readDer(deep, { maxDepth: 64 }).tag).toBe(16);
    expect(() => readDer(der.sequence(...Array.from({ length: 20 }, () => der.null())), { maxNodes: 10 })).toThrow(
      'too many',
    );
  });

  it('gives back what follows the element', () => {
    expect(readDerPrefix(fromHex('0201050000')).rest).toEqual(Uint8Array.of(0, 0));
  });

  describe('where BER is allowed', () => {
    const ber = (hex: string) => readDer(fromHex(hex), { ber: true });

    it('reads indefinite lengths and says so', () => {
      const node = ber('30800201053000028101020000');
      expect(node.ber).toBe(true);
      expect(node.children.map((child) => child.ber)).toEqual([false, false, true]);
      expect(toHex(node.contents)).toBe('020105300002810102');
    });

    it('marks the parent of a BER child', () => {
      expect(ber('300430800000').ber).toBe(true);
    });

    it.each(['02800000', '3080020105', '308002010500'])('still refuses %s', (hex) => {
      expect(() => ber(hex)).toThrow('malformed DER');
    });
  });
});

describe('reading values', () => {
  it.each([
    ['020100', 0n],
    ['02017f', 127n],
    ['02020080', 128n],
    ['0201ff', -1n],
    ['0202ff7f', -129n],
  ])('reads INTEGER %s', (hex, value) => {
    expect(readInteger(parse(hex))).toBe(value);
    expect(toHex(der.integer(value))).toBe(hex);
  });

  it.each(['0200', '02020001', '0202ff80', '2203020101', '040101'])('refuses %s as INTEGER', (hex) => {
    expect(() => readInteger(parse(hex))).toThrow('malformed DER');
  });

  it('bounds small integers', () => {
    expect(readSmallInteger(parse('02017f'))).toBe(127);
    expect(() => readSmallInteger(parse('0201ff'))).toThrow('out of range');
    expect(() => readSmallInteger(parse('02050080000000'))).toThrow('out of range');
    expect(() => readSmallInteger(parse('0206010000000000'))).toThrow('out of range');
  });

  it('reads BOOLEAN as DER has it', () => {
    expect(readBoolean(readDer(der.boolean(true)))).toBe(true);
    expect(readBoolean(readDer(der.boolean(false)))).toBe(false);
    expect(() => readBoolean(parse('010101'))).toThrow('BOOLEAN');
    expect(() => readBoolean(parse('0102ffff'))).toThrow('BOOLEAN');
  });

  it('reads strings of octets and bits', () => {
    expect(readOctetString(readDer(der.octetString(Uint8Array.of(1, 2))))).toEqual(Uint8Array.of(1, 2));
    expect(readBitString(readDer(der.bitString(Uint8Array.of(1, 2))))).toEqual(Uint8Array.of(1, 2));
    expect(() => readBitString(parse('03020780'))).toThrow('unused bits');
  });

  it('reads named bits', () => {
    expect([...readNamedBits(parse('030205a0'))]).toEqual([0, 2]);
    expect([...readNamedBits(parse('030100'))]).toEqual([]);
    expect([...readNamedBits(parse('0303070080'))]).toEqual([8]);
    expect(() => readNamedBits(parse('030108'))).toThrow('BIT STRING');
    expect(() => readNamedBits(parse('030101'))).toThrow('BIT STRING');
    expect(() => readNamedBits(parse('0300'))).toThrow('BIT STRING');
    expect(() => readNamedBits(readDer(tlv(0x03, new Uint8Array(65))))).toThrow('too many named bits');
  });

  it.each([
    ['UTF8String', '0c03e4b8ad', '中'],
    ['PrintableString', '13026162', 'ab'],
    ['IA5String', '16026162', 'ab'],
    ['TeletexString', '1401e9', 'é'],
    ['BMPString', '1e024e2d', '中'],
    ['UniversalString', '1c0400004e2d', '中'],
  ])('reads %s', (_, hex, text) => {
    expect(readString(parse(hex))).toBe(text);
  });

  it.each(['1301e9', '1e014e', '1e02d800', '1c0400110000', '020101', '0c02c080'])('refuses %s as text', (hex) => {
    expect(() => readString(parse(hex))).toThrow();
  });

  it('tells strings from other elements', () => {
    expect(isString(parse('0c0161'))).toBe(true);
    expect(isString(undefined)).toBe(false);
    expect(isUniversal(undefined, TAG.null)).toBe(false);
  });

  it('reads both times, with the century rule of RFC 5280', () => {
    expect(readTime(readDer(der.time(new Date('2049-12-31T23:59:59Z'))))).toEqual(new Date('2049-12-31T23:59:59Z'));
    expect(readTime(readDer(der.time(new Date('2050-01-01T00:00:00Z'))))).toEqual(new Date('2050-01-01T00:00:00Z'));
    expect(readTime(readDer(tlv(0x17, utf8('500101000000Z'))))).toEqual(new Date('1950-01-01T00:00:00Z'));
    expect(readTime(readDer(der.generalizedTime(new Date('2026-01-02T03:04:05Z'))))).toEqual(
      new Date('2026-01-02T03:04:05Z'),
    );
  });

  it.each([
    [0x17, '2601020304Z'],
    [0x17, '260102030405+0800'],
    [0x18, '20260230000000Z'],
    [0x18, '20260101000000.5Z'],
    [0x18, '20261301000000Z'],
    [0x0c, '20260101000000Z'],
  ])('refuses the time %i %s', (tag, text) => {
    expect(() => readTime(readDer(tlv(tag, utf8(text))))).toThrow('malformed DER');
  });

  it('asks for the right form', () => {
    expect(() => expectTag(parse('040101'), TAG.oid)).toThrow('expected universal tag 6');
    expect(() => childrenOf(undefined)).toThrow('expected');
    expect(() => expectTag(parse('1000'), TAG.sequence)).toThrow('expected');
    expect(readOid(readDer(der.oid('1.2.3')))).toBe('1.2.3');
    expect(childrenOf(readDer(der.setOf(der.null())), TAG.set)).toHaveLength(1);
  });
});

describe('writing', () => {
  it.each([127, 128, 255, 256, 65535, 65536, 0x1000000])('writes a length of %i so that it reads back', (length) => {
    const bytes = der.octetString(new Uint8Array(length));
    expect(readDer(bytes).contents).toHaveLength(length);
  });

  it('sorts a SET OF by the encodings', () => {
    const set = der.setOf(der.integer(5), der.octetString(Uint8Array.of(1)), der.integer(-1), der.integer(5));
    expect(toHex(set)).toBe('310c' + '020105' + '020105' + '0201ff' + '040101');
  });

  it('writes unsigned integers with a sign octet where needed', () => {
    expect(toHex(der.unsigned(Uint8Array.of(0, 0, 0x80)))).toBe('02020080');
    expect(toHex(der.unsigned(Uint8Array.of(0)))).toBe('020100');
    expect(toHex(der.unsigned(Uint8Array.of()))).toBe('020100');
    expect(toHex(der.unsigned(Uint8Array.of(0x7f)))).toBe('02017f');
  });

  it('writes tags and strings', () => {
    expect(toHex(der.explicit(1, der.null()))).toBe('a1020500');
    expect(toHex(der.implicit(2, Uint8Array.of(9), false))).toBe('820109');
    expect(toHex(der.implicit(2, der.null(), true))).toBe('a2020500');
    expect(toHex(concat([der.utf8String('中'), der.printableString('a'), der.ia5String('b')]))).toBe(
      '0c03e4b8ad' + '130161' + '160162',
    );
  });
});
