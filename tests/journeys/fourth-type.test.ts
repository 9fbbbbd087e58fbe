import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../src/core/errors/index.js';
import { fromLatin1 } from '../../src/core/encoding/index.js';
import { initialisedData, yinxin } from '../support/command-line.js';
import type { DataDirectory } from '../support/command-line.js';

const CODE = '11999900MB0000001K004';
const BODY = CODE.slice(0, 18);

const item = (key: string, zh: string, charset: string, more: object = {}): Json => ({
  key,
  pinyin: null,
  label: { en: key, zh },
  schema: { type: 'string', minLength: 1, maxLength: 80 },
  required: true,
  personal: false,
  charset,
  check: null,
  maxCharacters: 80,
  ...more,
});

/** 烟草专卖零售许可证: a type that is not shipped, as somebody would write it. */
const TYPE: Json = {
  code: CODE,
  version: '1',
  name: { en: 'Tobacco retail licence', zh: '烟草专卖零售许可证' },
  nationalTypeCode: null,
  remark: null,
  catalogue: {
    certificateTypeName: '烟草专卖零售许可证',
    certificateTypeCode: CODE,
    certificateDefineAuthorityName: '示例市烟草专卖局',
    certificateDefineAuthorityCode: BODY,
    certificateDefineAuthorityLevel: '3',
    relatedItemName: '烟草专卖零售许可',
    relatedItemCode: null,
    certificateHolderCategory: '2',
    validityRange: '5年',
    certificateIssuingAuthorityLevel: '4',
  },
  items: [
    item('name', '企业（字号）名称', 'text'),
    item('creditCode', '统一社会信用代码', 'latin', {
      check: 'credit-code',
      schema: { type: 'string', minLength: 18, maxLength: 18 },
    }),
    item('manager', '负责人', 'han-name', { personal: true }),
    item('address', '经营地址', 'text'),
    item('range', '许可范围', 'text', { schema: { type: 'string', enum: ['卷烟零售', '卷烟、雪茄烟零售'] } }),
    item('supplier', '供货单位', 'text', { required: false }),
  ],
  holder: { name: 'name', code: 'creditCode', codeType: '001' },
  numberRule: '{region}{digits:6}',
  states: [
    { state: 'valid', nationalCode: '01' },
    { state: 'suspended', nationalCode: '02' },
    { state: 'revoked', nationalCode: '07' },
  ],
  operations: [
    { operation: 'issue', nationalCode: '01' },
    { operation: 'suspend', nationalCode: '03' },
    { operation: 'resume', nationalCode: '06' },
  ],
  sealRole: 'licence-issuing',
  suites: ['ECDSA-P256-SHA256', 'SM2-SM3'],
  layout: 'layout.json',
  validity: { kind: 'years', count: 5 },
};

const line = (y: number, label: string, part: Json): Json[] => [
  {
    kind: 'text',
    box: { x: 20, y, width: 45, height: 8 },
    style: 'label',
    align: 'distribute',
    vertical: 'middle',
    wrap: false,
    parts: [{ text: label }],
  },
  { kind: 'text', box: { x: 70, y, width: 110, height: 12 }, style: 'value', parts: [part] },
];

/** Its own page: 260 mm by 185 mm, lying. */
const LAYOUT: Json = {
  styles: {
    title: { fonts: ['song-bold', 'song'], sizePt: 30, colour: '#1c1c1c' },
    label: { fonts: ['song', 'hei'], sizePt: 12, colour: '#1c1c1c' },
    value: { fonts: ['kai', 'song'], sizePt: 13, colour: '#1c1c1c', minPt: 7, leading: 1.3 },
    note: { fonts: ['song', 'hei'], sizePt: 7, colour: '#444444', minPt: 5 },
  },
  pages: [
    {
      width: 260,
      height: 185,
      elements: [
        { kind: 'frame', box: { x: 8, y: 8, width: 244, height: 169 }, colour: '#1f5f3a', strokeWidth: 0.8 },
        {
          kind: 'text',
          box: { x: 30, y: 16, width: 200, height: 18 },
          style: 'title',
          align: 'centre',
          vertical: 'middle',
          parts: [{ text: '烟草专卖零售许可证' }],
        },
        {
          kind: 'text',
          box: { x: 160, y: 38, width: 80, height: 6 },
          style: 'note',
          align: 'right',
          parts: [{ text: '许可证号：' }, { fact: 'number' }],
        },
        ...line(50, '企业名称', { item: 'name' }),
        ...line(66, '信用代码', { item: 'creditCode' }),
        ...line(82, '负责人', { item: 'manager' }),
        ...line(98, '经营地址', { item: 'address' }),
        ...line(114, '许可范围', { item: 'range' }),
        ...line(130, '供货单位', { item: 'supplier' }),
        ...line(146, '有效期限', { fact: 'validUntil', format: 'date' }),
        {
          kind: 'text',
          box: { x: 186, y: 120, width: 56, height: 10 },
          style: 'value',
          align: 'centre',
          parts: [{ fact: 'issuerName' }],
        },
        {
          kind: 'text',
          box: { x: 186, y: 140, width: 56, height: 8 },
          style: 'value',
          align: 'centre',
          wrap: false,
          parts: [{ fact: 'issuedOn', format: 'date' }],
        },
        { kind: 'seal', centre: [214, 126] },
        { kind: 'qr', box: { x: 205, y: 48, width: 34, height: 34 } },
        {
          kind: 'text',
          box: { x: 186, y: 84, width: 56, height: 10 },
          style: 'note',
          parts: [{ fact: 'verificationAddress' }],
        },
        {
          kind: 'text',
          box: { x: 20, y: 166, width: 200, height: 5 },
          style: 'note',
          wrap: false,
          parts: [{ text: '电子证照标识：' }, { fact: 'identifier' }],
        },
      ],
    },
  ],
};

