import type { SealPicture } from '../../seal/index.js';
import { circleSteps } from './curve.js';
import { findGlyph } from './font-book.js';
import type { FontBook, FontName } from './font-book.js';
import type { PathStep, VectorPath } from './laid-page.js';
import { outlineSteps } from './outline-steps.js';

export const SEAL_RED = '#e60012';
const CHAIN: readonly FontName[] = ['song-bold', 'hei', 'song', 'kai'];
/** Shares of the diameter, after the 42 mm seals of departments: 1.2 mm ring, 14 mm star, 5.6 mm characters. */
const RING = 1.2 / 42;
const STAR = 7 / 42;
const ARC_HEIGHT = 5.6 / 42;
const LINE_HEIGHT = 4.2 / 42;
const CODE_HEIGHT = 1.9 / 42;
/** The arc text may take this much of the circle; less when something stands at its foot. */
const WIDEST_ARC = (250 / 180) * Math.PI;
const CODE_ARC = (80 / 180) * Math.PI;
/** Characters are never narrower than this share of their height; below it they become smaller. */
const NARROWEST = 0.5;

/** The round seal as vectors, in a square of `diameterMm` with its origin at the top left corner. Throws GLYPH_MISSING. */
export function sealPaths(picture: SealPicture, book: FontBook): VectorPath[] {
  const d = picture.diameterMm;
  const radius = d / 2;
  const ring = RING * d;
  const solid = (steps: PathStep[]): VectorPath => ({ steps, fill: SEAL_RED, stroke: null, strokeWidth: 0 });
  const paths: VectorPath[] = [
    { steps: circleSteps(radius, radius, radius - ring / 2), fill: null, stroke: SEAL_RED, strokeWidth: ring },
    solid(
      arcText(picture.arcText, book, {
        centre: radius,
        outer: radius - 2 * ring,
        height: ARC_HEIGHT * d,
        widest: WIDEST_ARC,
        foot: false,
      }),
    ),
  ];
  if (picture.centre === 'star') paths.push(solid(star(radius, STAR * d)));
  if (picture.bottomLine !== null) paths.push(solid(straightText(picture.bottomLine, book, radius, LINE_HEIGHT * d)));
  if (picture.code !== null)
    paths.push(
      solid(
        arcText(picture.code, book, {
          centre: radius,
          outer: radius - 1.6 * ring,
          height: CODE_HEIGHT * d,
          widest: CODE_ARC,
          foot: true,
        }),
      ),
    );
  return paths;
}

function star(centre: number, radius: number): PathStep[] {
  // Inner radius of a regular pentagram: its edges run straight from tip to tip.
  const inner = (radius * Math.sin(Math.PI / 10)) / Math.sin((7 * Math.PI) / 10);
  const steps: PathStep[] = [];
  for (let i = 0; i < 10; i++) {
    const angle = (i * Math.PI) / 5 - Math.PI / 2;
    const r = i % 2 === 0 ? radius : inner;
    steps.push([i === 0 ? 'M' : 'L', centre + r * Math.cos(angle), centre + r * Math.sin(angle)]);
  }
  return [...steps, ['Z']];
}

interface Arc {
  readonly centre: number;
  /** Where the far edge of the characters lies. */
  readonly outer: number;
  readonly height: number;
  readonly widest: number;
  /** At the foot characters stand with their heads inward and run the other way round. */
  readonly foot: boolean;
}

/** Any length: characters draw closer, then narrower, then smaller. */
function arcText(text: string, book: FontBook, arc: Arc): PathStep[] {
  const glyphs = [...text].map((character) => findGlyph(book, CHAIN, character.codePointAt(0)!, 'seal.arcText'));
  const widths = glyphs.map(({ font, glyph }) => font.advanceOf(glyph) / font.unitsPerEm);
  const total = widths.reduce((sum, width) => sum + width, 0);
  let { height } = arc;
  const middleOf = (h: number) => arc.outer - h / 2;
  // Ems of room per em of text; more than 1.25 would look scattered.
  const room = () => Math.min(1.25, (arc.widest * middleOf(height)) / (total * height));
  while (room() < NARROWEST) height *= 0.96;
  const spread = room();
  const stretch = Math.min(1, spread * 0.94);
  const perEm = (spread * height) / middleOf(height);
  const turn = arc.foot ? -1 : 1;
  let angle = -(total * perEm) / 2;
  const steps: PathStep[] = [];
  glyphs.forEach(({ font, glyph }, i) => {
    const half = (widths[i]! * perEm) / 2;
    angle += half;
    steps.push(...turned(font, glyph, widths[i]!, turn * angle, height, stretch, arc));
    angle += half;
  });
  return steps;
}

type Glyph = ReturnType<typeof findGlyph>;

function turned(
  font: Glyph['font'],
  glyph: number,
  width: number,
  angle: number,
  height: number,
  stretch: number,
  arc: Arc,
): PathStep[] {
  const scale = height / font.unitsPerEm;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const sign = arc.foot ? -1 : 1;
  // The em square's foot is 0.12 em below the baseline; it stands on the inner circle, at the foot of the seal on the outer.
  const base = arc.foot ? arc.outer - 0.12 * height : arc.outer - 0.88 * height;
  const left = (-width * height * stretch) / 2;
  const x = arc.centre + sign * base * sin + left * cos;
  const y = arc.centre - sign * base * cos + left * sin;
  return outlineSteps(font, glyph, [scale * stretch * cos, scale * stretch * sin, scale * sin, -scale * cos, x, y]);
}

/** Centred below the star, narrowed to the chord of the circle there. */
function straightText(text: string, book: FontBook, radius: number, height: number): PathStep[] {
  const glyphs = [...text].map((character) => findGlyph(book, CHAIN, character.codePointAt(0)!, 'seal.bottomLine'));
  const total = glyphs.reduce((sum, { font, glyph }) => sum + font.advanceOf(glyph) / font.unitsPerEm, 0);
  const foot = 0.62 * radius + height / 2;
  const chord = 2 * Math.sqrt((0.88 * radius) ** 2 - foot ** 2);
  const stretch = Math.min(1, chord / (total * height));
  let x = radius - (total * height * stretch) / 2;
  const baseline = radius + foot - 0.12 * height;
  const steps: PathStep[] = [];
  for (const { font, glyph } of glyphs) {
    const scale = height / font.unitsPerEm;
    steps.push(...outlineSteps(font, glyph, [scale * stretch, 0, 0, -scale, x, baseline]));
    x += (font.advanceOf(glyph) / font.unitsPerEm) * height * stretch;
  }
  return steps;
}
