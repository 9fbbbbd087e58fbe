import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../../src/core/errors/index.js';
import { readTemplate } from '../../../../src/core/renditions/index.js';

const TEMPLATES = join(import.meta.dirname, '../../../../templates');
const STYLE = { fonts: ['kai'], sizePt: 12, colour: '#000000' };
const BOX = { x: 1, y: 1, width: 10, height: 10 };
const TEXT = { kind: 'text', box: BOX, style: 'value', parts: [{ text: '名称' }] };
const layout = (element: Json, styles: Json = { value: STYLE }): Json => ({
  styles,
  pages: [{ width: 210, height: 297, elements: [element] }],
});

describe('readTemplate', () => {
  it.each(['business-licence', 'food-business-licence', 'residence-certificate'])(
    'accepts the layout of %s',
    (type) => {
      const value = JSON.parse(readFileSync(join(TEMPLATES, type, 'layout.json'), 'utf8')) as Json;
      expect(readTemplate(value)).toBe(value);
    },
  );

  it('accepts each kind of element with all that it may have', () => {
    const kinds: Json[] = [
      {
        ...TEXT,
        align: 'justify',
        vertical: 'middle',
        wrap: false,
        indent: 2,
        parts: [{ text: 'a', style: 'value' }, { item: 'name', format: 'date' }, { fact: 'number' }],
      },
      { kind: 'table', box: BOX, style: 'value', item: 'list', rowGap: 0, columns: [{ key: 'a', width: 5, gap: 1 }] },
      { kind: 'picture', box: BOX, item: 'photo' },
      { kind: 'line', from: [0, 0], to: [9, 9], colour: '#000000', strokeWidth: 0.1 },
      { kind: 'frame', box: BOX, colour: null, strokeWidth: 0.1, fill: '#ffffff' },
      { kind: 'border', box: BOX, band: 5, colours: ['#000000', '#000000', '#000000'] },
      { kind: 'rosette', centre: [5, 5], radius: 5, petals: 5, rings: 2, colour: '#000000', strokeWidth: 0.1 },
      { kind: 'qr', box: BOX },
      { kind: 'seal', centre: [5, 5] },
    ];
    for (const kind of kinds) expect(() => readTemplate(layout(kind))).not.toThrow();
  });

  it.each<[string, Json, string]>([
    ['no object', 'text', 'layout'],
    ['no pages', { styles: {} }, 'pages'],
    ['an unknown member', { ...(layout(TEXT) as object), more: 1 }, 'more'],
    ['an unknown kind', layout({ kind: 'image' }), 'pages/0/elements/0/kind'],
    ['a kind that every object has', layout({ kind: 'toString' }), 'pages/0/elements/0/kind'],
    ['a misspelt member', layout({ ...TEXT, alig: 'left' }), 'pages/0/elements/0/alig'],
    ['a missing member', layout({ kind: 'qr' }), 'pages/0/elements/0/box'],
    ['a box without height', layout({ kind: 'qr', box: { x: 1, y: 1, width: 3 } }), 'pages/0/elements/0/box/height'],
    ['a list where a box stands', layout({ kind: 'qr', box: [1] }), 'pages/0/elements/0/box'],
    ['an unknown alignment', layout({ ...TEXT, align: 'middle' }), 'pages/0/elements/0/align'],
    ['a text that is a number', layout({ ...TEXT, parts: [{ text: 1 }] }), 'pages/0/elements/0/parts/0/text'],
    ['no parts', layout({ ...TEXT, parts: [] }), 'pages/0/elements/0/parts'],
    ['an unknown fact', layout({ ...TEXT, parts: [{ fact: 'age' }] }), 'pages/0/elements/0/parts/0/fact'],
    ['a flag that is a text', layout({ ...TEXT, wrap: 'no' }), 'pages/0/elements/0/wrap'],
    ['a colour by name', layout(TEXT, { value: { ...STYLE, colour: 'red' } }), 'styles/value/colour'],
    ['an unknown font', layout(TEXT, { value: { ...STYLE, fonts: ['arial'] } }), 'styles/value/fonts/0'],
    ['a style that is not there', layout(TEXT, {}), 'pages/0/elements/0'],
    [
      'a style of a part that is not there',
      layout({ ...TEXT, parts: [{ text: 'a', style: 'toString' }] }),
      'pages/0/elements/0',
    ],
    ['a point of three numbers', layout({ kind: 'seal', centre: [1, 2, 3] }), 'pages/0/elements/0/centre'],
  ])('refuses %s and says where', (_, value, at) => {
    expect(() => readTemplate(value)).toThrow(
      expect.objectContaining({ code: 'TEMPLATE_MALFORMED', more: { details: { at } } }),
    );
  });
});
