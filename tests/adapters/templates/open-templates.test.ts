import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTemplates } from '../../../src/adapters/templates/index.js';
import { checkFaceItems, draftLicence, type LicenceType } from '../../../src/core/licence/index.js';
import type { Json } from '../../../src/core/errors/index.js';

const SHIPPED = fileURLToPath(new URL('../../../templates', import.meta.url));
const FOLDERS = ['business-licence', 'food-business-licence', 'residence-certificate'];
const FOOD = '11999900MB0000001K002';

let directory: string;

/** The shipped types with an empty layout, so that this file does not depend on how faces are drawn. */
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'templates-'));
  cpSync(join(SHIPPED, 'type.schema.json'), join(directory, 'type.schema.json'));
  for (const folder of FOLDERS) {
    mkdirSync(join(directory, folder));
    cpSync(join(SHIPPED, folder, 'type.json'), join(directory, folder, 'type.json'));
    writeFileSync(join(directory, folder, 'layout.json'), '{}');
  }
});

afterEach(() => rmSync(directory, { recursive: true }));

type JsonObject = { [key: string]: Json };
const read = (file: string) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as JsonObject;

function change(folder: string, edit: (type: LicenceType & JsonObject) => object): void {
  const file = join(directory, folder, 'type.json');
  writeFileSync(file, JSON.stringify({ ...read(`${folder}/type.json`), ...edit(read(`${folder}/type.json`) as never) }));
}

const withSchema = (items: LicenceType['items'], index: number, schema: Json) =>
  items.map((item, i) => (i === index ? { ...item, schema } : item));

const failure = () => openTemplates(directory).then(
  () => undefined,
  (error: unknown) => error,
);

describe('the directory of templates', () => {
  it('gives every type with its layout', async () => {
    writeFileSync(join(directory, 'food-business-licence', 'layout.json'), '{"page":"A4"}');
    const templates = await openTemplates(directory);
    expect(templates.types().map(({ name }) => name.zh)).toEqual(['营业执照', '食品经营许可证', '居住证明']);
    expect(templates.type(FOOD)).toMatchObject({ version: '1', numberRule: 'JY{digits:14}', sealRole: 'licence-issuing' });
    expect(templates.type(FOOD)).not.toHaveProperty('$schema');
    expect(templates.layout(FOOD)).toEqual({ page: 'A4' });
    expect(templates.type('11999900MB0000001K999')).toBeUndefined();
    expect(() => templates.validator('11999900MB0000001K999')).toThrow(TypeError);
  });

  it('leaves folders without a type alone', async () => {
    mkdirSync(join(directory, 'fonts'));
    writeFileSync(join(directory, 'README.md'), 'x');
    expect((await openTemplates(directory)).types()).toHaveLength(3);
  });

  it.each(FOLDERS)('issues the samples of %s', async (folder) => {
    const templates = await openTemplates(directory);
    for (const name of ['sample', 'longest']) {
      const request = JSON.parse(readFileSync(join(SHIPPED, folder, `${name}.json`), 'utf8')) as { type: string; sample: boolean; items: JsonObject };
      const draft = draftLicence({
        type: templates.type(request.type)!,
        request,
        issuer: { name: '示例市行政审批局', code: '11999900MB0000001K', region: '999900' },
        issuedOn: '2026-11-24',
        validateItems: templates.validator(request.type),
        random: new Uint8Array(16),
      });
      expect(draft).toMatchObject({ ok: true, licence: { sample: true } });
    }
  });

  it('has a longest sample in which every text is as long as its field allows', () => {
    for (const folder of FOLDERS) {
      const { items } = JSON.parse(readFileSync(join(SHIPPED, folder, 'longest.json'), 'utf8')) as { items: JsonObject };
      const rules = (read(`${folder}/type.json`) as unknown as LicenceType).items;
      for (const { key, charset, maxCharacters } of rules.filter(({ charset }) => charset !== 'picture')) {
        const texts = typeof items[key] === 'string' ? [items[key]] : (items[key] as { content: string }[]).map(({ content }) => content);
        for (const text of texts) expect([key, charset, [...text].length]).toEqual([key, charset, maxCharacters]);
      }
      expect(JSON.stringify(items)).toMatch(/㛃.*䶮.*𬭎/u);
    }
  });

  it('takes a fourth type from files alone, and a second version of one', async () => {
    cpSync(join(directory, 'food-business-licence'), join(directory, 'hygiene-licence'), { recursive: true });
    const code = '11999900MB0000001K004';
    change('hygiene-licence', (type) => ({ code, catalogue: { ...type.catalogue, certificateTypeCode: code } }));
    cpSync(join(directory, 'hygiene-licence'), join(directory, 'hygiene-licence-2'), { recursive: true });
    change('hygiene-licence-2', () => ({ version: '10', numberRule: 'WS{digits:8}' }));
    const templates = await openTemplates(directory);
    expect(templates.types()).toHaveLength(4);
    expect(templates.type(code)?.numberRule).toBe('WS{digits:8}');
    expect(templates.type(code, '1')?.numberRule).toBe('JY{digits:14}');
    expect(templates.type(code, '2')).toBeUndefined();
    expect(templates.digest(code)).not.toBe(templates.digest(code, '1'));
    expect(() => templates.layout(code, '2')).toThrow(TypeError);
  });

  it('has a digest that follows type record and layout, and nothing else', async () => {
    const digest = async () => (await openTemplates(directory)).digest(FOOD);
    const before = await digest();
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    writeFileSync(join(directory, 'food-business-licence', 'sample.json'), '{"other":1}');
    expect(await digest()).toBe(before);
    writeFileSync(join(directory, 'food-business-licence', 'layout.json'), '{"page":"A3"}');
    expect(await digest()).not.toBe(before);
  });
});

