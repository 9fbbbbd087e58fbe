import { describe, expect, it } from '@jest/globals';
import { LicenceError, checkLicenceNumber, licenceNumber, serialOf } from '../../../src/core/licence/index.js';

const random = new Uint8Array(16).map((_, i) => i + 1);
const context = { region: '999900001002', issuedOn: '2026-11-24', random };

describe('a licence number', () => {
  it('takes its random digits from the bytes that are given, and from nothing else', () => {
    const number = licenceNumber('JY{digits:14}', context);
    expect(number).toMatch(/^JY[0-9]{14}$/);
    expect(licenceNumber('JY{digits:14}', context)).toBe(number);
    expect(licenceNumber('JY{digits:14}', { ...context, random: random.map((byte) => byte ^ 255) })).not.toBe(number);
    // 16 bytes as one number, big-endian: 0x0102…10 modulo 10^18.
    expect(number.slice(2)).toBe(
      String(0x0102030405060708090a0b0c0d0e0f10n % 10n ** 18n)
        .padStart(18, '0')
        .slice(0, 14),
    );
  });

  it('is filled with region, year and sequence', () => {
    expect(licenceNumber('({region})许字〔{year}〕{sequence:6}', { ...context, sequence: 87 })).toBe(
      '(999900)许字〔2026〕000087',
    );
  });

  it('goes on through the random digits where a rule has two places for them', () => {
    const together = licenceNumber('{digits:8}', context);
    expect(licenceNumber('{digits:4}-{digits:4}', context)).toBe(`${together.slice(0, 4)}-${together.slice(4)}`);
  });

  it('has the form of its own rule', () => {
    for (const rule of ['JY{digits:14}', '[{year}]({region})-{digits:3}', '鲁JZ安许证字{sequence:6}'])
      expect(checkLicenceNumber(rule, licenceNumber(rule, { ...context, sequence: 1 }))).toEqual({ ok: true });
  });

  it.each(['JY1234567890123', 'JY123456789012345', 'jy12345678901234', 'JY1234567890123４', ' JY12345678901234'])(
    '%s has not the form JY{digits:14}',
    (number) => {
      expect(checkLicenceNumber('JY{digits:14}', number)).toMatchObject({ ok: false, code: 'LICENCE_NUMBER_FORM' });
    },
  );

  it('with brackets in its rule is compared character by character', () => {
    expect(checkLicenceNumber('[{year}]({digits:1})', '[2026](7)')).toEqual({ ok: true });
    expect(checkLicenceNumber('[{year}]({digits:1})', '20267')).toMatchObject({ ok: false });
  });

  it.each([
    '',
    'JY',
    '{region}{year}',
    'JY{digits:0}',
    'JY{digits:100}',
    'JY{letters:3}',
    'JY{digits:14',
    'J Y{digits:3}',
    '{digits:10}{digits:9}',
    'a.{digits:3}',
  ])('cannot come from the rule "%s"', (rule) => {
    expect(() => licenceNumber(rule, context)).toThrow(LicenceError);
  });

  it('asks its caller for what the rule needs', () => {
    expect(() => licenceNumber('{digits:3}', { ...context, random: undefined })).toThrow(TypeError);
    expect(() => licenceNumber('{digits:3}', { ...context, random: new Uint8Array(15) })).toThrow(TypeError);
    for (const sequence of [undefined, 0, 1.5, 1000])
      expect(() => licenceNumber('{sequence:3}', { ...context, sequence })).toThrow(TypeError);
  });

  it('loses what an identifier cannot hold when it becomes a serial', () => {
    expect(serialOf('（鲁）jz安许证字[2023]087-974')).toBe('JZ2023087974');
  });
});
