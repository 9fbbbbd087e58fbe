import type { CheckResult } from './types.js';
import { PASSED, refusal } from './check-result.js';

/**
 * Form of a region code: GB/T 2260, 6 digits (province, city, county), or 12 with town and village behind them.
 * Whether the region exists is not judged: the list changes every year.
 */
export function checkRegionCode(text: string): CheckResult {
  if (!/^([0-9]{6}|[0-9]{12})$/.test(text))
    return refusal('REGION_CODE_FORM', 'a region code has 6 or 12 digits', '行政区划代码应为6位或12位数字');
  if (text.startsWith('0'))
    return refusal('REGION_CODE_PROVINCE', 'a region code does not begin with 0', '行政区划代码首位不为0');
  // A lower level is named only below a higher one: 110001 (a county of no city) is used, 000101 is not.
  if (text.length === 12 && text.slice(6, 9) === '000' && text.slice(9) !== '000')
    return refusal(
      'REGION_CODE_LEVEL',
      'the region code names a village without a town',
      '行政区划代码有村级代码而无乡镇级代码',
    );
  return PASSED;
}
