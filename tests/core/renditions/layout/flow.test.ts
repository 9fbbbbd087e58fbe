import { beforeAll, describe, expect, it } from '@jest/globals';
import type { FontBook, FontName } from '../../../../src/core/renditions/index.js';
import { MM_PER_POINT, layFlow } from '../../../../src/core/renditions/layout/flow.js';
import type { Flow, LaidFlow } from '../../../../src/core/renditions/layout/flow.js';
import type { TextStyle } from '../../../../src/core/renditions/layout/template.js';
import { realFonts } from './fonts.js';

/** Ten points to the em of this style are 3.53 mm: a box of ten ems is 35.28 mm wide. */
const EM = 10 * MM_PER_POINT;
const STYLE: TextStyle = { fonts: ['kai', 'song', 'hei'], sizePt: 10, colour: '#000000', leading: 1.4 };

let book: FontBook;
beforeAll(async () => {
  book = await realFonts();
});

function lay(
  text: string,
  change: Partial<Flow> = {},
  style: Partial<TextStyle> = {},
  path: string | null = 'name',
): LaidFlow {
  const own = { ...STYLE, ...style };
  return layFlow(
    {
      parts: [{ text, fonts: own.fonts, colour: own.colour, path, format: path === null ? null : 'text' }],
      box: { x: 10, y: 20, width: 10 * EM, height: 100 },
      style: own,
      align: 'left',
      vertical: 'top',
      wrap: true,
      indent: 0,
      field: '标题',
      ...change,
    },
    book,
  );
}

/** Texts of the lines, by their baselines. */
function linesOf({ runs }: LaidFlow): string[] {
  const lines = new Map<number, string>();
  for (const { y, codePoints } of runs) lines.set(y, (lines.get(y) ?? '') + String.fromCodePoint(...codePoints));
  return [...lines.values()];
}

const endOf = ({ runs }: LaidFlow, line = 0): number => {
  const run = runs.filter(({ y }) => y === [...new Set(runs.map((each) => each.y))][line]).at(-1)!;
  return run.x + run.advances.reduce((sum, advance) => sum + advance, 0);
};