describe('a malformed template', () => {
  it.each<[string, (type: LicenceType & JsonObject) => object, string]>([
    ['without a name', () => ({ name: undefined }), ''],
    ['with an unknown member', () => ({ colour: 'red' }), '/colour'],
    ['with an unknown character set', ({ items }) => ({ items: [{ ...items[0], charset: 'klingon' }, ...items.slice(1)] }), '/items/0/charset'],
    ['with a layout elsewhere', () => ({ layout: '../../../etc/passwd' }), '/layout'],
    ['with a schema that is none', ({ items }) => ({ items: withSchema(items, 2, { type: 'sting' }) }), '/items/2/schema'],
    ['with a schema from elsewhere', ({ items }) => ({ items: withSchema(items, 3, { $ref: 'https://example.org/x.json' }) }), '/items/3/schema'],
    ['with a holder that is no text', ({ items }) => ({ items: withSchema(items, 1, { type: 'array' }) }), '/holder/code'],
    ['with an unknown suite', () => ({ suites: ['SM2-SM3', 'RSA-MD5'] }), '/suites/1'],
    ['with a number rule that gives one number', () => ({ numberRule: 'JY' }), '/numberRule'],
    ['with a holder that is no item', ({ holder }) => ({ holder: { ...holder, name: 'nobody' } }), '/holder/name'],
    ['with an item under a reserved name', ({ items }) => ({ items: [...items, { ...items[0], key: 'iss' }] }), '/items/8/key'],
  ])('%s is refused with file and field', async (_, edit, field) => {
    change('food-business-licence', edit);
    expect(await failure()).toMatchObject({
      code: 'TEMPLATE_MALFORMED',
      more: { details: { file: 'food-business-licence/type.json', field } },
      words: { en: expect.stringContaining('food-business-licence/type.json'), zh: expect.stringMatching(/^模板 /) },
    });
  });

  it.each<[string | Buffer, string]>([
    ['{', 'not JSON'],
    ['{"a":1,"a":2}', 'with a member twice'],
    [Buffer.from([0x22, 0xff, 0x22]), 'not UTF-8'],
  ])('layout %s (%s) is refused by its name', async (content) => {
    writeFileSync(join(directory, 'residence-certificate', 'layout.json'), content);
    expect(await failure()).toMatchObject({ code: 'TEMPLATE_MALFORMED', more: { details: { file: 'residence-certificate/layout.json', field: '' } } });
  });

  it('is one whose layout is missing', async () => {
    rmSync(join(directory, 'business-licence', 'layout.json'));
    expect(await failure()).toMatchObject({ code: 'TEMPLATE_MALFORMED', more: { details: { file: 'business-licence/layout.json' } } });
  });

  it('is one that says it is what another says it is', async () => {
    cpSync(join(directory, 'business-licence'), join(directory, 'copy'), { recursive: true });
    expect(await failure()).toMatchObject({ code: 'TEMPLATE_MALFORMED', more: { details: { file: 'copy/type.json', field: '/version' } } });
  });

  it('is a directory whose schema is missing or broken', async () => {
    writeFileSync(join(directory, 'type.schema.json'), '{"type":"sting"}');
    expect(await failure()).toMatchObject({ code: 'TEMPLATE_MALFORMED', more: { details: { file: 'type.schema.json' } } });
    rmSync(join(directory, 'type.schema.json'));
    expect(await failure()).toMatchObject({ code: 'TEMPLATE_MALFORMED', more: { details: { file: 'type.schema.json' } } });
  });
});

