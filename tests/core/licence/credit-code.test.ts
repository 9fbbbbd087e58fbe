import { describe, expect, it } from '@jest/globals';
import { checkCreditCode } from '../../../src/core/licence/index.js';

describe('a unified social credit code', () => {
  it.each([
    '91350100M000100Y43',
    '11100000000013338W',
    '11100000000019713D',
    '11100000MB0143028R',
    '11100000MB03271699',
    '111000000000131433',
    '11100000MB0341032Y',
    '11999900MB0000001K',
    '91999900MA00000A9C',
  ])('%s passes', (code) => {
    expect(checkCreditCode(code)).toEqual({ ok: true });
  });

  it.each([
    ['91999900MA00000A9', 'CREDIT_CODE_LENGTH'],
    ['91999900MA00000A9CC', 'CREDIT_CODE_LENGTH'],
    ['91999900MA0000OA9C', 'CREDIT_CODE_CHARACTER'],
    ['91999900ma00000a9c', 'CREDIT_CODE_CHARACTER'],
    ['919A9900MA00000A9C', 'CREDIT_CODE_REGION'],
    ['11100000MB0307862A', 'CREDIT_CODE_CHECK'],
    ['91999900MA0000A09C', 'CREDIT_CODE_CHECK'],
  ])('%s is refused as %s in both languages', (code, expected) => {
    const result = checkCreditCode(code);
    expect(result).toMatchObject({ ok: false, code: expected });
    expect(result).toMatchObject({
      words: { en: expect.stringMatching(/credit code/), zh: expect.stringMatching(/统一社会信用代码/) },
    });
  });

  it('is told which character is not allowed', () => {
    expect(checkCreditCode('91999900MA0000OA9C')).toMatchObject({
      words: { en: expect.stringContaining('character 15') },
    });
  });
});
