import { describe, expect, it } from '@jest/globals';
import { hash } from '#primitives';
import { toHex } from '../../../../src/core/encoding/index.js';
import { pdfDate, pdfName, pdfNumber, pdfText } from '../../../../src/core/renditions/pdf/write/pdf-syntax.js';
import { srgbProfile } from '../../../../src/core/renditions/pdf/write/srgb-profile.js';

describe('PDF syntax', () => {
  it('writes numbers without an exponent and without a negative zero', () => {
    expect([1, -0.0004, 0.12345, 1e-9, 12345.6789, -3].map(pdfNumber)).toEqual([
      '1',
      '0',
      '0.123',
      '0',
      '12345.679',
      '-3',
    ]);
  });

  it('escapes what a name may not hold', () => {
    expect(pdfName('application/dc+sd-jwt')).toBe('/application#2fdc+sd-jwt');
    expect(pdfName('A (b)')).toBe('/A#20#28b#29');
  });

  it('writes text plainly where it is ASCII, else as UTF-16', () => {
    expect(pdfText('a(b)\\')).toBe('(a\\(b\\)\\\\)');
    expect(pdfText('王𠮷')).toBe('<FEFF738BD842DFB7>');
  });

  it('writes an instant as a date', () => {
    expect(pdfDate('2026-11-24T06:51:02.123Z')).toBe('(D:20261124065102Z)');
  });
});

describe('srgbProfile', () => {
  it('is an RGB profile whose sizes agree, always the same', () => {
    const profile = srgbProfile();
    const view = new DataView(profile.buffer);
    expect(view.getUint32(0)).toBe(profile.length);
    expect(String.fromCharCode(...profile.subarray(12, 24), ...profile.subarray(36, 40))).toBe('mntrRGB XYZ acsp');
    for (let i = 0; i < view.getUint32(128); i++)
      expect(view.getUint32(136 + 12 * i) + view.getUint32(140 + 12 * i)).toBeLessThanOrEqual(profile.length);
    expect(toHex(hash('sha256', profile))).toBe(toHex(hash('sha256', srgbProfile())));
  });
});
