import { describe, expect, it } from '@jest/globals';
import { checkCitizenNumber } from '../../../src/core/licence/index.js';
import { CITIZEN_NUMBERS } from '../../conformance/numbers.table.js';
import { citizenNumberCheck } from '../../../src/core/licence/citizen-number.js';

const TODAY = '2026-11-24';

describe('a citizen identity number', () => {
  it.each([...CITIZEN_NUMBERS])('%s passes', (number) => {
    expect(checkCitizenNumber(number, TODAY)).toEqual({ ok: true });
  });

  it.each([
    ['99999919900101001', 'CITIZEN_NUMBER_LENGTH'],
    ['11010519491231002x', 'CITIZEN_NUMBER_CHARACTER'],
    ['A10105194912310021', 'CITIZEN_NUMBER_CHARACTER'],
    ['010105194912310021', 'CITIZEN_NUMBER_REGION'],
    ['110105194902300021', 'CITIZEN_NUMBER_DATE'],
    ['110105202611250021', 'CITIZEN_NUMBER_DATE'],
    ['110105184912310021', 'CITIZEN_NUMBER_DATE'],
    ['999999199001010017', 'CITIZEN_NUMBER_CHECK'],
  ])('%s is refused as %s in both languages', (number, code) => {
    expect(checkCitizenNumber(number, TODAY)).toMatchObject({
      ok: false,
      code,
      words: { en: expect.stringMatching(/citizen identity number/), zh: expect.stringMatching(/公民身份号码/) },
    });
  });

  it('may be of someone born today, and of someone born on a leap day', () => {
    for (const base of ['11010520261124002', '11010520000229002'])
      expect(checkCitizenNumber(base + citizenNumberCheck(base), TODAY)).toEqual({ ok: true });
  });

  it('is never quoted in what is said about it', () => {
    const result = checkCitizenNumber('999999199001010017', TODAY);
    expect(JSON.stringify(result)).not.toContain('19900101');
  });
});
