import { describe, expect, it } from '@jest/globals';
import { checkSeal } from '../../../src/core/seal/index.js';
import type { Seal, SealPicture } from '../../../src/core/seal/index.js';
import { SEAL, at, sealKey } from './sample-seal.js';

const fields = (change: Partial<Seal>) => checkSeal({ ...SEAL, ...change }).map(({ field }) => field);
const pictureFields = (change: Partial<SealPicture>) => fields({ picture: { ...SEAL.picture, ...change } });
const [first, second, ...others] = SEAL.states;

describe('a new seal', () => {
  it('passes when all is well', () => {
    expect(checkSeal(SEAL)).toEqual([]);
    expect(
      fields({ dataKeys: [], picture: { ...SEAL.picture, code: null, bottomLine: null, centre: 'blank' } }),
    ).toEqual([]);
  });

  it.each(['9999000000001', '999900000000012', '0999000000001A', '99990000 00001'])('has not the code %s', (code) => {
    expect(fields({ code, picture: { ...SEAL.picture, code: null } })).toEqual(['/code']);
  });

  it('names all that is wrong, in both languages', () => {
    const problems = checkSeal({
      ...SEAL,
      code: '1',
      name: ' ',
      role: '',
      owner: { name: '', code: '' },
      states: [],
      keys: [],
    });
    expect(problems.map(({ field }) => field)).toEqual([
      '/code',
      '/name',
      '/role',
      '/owner/name',
      '/owner/code',
      '/picture/code',
      '/states',
      '/keys',
    ]);
    for (const { words } of problems)
      expect([words.en, words.zh]).toEqual([expect.stringMatching(/[a-z]/), expect.stringMatching(/\p{Script=Han}/u)]);
  });

  it('begins in use, and its intervals touch', () => {
    expect(fields({ states: [{ ...first!, state: 'suspended' }] })).toEqual(['/states']);
    expect(fields({ states: [first!, { ...second!, from: at(11) }, ...others] })).toEqual(['/states/1']);
    expect(fields({ states: [{ ...first!, until: 'soon' }] })).toEqual(['/states/0']);
    expect(fields({ states: [{ ...first!, from: at(10), until: at(1) }] })).toEqual(['/states/0']);
    expect(fields({ states: [{ ...first!, from: 'once', until: null }] })).toEqual(['/states/0']);
  });

  it('has keys of known suites with certificates', () => {
    const key = sealKey('k', 'SM2-SM3', at(1));
    expect(fields({ keys: [{ ...key, suite: 'RSA-MD5' as 'SM2-SM3' }] })).toEqual(['/keys/0/suite']);
    for (const certificates of [[], ['MAA=', 'AAA='], ['?'], ['']])
      expect(fields({ keys: [{ ...key, certificates }] })).toEqual(['/keys/0/certificates']);
    expect(fields({ dataKeys: [{ ...key, from: 'now' }] })).toEqual(['/dataKeys/0']);
  });

  it('has one key for a suite at a time', () => {
    const keys = (...list: Seal['keys'][number][]) => fields({ keys: list });
    expect(keys(sealKey('a', 'SM2-SM3', at(1)), sealKey('b', 'SM2-SM3', at(5)))).toEqual(['/keys/1']);
    expect(keys(sealKey('a', 'SM2-SM3', at(5)), sealKey('b', 'SM2-SM3', at(1), at(6)))).toEqual(['/keys/1']);
    expect(keys(sealKey('a', 'SM2-SM3', at(5)), sealKey('b', 'SM2-SM3', at(1), at(5)))).toEqual([]);
    expect(keys(sealKey('a', 'SM2-SM3', at(1)), sealKey('b', 'ECDSA-P256-SHA256', at(1)))).toEqual([]);
  });

  it('lets no key serve two ends', () => {
    expect(fields({ dataKeys: [sealKey('sm2-b', 'SM2-SM3', at(1))] })).toEqual(['/keys']);
  });
});

describe('the picture of a seal', () => {
  it.each<[string, Partial<SealPicture>, string]>([
    ['of another shape', { shape: 'oval' as 'round' }, '/picture/shape'],
    ['with another centre', { centre: 'emblem' as 'star' }, '/picture/centre'],
    ['too small', { diameterMm: 19.9 }, '/picture/diameterMm'],
    ['too large', { diameterMm: 61 }, '/picture/diameterMm'],
    ['of no size', { diameterMm: NaN }, '/picture/diameterMm'],
    ['without text', { arcText: '' }, '/picture/arcText'],
    ['with too much text', { arcText: '局'.repeat(61) }, '/picture/arcText'],
    ['with very much text', { arcText: '局'.repeat(100_000) }, '/picture/arcText'],
    ['with direction marks', { arcText: '示例\u202e市' }, '/picture/arcText'],
    ['with a long bottom line', { bottomLine: '证'.repeat(21) }, '/picture/bottomLine'],
    ['with another code', { code: '99990000000002' }, '/picture/code'],
  ])('is refused %s', (_, change, field) => {
    expect(pictureFields(change)).toEqual([field]);
  });

  it('takes rare ideographs and the longest text', () => {
    expect(pictureFields({ arcText: '𬭎'.repeat(60), bottomLine: '（1）', diameterMm: 60 })).toEqual([]);
  });
});
