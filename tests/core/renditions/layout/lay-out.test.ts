import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../../../src/core/errors/index.js';
import type { Licence } from '../../../../src/core/licence/index.js';
import { faceText, layOut, prepareLayout, readTemplate } from '../../../../src/core/renditions/index.js';
import type { FontBook, LaidPage } from '../../../../src/core/renditions/index.js';
import { realFonts } from './fonts.js';

let book: FontBook;
beforeAll(async () => {
  book = await realFonts();
});

const LICENCE: Licence = {
  identifier: '1.2.156.3005.2.1',
  typeCode: 'T',
  typeVersion: '1',
  version: '001',
  number: 'JY1',
  issuer: { name: '示例市行政审批局', code: '11999900MB0000001K', region: '999900' },
  holder: { name: '示例', code: '91999900MA00000A9C', codeType: '001' },
  issuedOn: '2026-11-24',
  validFrom: '2026-11-24',
  validUntil: null,
  items: {},
  sample: false,
};
const BOX = { x: 10, y: 10, width: 60, height: 30 };
const STYLES = {
  value: { fonts: ['kai', 'song'], sizePt: 12, minPt: 6, colour: '#101010' },
  red: { fonts: ['hei'], sizePt: 9, colour: '#ff0000' },
};

function lay(
  elements: Json[],
  items: Record<string, Json> = {},
  change: Partial<Licence> = {},
  code = 'token',
): LaidPage {
  const layout = prepareLayout(readTemplate({ styles: STYLES, pages: [{ width: 100, height: 100, elements }] }), book);
  return layOut(layout, {
    licence: { ...LICENCE, ...change, items },
    code,
    verificationAddress: 'https://licence.example/v',
  })[0]!;
}

const text = (...parts: Json[]): Json => ({ kind: 'text', box: BOX, style: 'value', parts });
const words = ({ filled }: LaidPage) =>
  filled.runs.map(({ path, format, codePoints }) => [path, format, String.fromCodePoint(...codePoints)]);

