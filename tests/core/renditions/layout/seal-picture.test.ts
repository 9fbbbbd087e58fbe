import { beforeAll, describe, expect, it } from '@jest/globals';
import { sealPaths } from '../../../../src/core/renditions/index.js';
import type { FontBook, PathStep, VectorPath } from '../../../../src/core/renditions/index.js';
import type { SealPicture } from '../../../../src/core/seal/index.js';
import { realFonts } from './fonts.js';

const SEAL: SealPicture = {
  shape: 'round',
  diameterMm: 42,
  centre: 'star',
  arcText: '示例市行政审批局',
  bottomLine: null,
  code: null,
};

let book: FontBook;
beforeAll(async () => {
  book = await realFonts();
});

const pointsOf = ({ steps }: VectorPath) =>
  steps.flatMap((step: PathStep) => (step[0] === 'Z' ? [] : [[step.at(-2) as number, step.at(-1) as number] as const]));
const radii = (path: VectorPath, centre: number) => pointsOf(path).map(([x, y]) => Math.hypot(x - centre, y - centre));
const angles = (path: VectorPath, centre: number) =>
  pointsOf(path).map(([x, y]) => (Math.atan2(x - centre, centre - y) * 180) / Math.PI);

describe('sealPaths', () => {
  it('draws a red ring whose outer edge is the circle of the diameter', () => {
    for (const diameterMm of [38, 42, 50]) {
      const [ring] = sealPaths({ ...SEAL, diameterMm }, book);
      expect(ring!.stroke).toBe('#e60012');
      for (const radius of radii(ring!, diameterMm / 2))
        expect(radius + ring!.strokeWidth / 2).toBeCloseTo(diameterMm / 2);
    }
  });

  it.each([2, 6, 8, 14, 20, 34, 60])(
    'keeps a name of %i characters on the arc, clear of ring, star and foot',
    (length) => {
      const [ring, arc] = sealPaths({ ...SEAL, arcText: '示例市行政审批局'.repeat(8).slice(0, length) }, book);
      expect(Math.max(...radii(arc!, 21))).toBeLessThan(21 - ring!.strokeWidth);
      expect(Math.min(...radii(arc!, 21))).toBeGreaterThan(8);
      const turn = angles(arc!, 21);
      expect(Math.max(...turn)).toBeLessThan(130);
      // The text stands in the middle: as far to the left as to the right, but for the shapes of the two characters.
      expect(Math.abs(Math.max(...turn) + Math.min(...turn))).toBeLessThan(5);
    },
  );

  it('draws a star of ten corners, one of them upright, unless the centre is blank', () => {
    const star = sealPaths(SEAL, book)[2]!;
    expect(pointsOf(star)).toHaveLength(10);
    expect(pointsOf(star)[0]).toEqual([expect.closeTo(21), expect.closeTo(14)]);
    expect(sealPaths({ ...SEAL, centre: 'blank' }, book)).toHaveLength(2);
  });

  it('puts the line below the star and the code at the foot, both inside the ring', () => {
    const [, , , line, code] = sealPaths(
      { ...SEAL, bottomLine: '电子证照专用章电子证照专用章', code: '9999000012345' },
      book,
    );
    for (const [path, least] of [
      [line!, 8],
      [code!, 15],
    ] as const) {
      expect(Math.max(...radii(path, 21))).toBeLessThan(19.8);
      expect(Math.min(...pointsOf(path).map(([, y]) => y))).toBeGreaterThan(21 + least - 1);
    }
    // Read from left to right.
    const xs = pointsOf(code!).map(([x]) => x);
    expect(xs[0]!).toBeLessThan(xs.at(-1)!);
  });

  it('refuses a name with a character that no font has', () => {
    expect(() => sealPaths({ ...SEAL, arcText: '示\u{2ffff}' }, book)).toThrow(
      expect.objectContaining({ code: 'GLYPH_MISSING' }),
    );
    expect(() => sealPaths({ ...SEAL, bottomLine: '\u{2ffff}' }, book)).toThrow(
      expect.objectContaining({ code: 'GLYPH_MISSING' }),
    );
  });
});
