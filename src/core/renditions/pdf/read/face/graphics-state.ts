import type { DrawnFont } from './face-font.js';
import { IDENTITY, type Matrix, type Rectangle } from './geometry.js';

/** What decides where text stands and whether it can be seen (ISO 32000-2 8.4, 9.3). Copied by `q`, restored by `Q`. */
export interface GraphicsState {
  ctm: Matrix;
  clip: Rectangle | null;
  fill: 'ink' | 'white';
  alpha: number;
  font: DrawnFont | null;
  size: number;
  renderMode: number;
  characterSpacing: number;
  wordSpacing: number;
  scaling: number;
  leading: number;
  rise: number;
}

export function initialState(ctm: Matrix = IDENTITY): GraphicsState {
  return {
    ctm,
    clip: null,
    fill: 'ink',
    alpha: 1,
    font: null,
    size: 0,
    renderMode: 0,
    characterSpacing: 0,
    wordSpacing: 0,
    scaling: 1,
    leading: 0,
    rise: 0,
  };
}

/** One open marked-content sequence. */
export interface Mark {
  readonly path: string | null;
  readonly format: string | null;
  readonly optional: boolean;
}

/** White or nearly so, by the number of components: grey, RGB, CMYK. */
export function fillOf(components: readonly number[]): 'ink' | 'white' {
  if (components.length === 4) return components.every((value) => value <= 0.04) ? 'white' : 'ink';
  return components.length > 0 && components.every((value) => value >= 0.96) ? 'white' : 'ink';
}
