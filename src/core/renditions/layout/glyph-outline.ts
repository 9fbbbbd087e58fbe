import { FontBytes, fontMalformed } from './font-bytes.js';
import type { Font } from './font.js';

interface Point {
  readonly x: number;
  readonly y: number;
  readonly on: boolean;
}

/** Closed curves of one glyph in font units, y up: quadratic B-splines as TrueType keeps them. */
type Contour = readonly Point[];

/** A component of a composite glyph: its glyph number stands at `glyphAt`. */
export interface Component {
  readonly glyph: number;
  readonly glyphAt: number;
  readonly matrix: readonly [number, number, number, number, number, number];
}

// Composite flags of the glyf table.
const WORDS = 0x0001;
const XY_VALUES = 0x0002;
const ONE_SCALE = 0x0008;
const MORE = 0x0020;
const TWO_SCALES = 0x0040;
const MATRIX = 0x0080;
/** Fonts in use nest once or twice; the limit ends a cycle of hostile components. */
const MAX_DEPTH = 6;

/** Components of a composite glyph, none for a simple or an empty one. */
export function componentsOf(outline: Uint8Array): Component[] {
  const glyf = new FontBytes(outline);
  if (glyf.length === 0 || glyf.i16(0) >= 0) return [];
  const out: Component[] = [];
  let at = 10;
  let flags: number;
  do {
    flags = glyf.u16(at);
    if (!(flags & XY_VALUES)) throw fontMalformed('a component is placed by points');
    const glyphAt = at + 2;
    const [dx, dy] = flags & WORDS ? [glyf.i16(at + 4), glyf.i16(at + 6)] : [glyf.i8(at + 4), glyf.i8(at + 5)];
    at += flags & WORDS ? 8 : 6;
    const part = (index: number) => glyf.i16(at + 2 * index) / 16384;
    let scale: [number, number, number, number] = [1, 0, 0, 1];
    if (flags & ONE_SCALE) scale = [part(0), 0, 0, part(0)];
    else if (flags & TWO_SCALES) scale = [part(0), 0, 0, part(1)];
    else if (flags & MATRIX) scale = [part(0), part(1), part(2), part(3)];
    at += flags & ONE_SCALE ? 2 : flags & TWO_SCALES ? 4 : flags & MATRIX ? 8 : 0;
    out.push({ glyph: glyf.u16(glyphAt), glyphAt, matrix: [...scale, dx, dy] });
  } while (flags & MORE);
  return out;
}

export function contoursOf(font: Font, glyph: number, depth = 0): Contour[] {
  if (depth > MAX_DEPTH) throw fontMalformed('components are nested too deeply');
  const outline = font.outlineBytes(glyph);
  if (outline.length === 0) return [];
  const components = componentsOf(outline);
  if (components.length === 0) return simpleContours(new FontBytes(outline));
  return components.flatMap(({ glyph: part, matrix: [a, b, c, d, e, f] }) =>
    contoursOf(font, part, depth + 1).map((contour) =>
      contour.map(({ x, y, on }) => ({ x: a * x + c * y + e, y: b * x + d * y + f, on })),
    ),
  );
}

function simpleContours(glyf: FontBytes): Contour[] {
  const count = glyf.i16(0);
  const ends = Array.from({ length: count }, (_, i) => glyf.u16(10 + 2 * i));
  const points = (ends.at(-1) ?? -1) + 1;
  let at = 10 + 2 * count;
  at += 2 + glyf.u16(at);
  const flags: number[] = [];
  while (flags.length < points) {
    const flag = glyf.u8(at++);
    const repeats = flag & 8 ? glyf.u8(at++) : 0;
    for (let i = 0; i <= repeats; i++) flags.push(flag);
  }
  const readAxis = (short: number, same: number): number[] => {
    let value = 0;
    return flags.slice(0, points).map((flag) => {
      if (flag & short) value += flag & same ? glyf.u8(at++) : -glyf.u8(at++);
      else if (!(flag & same)) {
        value += glyf.i16(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = readAxis(2, 16);
  const ys = readAxis(4, 32);
  return ends.map((end, i) => {
    const contour: Point[] = [];
    for (let p = i === 0 ? 0 : ends[i - 1]! + 1; p <= end; p++)
      contour.push({ x: xs[p]!, y: ys[p]!, on: (flags[p]! & 1) === 1 });
    return contour;
  });
}
