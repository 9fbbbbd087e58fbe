import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../src/core/errors/index.js';
import { checkFaceItems } from '../../../src/core/licence/index.js';
import type { FaceItemRule, ItemsValidator, LicenceType } from '../../../src/core/licence/index.js';
import { TYPE_FOLDERS, sampleItems, typeRecord } from './type-records.js';

const TODAY = '2026-11-24';
const noSchema: ItemsValidator = () => [];

const check = (type: LicenceType, items: Json, validateItems = noSchema) =>
  checkFaceItems(type, items, { today: TODAY, validateItems });

/** Codes by field, for one item of a given kind. */
function codeOf(rule: Partial<FaceItemRule>, value: Json): string | undefined {
  const base = typeRecord('business-licence');
  const item: FaceItemRule = { ...base.items[0]!, key: 'x', charset: 'text', check: null, maxCharacters: 20, ...rule };
  return check({ ...base, items: [item] }, { x: value })[0]?.code;
}

describe('the face items of a request', () => {
  it.each(TYPE_FOLDERS.flatMap((folder) => [[folder, 'sample'] as const, [folder, 'longest'] as const]))(
    'pass for %s, %s',
    (folder, sample) => {
      expect(check(typeRecord(folder), sampleItems(folder, sample))).toEqual([]);
    },
  );

  it('are all named when all are wrong, each by its pointer, with words in both languages', () => {
    const items = sampleItems('food-business-licence');
    const problems = check(typeRecord('food-business-licence'), {
      ...items,
      operator: ' 青禾',
      creditCode: '91999900MA00000A9D',
      legalRepresentative: '林\u202e远',
      businessItems: [
        { category: '食品销售', content: 'ｆｕｌｌ' },
        { category: '\u2f64品', content: '预包装' },
      ],
      complaintTelephone: undefined as unknown as Json,
      extra: 'x',
      'a/b~c': 'x',
    });
    expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
      '/extra FIELD_UNKNOWN',
      '/a~1b~0c FIELD_UNKNOWN',
      '/operator FIELD_SPACE',
      '/creditCode CREDIT_CODE_CHECK',
      '/legalRepresentative FIELD_CHARACTER',
      '/businessItems/0/content FIELD_CHARACTER',
      '/businessItems/1/category FIELD_CHARACTER',
    ]);
    for (const { words } of problems)
      expect([words.en, words.zh]).toEqual([expect.stringMatching(/[a-z]/), expect.stringMatching(/\p{Script=Han}/u)]);
  });

  it('that are missing are named by their label', () => {
    const items = sampleItems('residence-certificate');
    delete items['photo'];
    delete items['purpose'];
    expect(check(typeRecord('residence-certificate'), items)).toEqual([
      { field: '/purpose', code: 'FIELD_MISSING', words: { en: 'Purpose is missing', zh: '缺少证明用途' } },
    ]);
  });

  it.each([[null], ['text'], [7], [[1]]])('%j are no items at all', (items) => {
    expect(check(typeRecord('business-licence'), items as Json)).toMatchObject([{ field: '', code: 'FIELD_TYPE' }]);
  });

  it('do not let a member named __proto__ pass', () => {
    const items = JSON.parse(
      JSON.stringify(sampleItems('business-licence')).replace('{', '{"__proto__":{"x":1},'),
    ) as Json;
    expect(check(typeRecord('business-licence'), items)).toMatchObject([
      { field: '/__proto__', code: 'FIELD_UNKNOWN' },
    ]);
  });

  it('are given to the schema check without unknown ones; its word is added where nothing was found yet', () => {
    const seen: unknown[] = [];
    const words = { en: 'wrong by schema', zh: '不符合模式' };
    const validate: ItemsValidator = (items) => {
      seen.push(Object.keys(items));
      return ['/creditCode', '/copyKind'].map((field) => ({ field, keyword: 'enum', words }));
    };
    const items = { ...sampleItems('business-licence'), creditCode: 'x', extra: 1 };
    const problems = check(typeRecord('business-licence'), items, validate);
    expect(seen).toEqual([Object.keys(sampleItems('business-licence'))]);
    expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
      '/extra FIELD_UNKNOWN',
      '/creditCode CREDIT_CODE_LENGTH',
      '/copyKind FIELD_SCHEMA',
    ]);
  });
});

