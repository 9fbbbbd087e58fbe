import type { Json } from '../errors/index.js';
import { fromBase64 } from '../encoding/index.js';
import type { CheckResult, FaceItemRule, FieldProblem, ItemsValidator, LicenceType } from './types.js';
import { refusal } from './check-result.js';
import { findWrongCharacter } from './characters.js';
import { checkCitizenNumber } from './citizen-number.js';
import { checkCreditCode } from './credit-code.js';
import { isCalendarDay } from './dates.js';
import { checkRegionCode } from './region-code.js';

export interface ItemsContext {
  /** `YYYY-MM-DD`: no birth date lies behind it. */
  readonly today: string;
  /** JSON Schema check of the type, compiled outside `core`. */
  readonly validateItems: ItemsValidator;
}

/** Deeper values than this are not looked into but refused. */
const MAX_DEPTH = 4;

/** Every wrong face item (照面项), never only the first. Fields are JSON Pointers below the items. */
export function checkFaceItems(type: LicenceType, items: Json, context: ItemsContext): readonly FieldProblem[] {
  if (!isRecord(items)) return [problem('', 'FIELD_TYPE', 'the items are not an object', '照面项应为对象')];
  const problems: FieldProblem[] = [];
  const rules = new Map(type.items.map((rule) => [rule.key, rule]));
  const known: Record<string, Json> = {};
  for (const [key, value] of Object.entries(items)) {
    if (rules.has(key)) known[key] = value;
    else
      problems.push(
        problem(pointer('', key), 'FIELD_UNKNOWN', 'this type of licence has no such item', '该类型证照没有此照面项'),
      );
  }
  for (const rule of type.items) {
    if (Object.hasOwn(known, rule.key)) problems.push(...checkValue(rule, known[rule.key]!, context.today));
    else if (rule.required) problems.push(missing(rule));
  }
  for (const { field, words } of context.validateItems(known))
    if (!problems.some((found) => found.field === field)) problems.push({ field, code: 'FIELD_SCHEMA', words });
  return problems;
}

function* checkValue(rule: FaceItemRule, value: Json, today: string): Generator<FieldProblem> {
  for (const { field, text } of textsIn(value, pointer('', rule.key), MAX_DEPTH)) {
    const result =
      text === undefined ? refusal('FIELD_DEPTH', 'nested too deeply', '嵌套过深') : checkText(rule, text, today);
    if (!result.ok) yield { field, code: result.code, words: result.words };
  }
}

/** Every text within a value; without `text` where the value goes deeper than is looked. */
function* textsIn(
  value: Json,
  field: string,
  depth: number,
): Generator<{ readonly field: string; readonly text?: string }> {
  if (typeof value === 'string') yield { field, text: value };
  else if (value !== null && typeof value === 'object') {
    if (depth === 0) yield { field };
    else for (const [key, inner] of Object.entries(value)) yield* textsIn(inner, pointer(field, key), depth - 1);
  }
}

function checkText(rule: FaceItemRule, text: string, today: string): CheckResult {
  // Counting code points of a long text costs time that the sender controls: UTF-16 units bound them from above.
  if (text.length > 2 * rule.maxCharacters || [...text].length > rule.maxCharacters)
    return refusal('FIELD_LENGTH', `longer than ${rule.maxCharacters} characters`, `超过${rule.maxCharacters}个字符`);
  if (rule.charset === 'picture') return checkPicture(text);
  if (rule.charset === 'date')
    return isCalendarDay(text)
      ? { ok: true }
      : refusal('FIELD_DATE', 'not a day of the calendar as YYYY-MM-DD', '不是 YYYY-MM-DD 形式的有效日期');
  if (text !== text.normalize('NFC'))
    return refusal('FIELD_NOT_NFC', 'not in Unicode normalisation form C', '文本未采用 Unicode 规范化形式 C');
  const wrong = findWrongCharacter(text, rule.charset);
  if (wrong) {
    const { position, codePoint, words } = wrong;
    return refusal(
      'FIELD_CHARACTER',
      `character ${position} (${codePoint}) ${words.en}`,
      `第${position}个字符（${codePoint}）${words.zh}`,
    );
  }
  if (text !== text.trim()) return refusal('FIELD_SPACE', 'begins or ends with a space', '首尾有空格');
  return checkNamed(rule, text, today);
}

function checkNamed(rule: FaceItemRule, text: string, today: string): CheckResult {
  switch (rule.check) {
    case 'credit-code':
      return checkCreditCode(text);
    case 'citizen-number':
      return checkCitizenNumber(text, today);
    case 'region-code':
      return checkRegionCode(text);
    case null:
      return { ok: true };
  }
}

/** Base64 whose bytes begin as JPEG or PNG do. Whether the picture can be drawn is found out when it is drawn. */
function checkPicture(text: string): CheckResult {
  const wrong = refusal(
    'FIELD_PICTURE',
    'not a JPEG or PNG picture in base64',
    '不是以 base64 表示的 JPEG 或 PNG 图片',
  );
  try {
    const bytes = fromBase64(text);
    const beginsWith = (magic: readonly number[]) => magic.every((byte, i) => bytes[i] === byte);
    return beginsWith([0xff, 0xd8, 0xff]) || beginsWith([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
      ? { ok: true }
      : wrong;
  } catch {
    return wrong;
  }
}

const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** RFC 6901: `~` and `/` in names are escaped. */
const pointer = (parent: string, key: string): string => `${parent}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const problem = (field: string, code: string, en: string, zh: string): FieldProblem => ({
  field,
  code,
  words: { en, zh },
});

const missing = ({ key, label }: FaceItemRule): FieldProblem =>
  problem(pointer('', key), 'FIELD_MISSING', `${label.en} is missing`, `缺少${label.zh}`);
