import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../src/core/errors/index.js';
import {
  LicenceError,
  commit,
  commitmentOf,
  disclosureDigest,
  verifyDisclosures,
} from '../../../src/core/licence/index.js';
import type { Licence } from '../../../src/core/licence/index.js';

const ITEMS = {
  name: '苏和𬭎',
  citizenNumber: '999999199001010016',
  address: '样本路"18"号/3',
  rooms: [{ b: 1.5, a: null }],
};
const KEYS = ['address', 'citizenNumber', 'name', 'rooms'];

const LICENCE: Licence = {
  identifier: '1.2.156.3005.2.11999900MB0000001K003.11999900MB0000001K.99990020260000001.001.X',
  typeCode: '11999900MB0000001K003',
  typeVersion: '1',
  version: '001',
  number: '99990020260000001',
  issuer: { name: '示例市青禾街道办事处', code: '11999900MB0000001K', region: '999900' },
  holder: { name: ITEMS.name, code: ITEMS.citizenNumber, codeType: '111' },
  issuedOn: '2026-11-24',
  validFrom: '2026-11-24',
  validUntil: '2027-05-23',
  items: ITEMS,
  sample: true,
};

const SALTS = Object.fromEntries(KEYS.map((key, i) => [key, Buffer.alloc(16, i + 1).toString('base64url')]));
const SUITES = ['SM2-SM3', 'ECDSA-P256-SHA256'];
const made = () => commit({ licence: LICENCE, requiredSuites: SUITES, salts: SALTS });