describe('the schema check of items', () => {
  it('names each wrong field with words that do not quote its value', async () => {
    const templates = await openTemplates(directory);
    const type = templates.type(FOOD)!;
    const items = {
      operator: '',
      businessForm: 7,
      complaintTelephone: '1',
      businessItems: [{ category: '食品销售', content: '预包装', 'se/cret': 'x' }, { content: '预包装' }, ...Array<Json>(8).fill({ category: '食', content: '品' })],
    };
    const problems = templates.validator(FOOD)(items);
    expect(problems.map(({ field, keyword }) => `${field} ${keyword}`)).toEqual([
      '/operator minLength',
      '/businessForm type',
      '/businessItems maxItems',
      '/businessItems/0/se~1cret additionalProperties',
      '/businessItems/1 required',
      '/complaintTelephone minLength',
    ]);
    for (const { words } of problems) expect([words.en, words.zh]).toEqual([expect.stringMatching(/[a-z]/), expect.stringMatching(/\p{Script=Han}/u)]);
    const all = checkFaceItems(type, items, { today: '2026-11-24', validateItems: templates.validator(FOOD) });
    expect(all.map(({ field }) => field)).toEqual(expect.arrayContaining(['/creditCode', '/operator', '/businessForm', '/businessItems/1']));
  });

  it('lists what may stand in a field of fixed values, and keeps a rule without words of its own readable', async () => {
    change('residence-certificate', ({ items }) => ({ items: items.map((item) => (item.key === 'purpose' ? { ...item, schema: { const: '入学' } } : item)) }));
    const templates = await openTemplates(directory);
    const problems = templates.validator('11999900MB0000001K003')({ sex: '其他', residentSince: '2026-02-30', purpose: '其他用途' });
    expect(problems.map(({ field, words }) => [field, words.zh])).toEqual([
      ['/sex', '应为以下之一：男、女'],
      ['/residentSince', '格式应为 date'],
      ['/purpose', '不符合规则 const'],
    ]);
    expect(problems[0]!.words.en).toBe('must be equal to one of the allowed values: 男, 女');
  });
});

describe('the shipped templates', () => {
  it('open as they are', async () => {
    expect((await openTemplates(SHIPPED)).types().map(({ code }) => code)).toEqual(['001', '002', '003'].map((n) => `11999900MB0000001K${n}`));
  });
});