describe('layFlow', () => {
  it('breaks Chinese anywhere, at the width of the box', () => {
    expect(linesOf(lay('一二三四五六七八九十一二三四五'))).toEqual(['一二三四五六七八九十', '一二三四五']);
  });

  it('keeps closing marks from the head of a line and opening ones from its foot', () => {
    expect(linesOf(lay('一二三四五六七八九十，一'))).toEqual(['一二三四五六七八九', '十，一']);
    expect(linesOf(lay('一二三四五六七八九（一）'))).toEqual(['一二三四五六七八九', '（一）']);
  });

  it('keeps numbers and Latin words whole, but cuts one that is longer than a line', () => {
    expect(linesOf(lay('一二三四五六七八九12345号'))).toEqual(['一二三四五六七八九', '12345号']);
    expect(linesOf(lay('M'.repeat(30))).join('')).toBe('M'.repeat(30));
    expect(linesOf(lay('，'.repeat(12)))).toEqual(['，'.repeat(10), '，，']);
  });

  it('ends lines where the text says so, and indents each paragraph', () => {
    const laid = lay('一二三\n四五六', { indent: 2 });
    expect(linesOf(laid)).toEqual(['一二三', '四五六']);
    expect(laid.runs.map(({ x }) => x)).toEqual([10 + 2 * EM, 10 + 2 * EM]);
    expect(linesOf(lay('一二三四五六七八九十', { indent: 2 }))).toEqual(['一二三四五六七八', '九十']);
  });

  it('aligns to the left, the middle, the right, and fills the width', () => {
    const start = (align: Flow['align'], text = '一二三') => lay(text, { align }).runs[0]!.x;
    expect(start('left')).toBe(10);
    expect(start('centre')).toBeCloseTo(10 + 3.5 * EM);
    expect(start('right')).toBeCloseTo(10 + 7 * EM);
    expect(start('distribute')).toBe(10);
    const spread = lay('名称', { align: 'distribute' }).runs[0]!;
    expect(spread.x + spread.advances[0]! + EM).toBeCloseTo(10 + 10 * EM, 2);
    expect(start('distribute', '一')).toBe(10);
    const justified = lay('一二三四五六七八九（一）', { align: 'justify' });
    expect(justified.runs[0]!.advances[0]!).toBeCloseTo((10 * EM) / 9 + EM / 72, 1);
    expect(endOf(justified, 1)).toBeLessThan(10 + 4 * EM);
  });

  it('does not count letter spacing behind the last character', () => {
    const { x, advances } = lay('一二', { align: 'right' }, { spacing: 0.5 }).runs[0]!;
    expect(x + advances[0]! + EM).toBeCloseTo(10 + 10 * EM);
  });

  it('stands at the top, in the middle or at the bottom of the box', () => {
    const baseline = (vertical: Flow['vertical']) => lay('一', { vertical }).runs[0]!.y;
    const line = 1.4 * EM;
    expect(baseline('top')).toBeCloseTo(20 + 0.2 * EM + 0.88 * EM);
    expect(baseline('bottom') - baseline('top')).toBeCloseTo(100 - line);
    expect(baseline('middle') - baseline('top')).toBeCloseTo((100 - line) / 2);
  });

  it('shrinks a long value until it fits, half a point at a time', () => {
    const box = { x: 0, y: 0, width: 10 * EM, height: 1.4 * EM };
    expect(lay('一二三四五六七八九十一', { box }, { minPt: 6 }).runs[0]!.size).toBeCloseTo(9 * MM_PER_POINT);
    expect(lay('一二三四五六七八九十一', { box, wrap: false }, { minPt: 6 }).runs[0]!.size).toBeCloseTo(
      9 * MM_PER_POINT,
    );
  });

  it('refuses a value that does not fit at the smallest size, and names the field', () => {
    const box = { x: 0, y: 0, width: 10 * EM, height: 1.4 * EM };
    const error = (field: string) => expect.objectContaining({ code: 'LAYOUT_OVERFLOW', more: { details: { field } } });
    expect(() => lay('一'.repeat(11), { box })).toThrow(error('name'));
    expect(() => lay('一'.repeat(30), { box, wrap: false }, { minPt: 6 })).toThrow(error('name'));
    expect(() => lay('一'.repeat(30), { box }, {}, null)).toThrow(error('标题'));
    expect(() => lay('一', { box: { ...box, width: EM / 2 } })).toThrow(error('name'));
    const parts: Flow['parts'] = ['短', '长'.repeat(40)].map((text, i) => ({
      text,
      fonts: STYLE.fonts,
      colour: '#000000',
      path: `item${i}`,
      format: 'text',
    }));
    expect(() => lay('', { parts, box })).toThrow(error('item1'));
  });

  it('takes a character from the next font of the chain, and only that character', () => {
    const chain = (fonts: FontName[], text: string) =>
      lay(text, {}, { fonts }).runs.map(({ font, codePoints }) => [font, String.fromCodePoint(...codePoints)]);
    expect(chain(['song', 'kai'], '王𠮷山')).toEqual([
      ['song', '王'],
      ['kai', '𠮷'],
      ['song', '山'],
    ]);
    expect(chain(['kai', 'song'], '㛃䶮𬭎')).toEqual([['kai', '㛃䶮𬭎']]);
    expect(chain(['song', 'hei'], '㛃䶮𬭎')).toEqual([['song', '㛃䶮𬭎']]);
  });

  it('refuses a character that no font draws with its code point and field: one unknown, one without ink, a control', () => {
    const missing = (codePoint: string, field: string) =>
      expect.objectContaining({ code: 'GLYPH_MISSING', more: { details: { codePoint, field } } });
    expect(() => lay('王\u{2ffff}')).toThrow(missing('U+2FFFF', 'name'));
    expect(() => lay('王\u200b')).toThrow(missing('U+200B', 'name'));
    expect(() => lay('\t', {}, {}, null)).toThrow(missing('U+0009', '标题'));
    expect(lay('一 　二').runs).toHaveLength(1);
    expect(() =>
      layFlow(
        {
          ...({} as Flow),
          parts: [{ text: '一', fonts: ['none' as FontName], colour: '#000000', path: null, format: null }],
          style: STYLE,
          field: 'x',
        },
        book,
      ),
    ).toThrow(expect.objectContaining({ code: 'FONT_UNKNOWN' }));
  });

  it('answers the boxes of items inside a sentence, line by line', () => {
    const part = (text: string, path: string | null) => ({
      text,
      fonts: STYLE.fonts,
      colour: STYLE.colour,
      path,
      format: 'text' as const,
    });
    const { items } = lay('', {
      parts: [part('现住于', null), part('示例省示例市青禾区样本路', 'address'), part('。', null)],
    });
    expect(items.map(({ path, boxes }) => [path, boxes.length])).toEqual([['address', 2]]);
    expect(items[0]!.boxes[0]!.x).toBeCloseTo(10 + 3 * EM);
    expect(items[0]!.boxes[0]!.width).toBeCloseTo(7 * EM);
    expect(items[0]!.boxes[1]).toEqual({
      x: 10,
      y: 20 + 1.4 * EM,
      width: expect.closeTo(5 * EM),
      height: expect.closeTo(1.4 * EM),
    });
  });
});
