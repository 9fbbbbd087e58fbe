/** `[a b c d e f]` of ISO 32000-2 8.3.4. */
export type Matrix = readonly [number, number, number, number, number, number];
export interface Rectangle {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First `m`, then `n`. */
export function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[1] * n[2],
    m[0] * n[1] + m[1] * n[3],
    m[2] * n[0] + m[3] * n[2],
    m[2] * n[1] + m[3] * n[3],
    m[4] * n[0] + m[5] * n[2] + n[4],
    m[4] * n[1] + m[5] * n[3] + n[5],
  ];
}

export function transform(m: Matrix, x: number, y: number): readonly [number, number] {
  return [m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]];
}

/** Half a point of tolerance: glyph origins may touch the edge of an honest clip. */
export function contains({ x1, y1, x2, y2 }: Rectangle, x: number, y: number): boolean {
  return x >= x1 - 0.5 && x <= x2 + 0.5 && y >= y1 - 0.5 && y <= y2 + 0.5;
}

export function intersect(a: Rectangle | null, b: Rectangle): Rectangle {
  if (!a) return b;
  return { x1: Math.max(a.x1, b.x1), y1: Math.max(a.y1, b.y1), x2: Math.min(a.x2, b.x2), y2: Math.min(a.y2, b.y2) };
}

/** Bounding box of points that come one by one. */
export class Bounds {
  private x1 = Infinity;
  private y1 = Infinity;
  private x2 = -Infinity;
  private y2 = -Infinity;

  /** The point `x y` after `m`. */
  add(m: Matrix, x: number, y: number): void {
    const px = m[0] * x + m[2] * y + m[4];
    const py = m[1] * x + m[3] * y + m[5];
    if (px < this.x1) this.x1 = px;
    if (px > this.x2) this.x2 = px;
    if (py < this.y1) this.y1 = py;
    if (py > this.y2) this.y2 = py;
  }

  /** What was added since the last call; a box that contains nothing when that was nothing. */
  take(): Rectangle {
    const box = { x1: this.x1, y1: this.y1, x2: this.x2, y2: this.y2 };
    this.x1 = this.y1 = Infinity;
    this.x2 = this.y2 = -Infinity;
    return box;
  }
}
