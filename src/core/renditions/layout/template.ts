import type { FaceFact, FaceFormat } from './face-text.js';
import type { FontName } from './font-book.js';
import type { Box, Colour } from './laid-page.js';

/** One face of a licence type as data: `templates/TYPE/layout.json`. Lengths in millimetres, type sizes in points. */
export interface LayoutTemplate {
  readonly styles: Readonly<Record<string, TextStyle>>;
  readonly pages: readonly PageTemplate[];
}

export interface PageTemplate {
  readonly width: number;
  readonly height: number;
  /** Drawn in this order; filled elements always above fixed ones. */
  readonly elements: readonly LayoutElement[];
}

export interface TextStyle {
  /** Tried in this order for each character. */
  readonly fonts: readonly FontName[];
  readonly sizePt: number;
  /** A long value may shrink to this size; equal to `sizePt` when absent. */
  readonly minPt?: number;
  readonly colour: Colour;
  /** Line height in ems; 1.4 when absent. */
  readonly leading?: number;
  /** Extra space after each character, in ems. */
  readonly spacing?: number;
}

export type Align = 'left' | 'centre' | 'right' | 'justify' | 'distribute';

/** Words of the template, an item of the type, or a fact of the licence. `style` changes fonts and colour, not size. */
export type TextPart =
  | { readonly text: string; readonly style?: string }
  | { readonly item: string; readonly format?: FaceFormat; readonly style?: string }
  | { readonly fact: FaceFact; readonly format?: FaceFormat; readonly style?: string };

export interface TextElement {
  readonly kind: 'text';
  readonly box: Box;
  readonly style: string;
  readonly align?: Align;
  readonly vertical?: 'top' | 'middle' | 'bottom';
  /** One line when false; true when absent. */
  readonly wrap?: boolean;
  /** Indent of the first line of each paragraph, in ems. */
  readonly indent?: number;
  readonly parts: readonly TextPart[];
}

/** An item that is a list of objects, one row each; all rows share one type size. */
export interface TableElement {
  readonly kind: 'table';
  readonly box: Box;
  readonly style: string;
  readonly item: string;
  readonly rowGap: number;
  readonly columns: readonly { readonly key: string; readonly width: number; readonly gap?: number }[];
}

export interface PictureElement {
  readonly kind: 'picture';
  readonly box: Box;
  readonly item: string;
}

export interface LineElement {
  readonly kind: 'line';
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly colour: Colour;
  readonly strokeWidth: number;
}

export interface FrameElement {
  readonly kind: 'frame';
  readonly box: Box;
  readonly colour: Colour | null;
  readonly strokeWidth: number;
  readonly fill?: Colour;
}

/** Ornamental border: a band of interwoven waves between two lines, with a rosette in each corner. */
export interface BorderElement {
  readonly kind: 'border';
  readonly box: Box;
  readonly band: number;
  /** Lines, first waves, second waves. */
  readonly colours: readonly [Colour, Colour, Colour];
}

export interface RosetteElement {
  readonly kind: 'rosette';
  readonly centre: readonly [number, number];
  readonly radius: number;
  readonly petals: number;
  readonly rings: number;
  readonly colour: Colour;
  readonly strokeWidth: number;
}

/** The code token as a QR symbol; the box holds the quiet zone too. */
export interface QrElement {
  readonly kind: 'qr';
  readonly box: Box;
}

export interface SealElement {
  readonly kind: 'seal';
  readonly centre: readonly [number, number];
}

/** The template's own drawing. */
export type DrawnElement = LineElement | FrameElement | BorderElement | RosetteElement;
/** What a licence fills; text may also be the template's own. */
export type FilledElement = TextElement | TableElement | PictureElement | QrElement | SealElement;
export type LayoutElement = DrawnElement | FilledElement;
