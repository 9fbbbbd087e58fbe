import type { Json } from '../../errors/index.js';
import { LayoutError } from './errors.js';
import { FACE_FACTS } from './face-text.js';
import type { LayoutTemplate } from './template.js';

type Check = (value: Json | undefined, at: string) => void;

/**
 * Checks parsed JSON to be a layout, members and kinds, and that each style named is there. Throws TEMPLATE_MALFORMED
 * with the place (`pages/0/elements/3/box`).
 */
export function readTemplate(value: Json): LayoutTemplate {
  template(value, '');
  const layout = value as unknown as LayoutTemplate;
  for (const [p, page] of layout.pages.entries())
    for (const [e, element] of page.elements.entries()) {
      const styles = 'style' in element ? [element.style] : [];
      if (element.kind === 'text')
        for (const part of element.parts) if (part.style !== undefined) styles.push(part.style);
      for (const style of styles)
        if (!Object.hasOwn(layout.styles, style)) throw wrong(`pages/${p}/elements/${e}`, `the style ${style}`);
    }
  return layout;
}

function wrong(at: string, what: string): LayoutError {
  const place = at === '' ? 'layout' : at;
  return new LayoutError(
    'TEMPLATE_MALFORMED',
    { en: `the layout is wrong at ${place}: it lacks ${what}`, zh: `版面数据有误（${place}）` },
    { details: { at: place } },
  );
}

const number =
  (least: number): Check =>
  (value, at) => {
    if (typeof value !== 'number' || !Number.isFinite(value) || value < least)
      throw wrong(at, `a number of at least ${least}`);
  };
const text: Check = (value, at) => {
  if (typeof value !== 'string') throw wrong(at, 'a text');
};
const flag: Check = (value, at) => {
  if (typeof value !== 'boolean') throw wrong(at, 'true or false');
};
const colour: Check = (value, at) => {
  if (typeof value !== 'string' || !/^#[0-9a-f]{6}$/.test(value)) throw wrong(at, 'a colour #rrggbb');
};
const oneOf =
  (...words: readonly (string | null)[]): Check =>
  (value, at) => {
    if (!words.some((word) => word === value)) throw wrong(at, `one of ${words.join(', ')}`);
  };
const list =
  (entry: Check, least: number, most = Infinity): Check =>
  (value, at) => {
    if (!Array.isArray(value) || value.length < least || value.length > most)
      throw wrong(at, `a list of ${least} or more`);
    value.forEach((each: Json, i) => entry(each, join(at, i)));
  };
const either =
  (first: Check, isFirst: (value: Json | undefined) => boolean, second: Check): Check =>
  (value, at) =>
    (isFirst(value) ? first : second)(value, at);

/** Members named with a question mark may be absent; unknown members are refused, so that a typing error is seen. */
function object(members: Readonly<Record<string, Check>>): Check {
  return (value, at) => {
    const fields = recordOf(value, at);
    for (const key of Object.keys(fields))
      if (!(key in members) && !(`${key}?` in members)) throw wrong(join(at, key), 'a known member');
    for (const [key, check] of Object.entries(members)) {
      const name = key.replace('?', '');
      if (fields[name] === undefined && key.endsWith('?')) continue;
      check(fields[name], join(at, name));
    }
  };
}

function recordOf(value: Json | undefined, at: string): Readonly<Record<string, Json>> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw wrong(at, 'an object');
  return value as Readonly<Record<string, Json>>;
}

const join = (at: string, key: string | number) => (at === '' ? String(key) : `${at}/${key}`);

const FONTS = oneOf('song', 'song-bold', 'hei', 'hei-bold', 'kai');
const point = list(number(0), 2, 2);
const box = object({ x: number(0), y: number(0), width: number(0.1), height: number(0.1) });
const style = object({
  fonts: list(FONTS, 1),
  sizePt: number(1),
  'minPt?': number(1),
  colour,
  'leading?': number(1),
  'spacing?': number(0),
});
const format = oneOf('text', 'date');

const part: Check = (value, at) => {
  const fields = recordOf(value, at);
  if ('text' in fields) object({ text, 'style?': text })(value, at);
  else if ('item' in fields) object({ item: text, 'format?': format, 'style?': text })(value, at);
  else object({ fact: oneOf(...FACE_FACTS), 'format?': format, 'style?': text })(value, at);
};

const kind: Check = () => undefined;
const ELEMENTS: Readonly<Record<string, Check>> = {
  text: object({
    kind,
    box,
    style: text,
    'align?': oneOf('left', 'centre', 'right', 'justify', 'distribute'),
    'vertical?': oneOf('top', 'middle', 'bottom'),
    'wrap?': flag,
    'indent?': number(0),
    parts: list(part, 1),
  }),
  table: object({
    kind,
    box,
    style: text,
    item: text,
    rowGap: number(0),
    columns: list(object({ key: text, width: number(1), 'gap?': number(0) }), 1),
  }),
  picture: object({ kind, box, item: text }),
  line: object({ kind, from: point, to: point, colour, strokeWidth: number(0.01) }),
  frame: object({
    kind,
    box,
    colour: either(oneOf(null), (value) => value === null, colour),
    strokeWidth: number(0.01),
    'fill?': colour,
  }),
  border: object({ kind, box, band: number(4), colours: list(colour, 3, 3) }),
  rosette: object({
    kind,
    centre: point,
    radius: number(1),
    petals: number(3),
    rings: number(1),
    colour,
    strokeWidth: number(0.01),
  }),
  qr: object({ kind, box }),
  seal: object({ kind, centre: point }),
};

const element: Check = (value, at) => {
  const name = recordOf(value, at)['kind'];
  const check = typeof name === 'string' && Object.hasOwn(ELEMENTS, name) ? ELEMENTS[name] : undefined;
  if (!check) throw wrong(join(at, 'kind'), `one of ${Object.keys(ELEMENTS).join(', ')}`);
  check(value, at);
};

const styles: Check = (value, at) => {
  for (const [name, each] of Object.entries(recordOf(value, at))) style(each, join(at, name));
};

const template = object({
  '$schema?': text,
  styles,
  pages: list(object({ width: number(20), height: number(20), elements: list(element, 1) }), 1),
});