describe('layOut', () => {
  it('sets items and facts with their paths and formats, and the words between them without', () => {
    const page = lay(
      [
        text(
          { text: '自' },
          { item: 'from', format: 'date' },
          { text: '至' },
          { fact: 'validUntil', format: 'date' },
          { item: 'count', style: 'red' },
        ),
      ],
      {
        from: '2026-03-05',
        count: 3,
      },
    );
    expect(words(page)).toEqual([
      [null, null, '自'],
      ['from', 'date', '2026年03月05日'],
      [null, null, '至'],
      ['@validUntil', 'date', '长期'],
      ['count', 'text', '3'],
    ]);
    expect(page.filled.runs.at(-1)).toMatchObject({ font: 'hei', colour: '#ff0000' });
    expect(page.items.map(({ path }) => path)).toEqual(['from', '@validUntil', 'count']);
  });

  it('shows every fact', () => {
    const facts = ['number', 'identifier', 'issuerName', 'verificationAddress', 'issuedOn', 'validFrom'].map((fact) =>
      text({ fact }),
    );
    expect(words(lay(facts)).map(([, , shown]) => shown)).toEqual([
      'JY1',
      '1.2.156.3005.2.1',
      '示例市行政审批局',
      'https://licence.example/v',
      '2026-11-24',
      '2026-11-24',
    ]);
  });

  it('gives an item that stands alone the whole box, and one that is absent nothing', () => {
    expect(lay([text({ item: 'name' })], { name: '示例' }).items).toEqual([{ path: 'name', boxes: [BOX] }]);
    expect(
      lay([text({ item: 'name' }), { kind: 'picture', box: BOX, item: 'photo' }, { ...table, item: 'rows' }]),
    ).toMatchObject({ items: [], filled: { runs: [], pictures: [] } });
  });

  const table: { [key: string]: Json } = {
    kind: 'table',
    box: BOX,
    style: 'value',
    item: 'rows',
    rowGap: 1,
    columns: [
      { key: 'category', width: 20, gap: 2 },
      { key: 'content', width: 30 },
    ],
  };

  it('sets the rows of a table one below the other, at one size for all', () => {
    const rows: Json = [
      { category: '食品销售', content: '散装食品销售' },
      { category: '餐饮服务', content: '热食类食品制售热食类食品制售热食类食品制售' },
      { category: '其他' },
    ];
    const page = lay([table], { rows });
    expect(page.items.map(({ path }) => path)).toEqual([
      'rows/0/category',
      'rows/0/content',
      'rows/1/category',
      'rows/1/content',
      'rows/2/category',
      'rows/2/content',
    ]);
    expect(new Set(page.filled.runs.map(({ size }) => size)).size).toBe(1);
    const box = (path: string) => page.items.find((item) => item.path === path)!.boxes[0]!;
    expect(box('rows/0/content').x).toBe(32);
    expect(box('rows/1/content').height).toBeGreaterThan(box('rows/0/content').height * 1.9);
    expect(box('rows/2/category').y).toBeCloseTo(box('rows/1/category').y + box('rows/1/category').height + 1);
    expect(box('rows/2/content').y + box('rows/2/content').height).toBeLessThanOrEqual(40.001);
  });

  it('refuses a table that does not fit, and values that are not what their place shows', () => {
    expect(() => lay([table], { rows: Array.from({ length: 20 }, () => ({ category: '一', content: '二' })) })).toThrow(
      expect.objectContaining({ code: 'LAYOUT_OVERFLOW', more: { details: { field: 'rows' } } }),
    );
    const narrow = { ...table, columns: [{ key: 'category', width: 1 }] };
    expect(() => lay([narrow], { rows: [{ category: '一' }] })).toThrow(
      expect.objectContaining({ code: 'LAYOUT_OVERFLOW' }),
    );
    const malformed = expect.objectContaining({ code: 'TEMPLATE_MALFORMED' });
    expect(() => lay([table], { rows: 'none' })).toThrow(malformed);
    expect(() => lay([{ kind: 'picture', box: BOX, item: 'photo' }], { photo: 7 })).toThrow(malformed);
    expect(() => lay([text({ item: 'name' })], { name: ['a'] })).toThrow(malformed);
    expect(() => lay([text({ item: 'day', format: 'date' })], { day: 'today' })).toThrow(malformed);
    expect(() => faceText(7, 'date')).toThrow(malformed);
  });

  it('fits a picture into its box without changing its shape', () => {
    // A grey PNG of 2 x 1 pixels.
    const photo = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGMQ+AAAARMBAXVbZvwAAAAASUVORK5CYII=';
    const page = lay([{ kind: 'picture', box: { x: 0, y: 0, width: 30, height: 40 }, item: 'photo' }], { photo });
    expect(page.filled.pictures).toEqual([
      expect.objectContaining({ path: 'photo', box: { x: 0, y: 12.5, width: 30, height: 15 } }),
    ]);
    expect(page.items).toEqual([{ path: 'photo', boxes: [{ x: 0, y: 0, width: 30, height: 40 }] }]);
  });

  it('makes the code a QR symbol with its quiet zone, and refuses one that is too long', () => {
    const [symbol] = lay([{ kind: 'qr', box: { x: 0, y: 0, width: 30, height: 30 } }]).filled.symbols;
    const side = symbol!.modules.length;
    expect((side - 8 - 17) % 4).toBe(0);
    symbol!.modules.forEach((row, y) =>
      row.forEach((dark, x) => dark && expect(Math.min(x, y, side - 1 - x, side - 1 - y)).toBeGreaterThanOrEqual(4)),
    );
    expect(() => lay([{ kind: 'qr', box: BOX }], {}, {}, 'x'.repeat(3000))).toThrow(
      expect.objectContaining({ code: 'CODE_TOO_LONG' }),
    );
  });

  it('places the seal, and marks a sample and only a sample', () => {
    expect(lay([{ kind: 'seal', centre: [50, 60] }]).sealCentre).toEqual({ x: 50, y: 60 });
    expect(lay([text({ text: '一' })]).sealCentre).toBeNull();
    expect(lay([text({ text: '一' })]).fixed.paths).toHaveLength(0);
    expect(lay([text({ text: '一' })], {}, { sample: true }).fixed.paths).toHaveLength(1);
  });

  it("shares the template's own part between licences", () => {
    const layout = prepareLayout(
      readTemplate({
        styles: STYLES,
        pages: [{ width: 100, height: 100, elements: [text({ text: '一' }), text({ item: 'name' })] }],
      }),
      book,
    );
    const fixed = (name: string) =>
      layOut(layout, { licence: { ...LICENCE, items: { name } }, code: 'a', verificationAddress: 'b' })[0]!.fixed;
    expect(fixed('甲')).toBe(fixed('乙'));
    expect(fixed('甲').runs).toHaveLength(1);
  });

  it('draws lines, frames, borders and rosettes', () => {
    const page = lay([
      { kind: 'line', from: [1, 2], to: [3, 4], colour: '#000000', strokeWidth: 0.1 },
      { kind: 'frame', box: BOX, colour: null, strokeWidth: 0.1, fill: '#ffffff' },
      { kind: 'frame', box: BOX, colour: '#000000', strokeWidth: 0.1 },
      { kind: 'rosette', centre: [50, 50], radius: 20, petals: 8, rings: 2, colour: '#eeeeee', strokeWidth: 0.1 },
      {
        kind: 'border',
        box: { x: 5, y: 5, width: 90, height: 90 },
        band: 8,
        colours: ['#111111', '#222222', '#333333'],
      },
      {
        kind: 'border',
        box: { x: 5, y: 5, width: 25, height: 25 },
        band: 8,
        colours: ['#111111', '#222222', '#333333'],
      },
    ]);
    expect(page.fixed.paths.slice(0, 3)).toEqual([
      {
        steps: [
          ['M', 1, 2],
          ['L', 3, 4],
        ],
        fill: null,
        stroke: '#000000',
        strokeWidth: 0.1,
      },
      { steps: [['R', 10, 10, 60, 30]], fill: '#ffffff', stroke: null, strokeWidth: 0.1 },
      { steps: [['R', 10, 10, 60, 30]], fill: null, stroke: '#000000', strokeWidth: 0.1 },
    ]);
    for (const { steps } of page.fixed.paths.slice(3))
      for (const step of steps)
        for (const value of step.slice(1))
          expect(Number.isFinite(value) && Number(value) >= 0 && Number(value) <= 100).toBe(true);
  });

  it('names an unknown style when a template was not checked', () => {
    const unchecked = {
      styles: {},
      pages: [{ width: 9, height: 9, elements: [{ kind: 'text', box: BOX, style: 'x', parts: [{ text: '一' }] }] }],
    } as const;
    expect(() => prepareLayout(unchecked, book)).toThrow(expect.objectContaining({ code: 'TEMPLATE_MALFORMED' }));
    const long = {
      styles: STYLES,
      pages: [
        {
          width: 9,
          height: 9,
          elements: [{ kind: 'text', box: BOX, style: 'value', parts: [{ text: '一二三四五六七八九十'.repeat(99) }] }],
        },
      ],
    } as never;
    expect(() => prepareLayout(long, book)).toThrow(
      expect.objectContaining({ more: { details: { field: '一二三四五六七八九十一二' } } }),
    );
  });
});
