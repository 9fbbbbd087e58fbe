import type { CheckResult } from './types.js';
import { PASSED, refusal } from './check-result.js';

/** GB 32100-2015: without I, O, S, V and Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * 统一社会信用代码, GB 32100-2015 (arithmetic as several public sources give it; text unverified).
 * The nine places of the body id have a check character of their own, which is not judged: see docs/glossary.md.
 */
export function checkCreditCode(text: string): CheckResult {
  if (text.length !== 18)
    return refusal('CREDIT_CODE_LENGTH', 'a unified social credit code has 18 characters', '统一社会信用代码应为18位');
  for (let i = 0; i < 18; i++)
    if (!ALPHABET.includes(text[i]!))
      return refusal(
        'CREDIT_CODE_CHARACTER',
        `character ${i + 1} of the unified social credit code is not allowed: digits and capital letters without I, O, S, V, Z`,
        `统一社会信用代码第${i + 1}位不合规：只可用数字和大写字母，且不用 I、O、S、V、Z`,
      );
  if (!/^[0-9]{6}$/.test(text.slice(2, 8)))
    return refusal(
      'CREDIT_CODE_REGION',
      'characters 3 to 8 of the unified social credit code are not a region of six digits',
      '统一社会信用代码第3至8位应为6位行政区划数字',
    );
  if (creditCodeCheck(text.slice(0, 17)) !== text[17])
    return refusal(
      'CREDIT_CODE_CHECK',
      'the check character of the unified social credit code does not fit: a character is wrong or two are swapped',
      '统一社会信用代码校验位不符：有字符录错或顺序颠倒',
    );
  return PASSED;
}

/** The 18th character. Weights are 3^(i-1) modulo 31. */
export function creditCodeCheck(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}
