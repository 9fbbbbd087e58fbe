import type { FaceFormat } from './face-text.js';
import type { FontName } from './font-book.js';
import type { PictureFile } from './picture-file.js';

/** All lengths in millimetres, origin at the top left corner of the page, y down. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** `#rrggbb`, sRGB. */
export type Colour = `#${string}`;

export type PathStep =
  | readonly ['M' | 'L', number, number]
  | readonly ['C', number, number, number, number, number, number]
  /** Rectangle: x, y, width, height. */
  | readonly ['R', number, number, number, number]
  | readonly ['Z'];

/** Filled by the non-zero rule, then stroked. */
export interface VectorPath {
  readonly steps: readonly PathStep[];
  readonly fill: Colour | null;
  readonly stroke: Colour | null;
  readonly strokeWidth: number;
}

/** Glyphs of one font on one baseline. `glyphs`, `codePoints` and `advances` have one entry per glyph. */
export interface GlyphRun {
  readonly font: FontName;
  /** Em in millimetres. */
  readonly size: number;
  readonly colour: Colour;
  readonly x: number;
  readonly y: number;
  readonly glyphs: readonly number[];
  readonly codePoints: readonly number[];
  /** To the next glyph's origin: the font's own advance and a space that is the same for the whole run. */
  readonly advances: readonly number[];
  /** Which item of the data this shows (decision 16); null for the template's own words. */
  readonly path: string | null;
  readonly format: FaceFormat | null;
}

export interface PlacedPicture {
  readonly path: string;
  readonly box: Box;
  readonly file: PictureFile;
}

/** A QR symbol: black squares on white. `modules` are rows from the top and hold the quiet zone too. */
export interface PlacedSymbol {
  readonly box: Box;
  readonly modules: readonly (readonly boolean[])[];
}

/** Drawn in this order: paths, symbols, pictures, text. */
export interface LaidContent {
  readonly paths: readonly VectorPath[];
  readonly symbols: readonly PlacedSymbol[];
  readonly pictures: readonly PlacedPicture[];
  readonly runs: readonly GlyphRun[];
}

/** Where the face shows one item: one box, or one per line when it stands inside a sentence. */
export interface LaidItem {
  readonly path: string;
  readonly boxes: readonly Box[];
}

export interface LaidPage {
  readonly width: number;
  readonly height: number;
  /** The template's own part. The same object for every licence of one prepared template. */
  readonly fixed: LaidContent;
  readonly filled: LaidContent;
  readonly items: readonly LaidItem[];
  /** Centre of the seal picture; null on a page without a seal. */
  readonly sealCentre: { readonly x: number; readonly y: number } | null;
}
