import type { CheckResult } from './types.js';
import { PASSED, refusal } from './check-result.js';
import { isCalendarDay } from './dates.js';
import { checkRegionCode } from './region-code.js';

/**
 * 公民身份号码, GB 11643-1999 (from memory and common practice; text unverified): region, birth date, order, check.
 *
 * @param today `YYYY-MM-DD`; a later birth date is refused
 */
export function checkCitizenNumber(text: string, today: string): CheckResult {
  if (text.length !== 18)
    return refusal('CITIZEN_NUMBER_LENGTH', 'a citizen identity number has 18 characters', '公民身份号码应为18位');
  if (!/^[0-9]{17}[0-9X]$/.test(text))
    return refusal(
      'CITIZEN_NUMBER_CHARACTER',
      'a citizen identity number is 17 digits and then a digit or a capital X',
      '公民身份号码前17位应为数字，第18位应为数字或大写字母 X',
    );
  if (!checkRegionCode(text.slice(0, 6)).ok)
    return refusal(
      'CITIZEN_NUMBER_REGION',
      'the first six digits of the citizen identity number are not a region',
      '公民身份号码前6位不是行政区划代码',
    );
  const birth = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  if (!isCalendarDay(birth))
    return refusal(
      'CITIZEN_NUMBER_DATE',
      'the birth date in the citizen identity number does not exist',
      '公民身份号码中的出生日期不存在',
    );
  if (birth > today || birth < '1850-01-01')
    return refusal(
      'CITIZEN_NUMBER_DATE',
      'the birth date in the citizen identity number lies in the future or before 1850',
      '公民身份号码中的出生日期晚于今日或早于1850年',
    );
  if (citizenNumberCheck(text.slice(0, 17)) !== text[17])
    return refusal(
      'CITIZEN_NUMBER_CHECK',
      'the check character of the citizen identity number does not fit: a digit is wrong or two are swapped',
      '公民身份号码校验位不符：有数字录错或顺序颠倒',
    );
  return PASSED;
}

/** ISO 7064 MOD 11-2 as the standard tabulates it. */
export function citizenNumberCheck(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return '10X98765432'[sum % 11]!;
}