describe('the text of a field', () => {
  it.each([
    ['han-name', '㛃䶮𬭎'],
    ['han-name', '阿依古丽·买买提'],
    ['han', '有限责任公司（自然人独资）'],
    ['latin', 'Ab12'],
    ['digits', '0123'],
    ['text', 'A座 3-5层，约100㎡（含地下）'],
    ['date', '2028-02-29'],
  ] as const)('%s may be %s', (charset, text) => {
    expect(codeOf({ charset }, text)).toBeUndefined();
  });

  it.each([
    ['han-name', 'Tom', /not allowed in this field/],
    ['han-name', '林 远', /space/],
    ['text', '青\u202e禾', /U\+202E\) changes the direction/],
    ['text', '青\u2067禾', /direction/],
    ['text', '青\u200b禾', /invisible/],
    ['text', '青\u0000禾', /invisible/],
    ['text', '青\u{e0100}禾', /invisible/],
    ['han-name', '林\ue000', /U\+E000\) is a private-use/],
    ['han-name', '林\u{f0000}', /private-use/],
    ['han-name', '林\u{3ffff}', /noncharacter|not an assigned/],
    ['han-name', '林\ud800', /half a character/],
    ['text', '青\u3000禾', /space/],
    ['han-name', '\u2f00', /looks like another/],
    ['text', '１８号', /looks like another/],
    ['text', '\u0410座', /not allowed/],
  ] as const)('%s must not be %j', (charset, text, reason) => {
    const base = typeRecord('business-licence');
    const item: FaceItemRule = { ...base.items[0]!, key: 'x', charset, check: null, maxCharacters: 20 };
    expect(check({ ...base, items: [item] }, { x: text })).toMatchObject([
      {
        code: 'FIELD_CHARACTER',
        words: { en: expect.stringMatching(reason), zh: expect.stringMatching(/^第\d个字符（U\+/) },
      },
    ]);
  });

  it('is in normalisation form C', () => {
    expect(codeOf({}, '\uf900')).toBe('FIELD_NOT_NFC');
    expect(codeOf({}, 'e\u0301')).toBe('FIELD_NOT_NFC');
  });

  it('is counted in characters, not in UTF-16 units', () => {
    expect(codeOf({ maxCharacters: 3 }, '𬭎𬭎𬭎')).toBeUndefined();
    expect(codeOf({ maxCharacters: 2 }, '𬭎𬭎𬭎')).toBe('FIELD_LENGTH');
    expect(codeOf({ maxCharacters: 2 }, 'abc')).toBe('FIELD_LENGTH');
    expect(codeOf({ maxCharacters: 2 }, 'x'.repeat(1_000_000))).toBe('FIELD_LENGTH');
  });

  it('is a day that exists where a date is asked for', () => {
    expect(codeOf({ charset: 'date' }, '2027-02-29')).toBe('FIELD_DATE');
  });

  it('is checked by name where the rule names a check', () => {
    expect(codeOf({ charset: 'latin', check: 'citizen-number' }, '999999199001010017')).toBe('CITIZEN_NUMBER_CHECK');
    expect(codeOf({ charset: 'digits', check: 'region-code' }, '4201')).toBe('REGION_CODE_FORM');
  });

  it('is a JPEG or PNG in base64 where a picture is asked for', () => {
    const picture = { charset: 'picture', maxCharacters: 100 } as const;
    expect(codeOf(picture, '/9j/4AAQ')).toBeUndefined();
    expect(codeOf(picture, 'iVBORw0KGgo=')).toBeUndefined();
    for (const text of ['iVBORw0KGg==', 'R0lGODlh', 'not base64', '', '<svg/>'])
      expect(codeOf(picture, text)).toBe('FIELD_PICTURE');
  });

  it('is looked for inside lists and objects, but not without end', () => {
    expect(codeOf({}, [['青禾', 1, null, true]])).toBeUndefined();
    expect(codeOf({}, [[[['青禾']]]])).toBeUndefined();
    expect(codeOf({}, [[[[['青禾']]]]])).toBe('FIELD_DEPTH');
  });
});
