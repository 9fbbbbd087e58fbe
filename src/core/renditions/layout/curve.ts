import type { PathStep } from './laid-page.js';

/** A plane curve with its derivative. */
export interface Curve {
  readonly at: (t: number) => readonly [number, number];
  readonly slope: (t: number) => readonly [number, number];
}

/** Cubic pieces that share position and direction with the curve at `pieces` + 1 places (Hermite form). */
export function curveSteps({ at, slope }: Curve, from: number, to: number, pieces: number): PathStep[] {
  const h = (to - from) / pieces;
  const steps: PathStep[] = [['M', ...at(from)]];
  for (let i = 0; i < pieces; i++) {
    const [t0, t1] = [from + i * h, from + (i + 1) * h];
    const [[x0, y0], [x1, y1]] = [at(t0), at(t1)];
    const [[u0, v0], [u1, v1]] = [slope(t0), slope(t1)];
    steps.push(['C', x0 + (u0 * h) / 3, y0 + (v0 * h) / 3, x1 - (u1 * h) / 3, y1 - (v1 * h) / 3, x1, y1]);
  }
  return steps;
}

export function circleSteps(x: number, y: number, radius: number): PathStep[] {
  const circle: Curve = {
    at: (t) => [x + radius * Math.cos(t), y + radius * Math.sin(t)],
    slope: (t) => [-radius * Math.sin(t), radius * Math.cos(t)],
  };
  return [...curveSteps(circle, 0, 2 * Math.PI, 16), ['Z']];
}
