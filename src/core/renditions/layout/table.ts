import type { Json } from '../../errors/index.js';
import { faceText } from './face-text.js';
import { linesAt, overflow, place, sizesOf, MM_PER_POINT, LEADING } from './flow.js';
import type { Flow, LaidFlow } from './flow.js';
import type { FontBook } from './font-book.js';
import type { GlyphRun, LaidItem } from './laid-page.js';
import { shape } from './shape.js';
import type { Cell, Line } from './shape.js';
import type { TableElement, TextStyle } from './template.js';

interface TableCell {
  readonly path: string;
  readonly x: number;
  readonly width: number;
  readonly cells: readonly Cell[];
}

/** One row per object of the list; paths are `ITEM/ROW/KEY`, counted from 0. All cells share the size at which all fit. */
export function layTable(element: TableElement, rows: readonly Json[], style: TextStyle, book: FontBook): LaidFlow {
  const grid = rows.map((row, i) => rowCells(element, row, i, style, book));
  for (const sizePt of sizesOf(style)) {
    const size = sizePt * MM_PER_POINT;
    const lined = grid.map((cells) =>
      cells.map((cell) =>
        linesAt(cell.cells, size, { box: { ...element.box, width: cell.width }, wrap: true, indent: 0 }),
      ),
    );
    if (!lined.every((row) => row.every((lines) => lines !== undefined))) continue;
    const heights = lined.map(
      (row) => Math.max(...row.map((lines) => lines.length), 1) * size * (style.leading ?? LEADING),
    );
    const total = heights.reduce((sum, height) => sum + height + element.rowGap, -element.rowGap);
    if (total <= element.box.height + 0.001) return placeRows(element, grid, lined, heights, size, style);
  }
  throw overflow(element.item);
}

function rowCells(element: TableElement, row: Json, index: number, style: TextStyle, book: FontBook): TableCell[] {
  let x = element.box.x;
  return element.columns.map(({ key, width, gap }) => {
    const path = `${element.item}/${index}/${key}`;
    const value = (row as Readonly<Record<string, Json>>)[key] ?? '';
    const part = {
      text: faceText(value, 'text'),
      fonts: style.fonts,
      colour: style.colour,
      path,
      format: 'text' as const,
    };
    const cell = { path, x, width, cells: shape([part], book, style.spacing ?? 0, path) };
    x += width + (gap ?? 0);
    return cell;
  });
}

function placeRows(
  element: TableElement,
  grid: readonly (readonly TableCell[])[],
  lined: readonly (readonly Line[][])[],
  heights: readonly number[],
  size: number,
  style: TextStyle,
): LaidFlow {
  const runs: GlyphRun[] = [];
  const items: LaidItem[] = [];
  let y = element.box.y;
  grid.forEach((cells, r) => {
    const height = heights[r]!;
    cells.forEach(({ path, x, width }, c) => {
      const box = { x, y, width, height };
      const flow: Flow = { parts: [], box, style, align: 'left', vertical: 'top', wrap: true, indent: 0, field: path };
      runs.push(...place(lined[r]![c]!, size, flow).runs);
      items.push({ path, boxes: [box] });
    });
    y += height + element.rowGap;
  });
  return { runs, items };
}
