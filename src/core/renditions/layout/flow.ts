import { LayoutError } from './errors.js';
import type { FontBook } from './font-book.js';
import type { Box, GlyphRun, LaidItem } from './laid-page.js';
import { breakLines, shape } from './shape.js';
import type { Cell, FlowPart, Line } from './shape.js';
import type { Align, TextStyle } from './template.js';

/** PostScript points to millimetres. */
export const MM_PER_POINT = 25.4 / 72;
const STEP_PT = 0.5;
/** Chinese faces are drawn on an em square whose baseline lies 0.88 em below its top. */
const BASELINE = 0.88;
/** Line height in ems where the style names none. */
export const LEADING = 1.4;

export interface Flow {
  readonly parts: readonly FlowPart[];
  readonly box: Box;
  readonly style: TextStyle;
  readonly align: Align;
  readonly vertical: 'top' | 'middle' | 'bottom';
  readonly wrap: boolean;
  readonly indent: number;
  /** Named in errors when the words belong to no item. */
  readonly field: string;
}

export interface LaidFlow {
  readonly runs: readonly GlyphRun[];
  /** Boxes of the items among the parts, line by line. */
  readonly items: readonly LaidItem[];
}

/** Breaks, shrinks and places. Throws LAYOUT_OVERFLOW when the words do not fit at the smallest size of the style. */
export function layFlow(flow: Flow, book: FontBook): LaidFlow {
  const { style, box } = flow;
  const cells = shape(flow.parts, book, style.spacing ?? 0, flow.field);
  for (const sizePt of sizesOf(style)) {
    const size = sizePt * MM_PER_POINT;
    const lines = linesAt(cells, size, flow);
    if (lines && lines.length * size * (style.leading ?? LEADING) <= box.height + 0.001)
      return place(lines, size, flow);
  }
  throw overflow(namedField(flow));
}

/** Largest first. */
export function sizesOf(style: TextStyle): number[] {
  const sizes: number[] = [];
  const least = style.minPt ?? style.sizePt;
  for (let size = style.sizePt; size >= least; size -= STEP_PT) sizes.push(size);
  return sizes;
}

/** Undefined when words that may not wrap are too wide. */
export function linesAt(
  cells: readonly Cell[],
  size: number,
  flow: Pick<Flow, 'box' | 'wrap' | 'indent'>,
): Line[] | undefined {
  const width = flow.box.width / size;
  const lines = breakLines(cells, flow.wrap ? width : Infinity, flow.indent);
  // A single character may be wider than the box; breaking cannot help it.
  return lines.every((line) => line.width <= width + 0.001) ? lines : undefined;
}

export function place(lines: readonly Line[], size: number, flow: Flow): LaidFlow {
  const { box, style } = flow;
  const height = size * (style.leading ?? LEADING);
  const spare = box.height - lines.length * height;
  let top = box.y + (flow.vertical === 'middle' ? spare / 2 : flow.vertical === 'bottom' ? spare : 0);
  const runs: GlyphRun[] = [];
  const boxes = new Map<string, Box[]>();
  for (const line of lines) {
    const baseline = top + (height - size) / 2 + BASELINE * size;
    const { start, gap } = alignLine(line, size, flow);
    let x = start;
    for (const cells of groupCells(line.cells)) {
      const advances = cells.map(({ advance }) => advance * size + gap);
      const width = advances.reduce((sum, advance) => sum + advance, 0);
      const { font, part } = cells[0]!;
      runs.push({
        font,
        size,
        colour: part.colour,
        x,
        y: baseline,
        glyphs: cells.map(({ glyph }) => glyph),
        codePoints: cells.map(({ codePoint }) => codePoint),
        advances,
        path: part.path,
        format: part.format,
      });
      if (part.path !== null) {
        const list = boxes.get(part.path) ?? [];
        list.push({ x, y: top, width, height });
        boxes.set(part.path, list);
      }
      x += width;
    }
    top += height;
  }
  return { runs, items: [...boxes].map(([path, list]) => ({ path, boxes: list })) };
}

function alignLine(
  { cells, width, indent, last }: Line,
  size: number,
  { box, align, style }: Flow,
): { start: number; gap: number } {
  // The space after the last character is not seen, so it does not count.
  const spare = box.width - (width - (style.spacing ?? 0)) * size;
  const left = box.x + indent * size;
  const gaps = cells.length - 1;
  if (align === 'centre') return { start: left + spare / 2, gap: 0 };
  if (align === 'right') return { start: left + spare, gap: 0 };
  // A hair less than the whole, so that the last glyph's advance stays inside the box.
  if (gaps > 0 && (align === 'distribute' || (align === 'justify' && !last)))
    return { start: left, gap: spare / (gaps + 0.0001) };
  return { start: left, gap: 0 };
}

/** Neighbours of one font and one part. */
function groupCells(cells: readonly Cell[]): Cell[][] {
  const groups: Cell[][] = [];
  for (const cell of cells) {
    const group = groups.at(-1);
    if (group && group[0]!.font === cell.font && group[0]!.part === cell.part) group.push(cell);
    else groups.push([cell]);
  }
  return groups;
}

/** The item that makes the words long: the longest one, else the template's own field. */
function namedField(flow: Flow): string {
  const items = flow.parts.filter(({ path }) => path !== null).sort((a, b) => b.text.length - a.text.length);
  return items[0]?.path ?? flow.field;
}

export function overflow(field: string): LayoutError {
  return new LayoutError(
    'LAYOUT_OVERFLOW',
    {
      en: `${field} is too long for its place on the face, even at the smallest size`,
      zh: `${field} 的内容过长，最小字号仍无法排入版面`,
    },
    { details: { field } },
  );
}
