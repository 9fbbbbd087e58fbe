import { describe, expect, it } from '@jest/globals';
import { concat } from '../../../../src/core/encoding/index.js';
import { readFont } from '../../../../src/core/renditions/index.js';
import { outlineSteps } from '../../../../src/core/renditions/layout/outline-steps.js';
import { SQUARE, fontFile, tinyTables, u16 } from './tiny-font.js';

const font = (...glyphs: Uint8Array[]) => readFont(fontFile(tinyTables(glyphs)));
/** Four points of the square with these flags: 1 on the curve, 0 off. */
const withFlags = (flags: number[]) => concat([SQUARE.subarray(0, 14), new Uint8Array(flags), SQUARE.subarray(18)]);
const SAME = [1, 0, 0, 1, 0, 0] as const;
const ends = (flags: number[]) =>
  outlineSteps(font(withFlags(flags)), 0, SAME).map((step) => [
    step[0],
    ...step.slice(-2).map((value) => (typeof value === 'number' ? Math.round(value) : value)),
  ]);

describe('outlineSteps', () => {
  it('draws straight edges and places them by the matrix', () => {
    expect(outlineSteps(font(SQUARE), 0, [0.01, 0, 0, -0.01, 3, 7])).toEqual([
      ['M', 3, 7],
      ['L', 8, 7],
      ['L', 8, 2],
      ['L', 3, 2],
      ['Z'],
    ]);
  });

  it('raises a quadratic curve to a cubic one that has the same middle', () => {
    const [, curve] = outlineSteps(font(withFlags([1, 0, 1, 1])), 0, SAME);
    expect(curve!.slice(1).map((value) => Math.round(Number(value)))).toEqual([333, 0, 500, 167, 500, 500]);
  });

  it('puts the implied point between two points off the curve', () => {
    expect(ends([1, 0, 0, 1])).toEqual([
      ['M', 0, 0],
      ['C', 500, 250],
      ['C', 0, 500],
      ['Z', 'Z'],
    ]);
  });

  it('begins a contour at its first point on the curve, or in the middle of two when it has none', () => {
    expect(ends([0, 1, 1, 0])).toEqual([
      ['M', 500, 0],
      ['L', 500, 500],
      ['C', 0, 250],
      ['C', 500, 0],
      ['Z', 'Z'],
    ]);
    expect(ends([0, 0, 0, 0])).toEqual([
      ['M', 0, 250],
      ['C', 250, 0],
      ['C', 500, 250],
      ['C', 250, 500],
      ['C', 0, 250],
      ['Z', 'Z'],
    ]);
  });

  it('leaves out a contour of one point, which has no ink', () => {
    const dot = concat([u16(1, 0, 0, 0, 0), u16(0), u16(0), new Uint8Array([1]), u16(5), u16(5)]);
    expect(outlineSteps(font(dot), 0, SAME)).toEqual([]);
  });
});
