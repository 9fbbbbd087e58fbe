import { describe, expect, it } from '@jest/globals';
import { checkRegionCode } from '../../../src/core/licence/index.js';

describe('a region code', () => {
  it.each(['420100', '420106', '999900', '440113012001', '440113012000', '440113000000'])('%s has the form', (code) => {
    expect(checkRegionCode(code)).toEqual({ ok: true });
  });

  it.each([
    ['4201', 'REGION_CODE_FORM'],
    ['42010A', 'REGION_CODE_FORM'],
    ['420106001', 'REGION_CODE_FORM'],
    ['４２０１００', 'REGION_CODE_FORM'],
    ['020100', 'REGION_CODE_PROVINCE'],
    ['440113000001', 'REGION_CODE_LEVEL'],
  ])('%s is refused as %s', (text, code) => {
    expect(checkRegionCode(text)).toMatchObject({ ok: false, code });
  });
});
