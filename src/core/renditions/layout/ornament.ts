import { curveSteps } from './curve.js';
import type { Curve } from './curve.js';
import type { Box, Colour, PathStep, VectorPath } from './laid-page.js';
import type { BorderElement, RosetteElement } from './template.js';

/** Wanted wave length; stretched so that a whole number of waves fits each side. */
const WAVE_MM = 9;
const STRANDS = 4;

/** The ornamental border of an official paper: waves woven between two lines, a rosette in each corner. */
export function borderPaths({ box, band, colours: [lines, first, second] }: BorderElement): VectorPath[] {
  const corner = band * 1.5;
  const middle = band / 2;
  const { x, y, width, height } = box;
  const strands: PathStep[][] = [[], []];
  for (let i = 0; i < STRANDS; i++) {
    const phase = (i * 2 * Math.PI) / STRANDS;
    const steps = strands[i % 2]!;
    const across = width - 2 * corner;
    const down = height - 2 * corner;
    steps.push(...waves(across, band, phase, (t, w) => [x + corner + t, y + middle + w]));
    steps.push(...waves(across, band, phase, (t, w) => [x + corner + t, y + height - middle - w]));
    steps.push(...waves(down, band, phase, (t, w) => [x + middle + w, y + corner + t]));
    steps.push(...waves(down, band, phase, (t, w) => [x + width - middle - w, y + corner + t]));
  }
  const inner = inset(box, band);
  const rule = (steps: PathStep[], strokeWidth: number): VectorPath => ({
    steps,
    fill: null,
    stroke: lines,
    strokeWidth,
  });
  const centres: [number, number][] = [
    [x + corner / 2, y + corner / 2],
    [x + width - corner / 2, y + corner / 2],
    [x + corner / 2, y + height - corner / 2],
    [x + width - corner / 2, y + height - corner / 2],
  ];
  return [
    { steps: strands[1]!, fill: null, stroke: second, strokeWidth: 0.22 },
    { steps: strands[0]!, fill: null, stroke: first, strokeWidth: 0.3 },
    rule([rectangle(box)], 0.7),
    rule([rectangle(inset(box, 1)), rectangle(inset(box, band - 1)), rectangle(inner)], 0.18),
    rule([rectangle(inset(inner, 1.2))], 0.35),
    ...centres.flatMap((centre) => cornerPaths(centre, corner, [lines, first, second])),
  ];
}

function cornerPaths(
  [cx, cy]: [number, number],
  size: number,
  [lines, first, second]: [Colour, Colour, Colour],
): VectorPath[] {
  const square: Box = { x: cx - size / 2, y: cy - size / 2, width: size, height: size };
  const rosette = { kind: 'rosette', centre: [cx, cy], petals: 12 } as const;
  return [
    { steps: [rectangle(square)], fill: '#ffffff', stroke: lines, strokeWidth: 0.7 },
    { steps: [rectangle(inset(square, 0.9))], fill: null, stroke: lines, strokeWidth: 0.18 },
    ...rosettePaths({ ...rosette, radius: size / 2 - 1.4, rings: 2, colour: first, strokeWidth: 0.25 }),
    ...rosettePaths({ ...rosette, radius: size / 2 - 2.6, petals: 8, rings: 2, colour: second, strokeWidth: 0.22 }),
  ];
}

/** A sine along `length`, drawn by `on`: first argument along, second across. Four pieces a wave keep its height at every phase. */
function waves(
  length: number,
  band: number,
  phase: number,
  on: (t: number, w: number) => [number, number],
): PathStep[] {
  const count = Math.max(1, Math.round(length / WAVE_MM));
  const k = (2 * Math.PI * count) / length;
  const high = band / 2 - 1.1;
  const [ox, oy] = on(0, 0);
  const curve: Curve = {
    at: (t) => on(t, high * Math.sin(k * t + phase)),
    slope: (t) => {
      const [x, y] = on(1, high * k * Math.cos(k * t + phase));
      return [x - ox, y - oy];
    },
  };
  return curveSteps(curve, 0, length, 4 * count);
}

/** Closed petal curves, turned against each other: the pattern behind the words of official papers. */
export function rosettePaths({
  centre: [cx, cy],
  radius,
  petals,
  rings,
  colour,
  strokeWidth,
}: Omit<RosetteElement, 'kind'>): VectorPath[] {
  const steps: PathStep[] = [];
  for (let ring = 0; ring < rings; ring++) {
    const turn = (ring * 2 * Math.PI) / (petals * rings);
    const r = (t: number) => radius * (0.72 + 0.28 * Math.cos(petals * t));
    const dr = (t: number) => -radius * 0.28 * petals * Math.sin(petals * t);
    const curve: Curve = {
      at: (t) => [cx + r(t) * Math.cos(t + turn), cy + r(t) * Math.sin(t + turn)],
      slope: (t) => [
        dr(t) * Math.cos(t + turn) - r(t) * Math.sin(t + turn),
        dr(t) * Math.sin(t + turn) + r(t) * Math.cos(t + turn),
      ],
    };
    steps.push(...curveSteps(curve, 0, 2 * Math.PI, 4 * petals), ['Z']);
  }
  return [{ steps, fill: null, stroke: colour, strokeWidth }];
}

export function rectangle({ x, y, width, height }: Box): PathStep {
  return ['R', x, y, width, height];
}

export function inset({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}
