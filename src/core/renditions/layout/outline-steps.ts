import type { Font } from './font.js';
import { contoursOf } from './glyph-outline.js';
import type { PathStep } from './laid-page.js';

/** Font units to page: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

/** A glyph's outline as path steps on the page; quadratic curves are raised to cubic ones, which draw the same. */
export function outlineSteps(font: Font, glyph: number, [a, b, c, d, e, f]: Matrix): PathStep[] {
  const steps: PathStep[] = [];
  for (const contour of contoursOf(font, glyph)) {
    const points = contour.map(({ x, y, on }) => ({ x: a * x + c * y + e, y: b * x + d * y + f, on }));
    if (points.length < 2) continue;
    // TrueType: between two off-curve points stands an implied on-curve point in the middle.
    const first = points.findIndex(({ on }) => on);
    const start = first >= 0 ? points[first]! : middle(points[0]!, points.at(-1)!);
    const rest = first >= 0 ? [...points.slice(first + 1), ...points.slice(0, first)] : points;
    steps.push(['M', start.x, start.y]);
    let at = start;
    let control: { x: number; y: number } | undefined;
    const curveTo = (end: { x: number; y: number }) => {
      const q = control!;
      steps.push([
        'C',
        at.x + (2 / 3) * (q.x - at.x),
        at.y + (2 / 3) * (q.y - at.y),
        end.x + (2 / 3) * (q.x - end.x),
        end.y + (2 / 3) * (q.y - end.y),
        end.x,
        end.y,
      ]);
      at = { ...end, on: true };
    };
    for (const point of rest) {
      if (point.on) {
        if (control) curveTo(point);
        else steps.push(['L', point.x, point.y]);
        at = point;
        control = undefined;
      } else {
        if (control) curveTo(middle(control, point));
        control = point;
      }
    }
    if (control) curveTo(start);
    steps.push(['Z']);
  }
  return steps;
}

function middle(p: { x: number; y: number }, q: { x: number; y: number }) {
  return { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2, on: true };
}
