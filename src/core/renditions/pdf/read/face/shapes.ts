import { PdfKeyword, PdfParser, isRegular } from '../parser.js';
import { Bounds, type Matrix, type Rectangle } from './geometry.js';

/** Bytes that numbers and the space between them are made of. */
const OPERAND = new Uint8Array(256);
for (const sign of '0123456789+-. \n\r\t') OPERAND[sign.charCodeAt(0)] = 1;

const BUILD = 1;
const PAINT = 2;
/** Operators of ISO 32000-2 8.5 by their first byte; `re` and the starred ones are looked at further. */
const SHAPE = new Uint8Array(256);
for (const sign of 'mlcvyh') SHAPE[sign.charCodeAt(0)] = BUILD;
for (const sign of 'fFSsBbn') SHAPE[sign.charCodeAt(0)] = PAINT;

/**
 * Where the path operator ends that stands at `at` behind nothing but numbers: the offset for one that builds the
 * path, the negative offset for one that paints it, 0 when something else stands there.
 */
export function passShape(content: Uint8Array, at: number): number {
  const size = content.length;
  let end = at;
  while (end < size && OPERAND[content[end]!] === 1) end++;
  if (end >= size) return 0;
  let kind = SHAPE[content[end]!]!;
  const second = end + 1 < size ? content[end + 1] : 0;
  if (content[end] === 114 && second === 101) {
    kind = BUILD;
    end += 2;
  } else end += kind === PAINT && second === 42 ? 2 : 1;
  if (kind === 0 || (end < size && isRegular(content[end]))) return 0;
  return kind === PAINT ? -end : end;
}

const NO_VALUES: readonly number[] = [];

/** Bounding box, after `ctm`, of the points (control points too) of the path written between `from` and `to`. */
export function pathBounds(content: Uint8Array, from: number, to: number, ctm: Matrix): Rectangle {
  const bounds = new Bounds();
  const parser = new PdfParser(content, from, to, false);
  let numbers: number[] = [];
  for (let token = parser.next(); token !== undefined; token = parser.next()) {
    if (typeof token === 'number') numbers.push(token);
    else if (token instanceof PdfKeyword) {
      for (const [x, y] of points(token.word, numbers)) bounds.add(ctm, x, y);
      numbers = [];
    }
  }
  return bounds.take();
}

function points(word: string, numbers: readonly number[]): readonly (readonly [number, number])[] {
  const [x, y, width, height] = numbers as [number, number, number, number];
  if (word === 're' && numbers.length === 4)
    return [
      [x, y],
      [x + width, y],
      [x, y + height],
      [x + width, y + height],
    ];
  const values = word.length === 1 ? numbers : NO_VALUES;
  const out: [number, number][] = [];
  for (let i = 0; i + 1 < values.length; i += 2) out.push([values[i]!, values[i + 1]!]);
  return out;
}