describe('a commitment', () => {
  // Values from a separate program in another language.
  it('has the values of the golden vector', () => {
    const { commitment, body } = made();
    expect(commitment).toEqual({
      sha256: '2e991d3d22e1cff3e23756ec7722b3367d82de4bbc88d42025f72bef95c6ce31',
      sm3: '93b41fd225a1ce754561adae83c311c4b1216ff1bc1f162e7312e45200c665a4',
    });
    expect(body.slice(body.indexOf('"sm3"'))).toBe(
      '"sm3":["9qydA0dqxbZGpFz4iSHYuh2PkDSXSjh6dAMg5JB59XU","MkBeayRxwle9MM8XhONJLmHzC2FNelvyqjky9N2CCDE",' +
        '"NIS9uXohEtI2QnD6cBsxmf9TShKpGNd9gQwJpnIG9NU","yW3yjjBDUAutv-kwQ393W8axmObkiKNGeZqD47jGn3k"]},' +
        '"suites":["ECDSA-P256-SHA256","SM2-SM3"],"type":"11999900MB0000001K003","typeVersion":"1",' +
        '"validity":{"from":"2026-11-24","until":"2027-05-23"},"version":"001"}',
    );
  });

  it('can be recomputed from its description with nothing but hashes and JSON.stringify', () => {
    const hash = (name: string, text: string) => createHash(name).update(text, 'utf8').digest();
    const texts = [
      `["${SALTS['address']}","address","样本路\\"18\\"号/3"]`,
      `["${SALTS['citizenNumber']}","citizenNumber","999999199001010016"]`,
      `["${SALTS['name']}","name","苏和𬭎"]`,
      `["${SALTS['rooms']}","rooms",[{"a":null,"b":1.5}]]`,
    ].map((text) => Buffer.from(text, 'utf8').toString('base64url'));
    const digests = (name: string) => texts.map((text) => hash(name, text).toString('base64url')).sort();
    const body = JSON.stringify({
      identifier: LICENCE.identifier,
      issuer: { code: '11999900MB0000001K', name: '示例市青禾街道办事处' },
      items: { 'sha-256': digests('sha256'), sm3: digests('sm3') },
      suites: ['ECDSA-P256-SHA256', 'SM2-SM3'],
      type: '11999900MB0000001K003',
      typeVersion: '1',
      validity: { from: '2026-11-24', until: '2027-05-23' },
      version: '001',
    });
    expect(made()).toEqual({
      body,
      commitment: { sha256: hash('sha256', body).toString('hex'), sm3: hash('sm3', body).toString('hex') },
      disclosures: KEYS.map((key, i) => ({ key, salt: SALTS[key], text: texts[i] })),
      digests: { 'sha-256': digests('sha256'), sm3: digests('sm3') },
    });
    expect(commitmentOf(body)).toEqual(made().commitment);
  });

  it('does not depend on the order of items, salts or suites', () => {
    const turned = (record: object) => Object.fromEntries(Object.entries(record).reverse()) as Record<string, never>;
    const other = commit({
      licence: { ...LICENCE, items: turned(ITEMS) },
      requiredSuites: [...SUITES].reverse(),
      salts: turned(SALTS),
    });
    expect(other).toEqual(made());
  });

  it.each<[string, Partial<Licence>]>([
    ['identifier', { identifier: LICENCE.identifier.replace('.001.', '.002.') }],
    ['type', { typeCode: '11999900MB0000001K001' }],
    ['type version', { typeVersion: '2' }],
    ['version', { version: '002' }],
    ['issuer', { issuer: { ...LICENCE.issuer, name: '示例市' } }],
    ['last day', { validUntil: null }],
    ['an item', { items: { ...ITEMS, name: '苏和' } }],
  ])('changes with the %s', (_, change) => {
    const other = commit({ licence: { ...LICENCE, ...change }, requiredSuites: SUITES, salts: SALTS });
    expect(other.commitment.sha256).not.toBe(made().commitment.sha256);
    expect(other.commitment.sm3).not.toBe(made().commitment.sm3);
  });

  it('changes with the required suites, so that none can be dropped', () => {
    expect(commit({ licence: LICENCE, requiredSuites: ['SM2-SM3'], salts: SALTS }).commitment).not.toEqual(
      made().commitment,
    );
  });

  it('changes with a salt, and its body shows no item', () => {
    const { body, commitment } = commit({
      licence: LICENCE,
      requiredSuites: SUITES,
      salts: { ...SALTS, name: Buffer.alloc(16, 9).toString('base64url') },
    });
    expect(commitment).not.toEqual(made().commitment);
    for (const value of [ITEMS.name, ITEMS.citizenNumber, '样本路', '"name":"苏']) expect(body).not.toContain(value);
  });

  it.each<[string, Record<string, string>]>([
    ['one is missing', { address: SALTS['address']!, citizenNumber: SALTS['citizenNumber']!, name: SALTS['name']! }],
    ['one belongs to no item', { ...SALTS, other: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['one stands for another', { ...SALTS, rooms: undefined as unknown as string, other: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['two are equal', { ...SALTS, name: SALTS['rooms']! }],
    ['one is short', { ...SALTS, name: 'AAAA' }],
    ['one is not canonical base64url', { ...SALTS, name: 'AAAAAAAAAAAAAAAAAAAAAB' }],
  ])('is not made when of the salts %s', (_, salts) => {
    const given = Object.fromEntries(Object.entries(salts).filter(([, salt]) => salt !== undefined));
    expect(() => commit({ licence: LICENCE, requiredSuites: SUITES, salts: given })).toThrow(LicenceError);
  });
});

describe('disclosures', () => {
  const texts = () => made().disclosures.map(({ text }) => text);
  const encode = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('give back all items against both families, and some items against one', () => {
    expect(verifyDisclosures(texts(), made().digests)).toEqual({ ok: true, items: ITEMS });
    expect(verifyDisclosures(texts().slice(2, 3), { sm3: made().digests.sm3 })).toEqual({
      ok: true,
      items: { name: ITEMS.name },
    });
    expect(verifyDisclosures([], made().digests)).toEqual({ ok: true, items: {} });
  });

  it('that were changed are unknown', () => {
    const forged = encode([SALTS['name']!, 'name', '苏和']);
    expect(verifyDisclosures([forged], made().digests)).toMatchObject({ ok: false, code: 'DISCLOSURE_UNKNOWN' });
  });

  it('must be known to every family that is given, and to one at least', () => {
    const { digests } = made();
    expect(verifyDisclosures(texts(), { ...digests, sm3: [] })).toMatchObject({
      ok: false,
      code: 'DISCLOSURE_UNKNOWN',
    });
    expect(verifyDisclosures(texts(), {})).toMatchObject({ ok: false, code: 'DISCLOSURE_UNKNOWN' });
  });

  it('do not name an item twice', () => {
    expect(verifyDisclosures([texts()[0]!, texts()[0]!], made().digests)).toMatchObject({
      ok: false,
      code: 'DISCLOSURE_REPEATED',
    });
  });

  it.each([
    ['a b'],
    ['AAAA'],
    [encode({ a: 1 })],
    [encode(['s', 'k'])],
    [encode([1, 'k', 'v'])],
    [encode(['s', 1, 'v'])],
    [encode(['s', 'k', 'v', 'w'])],
    [''],
  ])('that are malformed are refused without an exception: "%s"', (text) => {
    expect(verifyDisclosures([text], made().digests)).toMatchObject({ ok: false, code: 'DISCLOSURE_MALFORMED' });
  });

  it('keep an item named __proto__ an item', () => {
    const text = encode(['s', '__proto__', { polluted: true }]);
    const result = verifyDisclosures([text], { 'sha-256': [disclosureDigest(text, 'sha-256')] });
    expect(result.ok && Object.keys(result.items)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
