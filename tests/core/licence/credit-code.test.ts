import { describe, expect, it } from '@jest/globals';
import { checkCreditCode } from '../../../src/core/licence/index.js';
import { CREDIT_CODES, CREDIT_CODE_WRONG } from '../../conformance/numbers.table.js';

describe('a unified social credit code', () => {
  it.each([...CREDIT_CODES])('%s passes', (code) => {
    expect(checkCreditCode(code)).toEqual({ ok: true });
  });

  it.each([
    ['91999900MA00000A9', 'CREDIT_CODE_LENGTH'],
    ['91999900MA00000A9CC', 'CREDIT_CODE_LENGTH'],
    ['91999900MA0000OA9C', 'CREDIT_CODE_CHARACTER'],
    ['91999900ma00000a9c', 'CREDIT_CODE_CHARACTER'],
    ['919A9900MA00000A9C', 'CREDIT_CODE_REGION'],
    [CREDIT_CODE_WRONG, 'CREDIT_CODE_CHECK'],
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
