import type { FaceItemRule, FieldProblem, LicenceType } from './types.js';
import { checkCreditCode } from './credit-code.js';
import { HOLDER_CODE_TYPES } from './holder-code-types.table.js';
import { TRANSITIONS } from './life-cycle.table.js';
import { parseNumberRule } from './licence-number.js';

/** JWT and SD-JWT claim names: an item with such a key would take their place in the structured rendition. */
const RESERVED = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'cnf', 'vct', 'status', 'licence'];

/**
 * What the form of a type record cannot say: that its parts fit together. All problems, with JSON Pointers into it.
 * The form itself is checked against `templates/type.schema.json` before.
 */
export function checkLicenceType(type: LicenceType): readonly FieldProblem[] {
  const problems: FieldProblem[] = [];
  const wrong = (field: string, en: string, zh: string) =>
    problems.push({ field, code: 'TYPE_INCONSISTENT', words: { en, zh } });

  const definer = checkCreditCode(type.code.slice(0, 18));
  if (!definer.ok) wrong('/code', `the defining body: ${definer.words.en}`, `定义机构：${definer.words.zh}`);
  if (type.catalogue.certificateTypeCode !== type.code)
    wrong('/catalogue/certificateTypeCode', 'differs from the code of the type', '与证照类型代码不一致');
  if (type.catalogue.certificateDefineAuthorityCode !== type.code.slice(0, 18))
    wrong(
      '/catalogue/certificateDefineAuthorityCode',
      'the type code begins with another body',
      '与证照类型代码前18位不一致',
    );

  const keys = type.items.map((item) => item.key);
  keys.forEach((key, i) => {
    if (keys.indexOf(key) !== i) wrong(`/items/${i}/key`, 'two items have this key', '照面项键名重复');
    if (RESERVED.includes(key)) wrong(`/items/${i}/key`, 'this key is reserved', '该键名为保留名');
  });
  for (const part of ['name', 'code'] as const)
    if (!type.items.some((item) => item.key === type.holder[part] && item.required && isText(item)))
      wrong(`/holder/${part}`, 'names no item that is required and a text', '未指向必填的文本照面项');
  if (!Object.hasOwn(HOLDER_CODE_TYPES, type.holder.codeType))
    wrong('/holder/codeType', 'not in the table of holder code types', '不在持证主体代码类型表中');

  const states = type.states.map((row) => row.state);
  type.operations.forEach(({ operation }, i) => {
    const target = TRANSITIONS.find((row) => row.operation === operation)?.to;
    if (target === undefined || !states.includes(target))
      wrong(`/operations/${i}`, 'leads to a state that the type does not have', '操作的目标状态不在该类型的状态表中');
  });
  try {
    parseNumberRule(type.numberRule);
  } catch {
    wrong('/numberRule', 'no rule by which numbers can be made', '不是可用的证照编号规则');
  }
  return problems;
}

const isText = ({ schema }: FaceItemRule): boolean => (schema as { readonly type?: unknown }).type === 'string';