const REQUEST = {
  type: CODE,
  sample: true,
  items: {
    name: '示例市青禾食品有限公司',
    creditCode: '91999900MA00000A9C',
    manager: '林知远',
    address: '示例省示例市青禾区样本路18号一层101室',
    range: '卷烟、雪茄烟零售',
  },
};

describe('a fourth type of licence, given as files only', () => {
  let at: DataDirectory;
  let issued: { identifier: string; number: string; files: string[] };
  const cli = (...argv: string[]) =>
    yinxin(argv, { ...at.environment, YINXIN_TEMPLATES: join(at.scratch, 'templates') });
  const requestFile = (name: string, request: object): string => {
    writeFileSync(join(at.scratch, name), JSON.stringify(request));
    return join(at.scratch, name);
  };

  beforeAll(async () => {
    at = await initialisedData();
    const folder = join(at.scratch, 'templates', 'tobacco-retail-licence');
    cpSync('templates', join(at.scratch, 'templates'), { recursive: true });
    mkdirSync(folder);
    writeFileSync(join(folder, 'type.json'), JSON.stringify(TYPE));
    writeFileSync(join(folder, 'layout.json'), JSON.stringify(LAYOUT));
    const renditions = ['--rendition', 'pdf:SM2-SM3,pdf:ECDSA-P256-SHA256,sd-jwt:SM2-SM3'];
    const ran = await cli(
      'issue',
      requestFile('request.json', REQUEST),
      '--out',
      join(at.scratch, 'out'),
      ...renditions,
      '--json',
    );
    expect(ran.out).not.toContain('"error"');
    issued = ran.json;
  });
  afterAll(() => at.remove());

  it('is issued under its own code and number rule', () => {
    expect(issued.identifier).toContain(`.${CODE}.`);
    expect(issued.number).toMatch(/^999900\d{6}$/);
    expect(issued.files).toHaveLength(3);
  });

  it('is sealed on its own page, and accepted: its face agrees with its data', async () => {
    for (const file of issued.files) {
      const ran = await cli('verify', file, '--json');
      expect(ran.json).toMatchObject({
        verdict: 'accepted',
        reasons: [],
        licence: { identifier: issued.identifier, state: 'valid' },
      });
    }
    const pdf = fromLatin1(new Uint8Array(readFileSync(issued.files[0]!)));
    // 260 mm and 185 mm in points.
    expect(pdf).toMatch(/\/MediaBox\s*\[\s*0 0 737\.0\d* 524\.4\d*\s*\]/);
  });

  it('is filed, and the archive is whole', async () => {
    expect((await cli('archive', 'check', '--json')).json).toMatchObject({ objects: 1, originals: 3, problems: [] });
  });

  it('is verified by one who has the shipped types only', async () => {
    const ran = await yinxin(['verify', issued.files[1]!, '--json'], at.environment);
    expect(ran.json).toMatchObject({ verdict: 'accepted' });
  });

  it('refuses what its own rules refuse, and knows the operations it lists only', async () => {
    const wrong = requestFile('wrong.json', {
      ...REQUEST,
      items: { ...REQUEST.items, range: '雪茄烟零售', creditCode: '91999900MA00000A9D' },
    });
    const ran = await cli('issue', wrong, '--json');
    const { errors } = (ran.json as { error: { details: { errors: { field: string }[] } } }).error.details;
    expect(errors.map(({ field }) => field).sort()).toEqual(['/items/creditCode', '/items/range']);
    const revoked = await cli('revoke', issued.identifier, '--reason', 'x', '--basis', 'x', '--json');
    expect(revoked.json).toMatchObject({
      error: { code: 'LICENCE_STATE_FORBIDS', details: { refusal: 'LICENCE_OPERATION_UNKNOWN' } },
    });
    expect((await cli('suspend', issued.identifier, '--reason', 'x', '--basis', 'x')).code).toBe(0);
  });
});
