import type { Font } from '../../layout/font.js';
import { MM_PER_POINT } from '../../layout/flow.js';
import type { FontBook, FontName } from '../../layout/font-book.js';
import { fontOf } from '../../layout/font-book.js';
import type { Box, Colour, GlyphRun, LaidContent, PlacedSymbol, VectorPath } from '../../layout/laid-page.js';
import { hex4, pdfName, pdfNumber as n, pdfText, POINTS_PER_MM } from './pdf-syntax.js';

/** How a stream names what its page offers. */
export interface Names {
  readonly font: (name: FontName) => string;
  /** By place in `LaidContent.pictures`. */
  readonly picture: (index: number) => string;
}

/**
 * Operators that draw the content on a page of this height (mm), in a graphics state of its own. What shows an item
 * stands in a marked-content sequence `/YXItem << /Path (…) /Format /… >>`, so that a reader can hold the face against
 * the data by glyph numbers.
 */
export function contentOperators(content: LaidContent, pageHeight: number, book: FontBook, names: Names): string {
  const out: string[] = [
    'q',
    ...content.paths.map((path) => pathOperators(path, pageHeight)),
    ...content.symbols.map((symbol) => symbolOperators(symbol, pageHeight)),
  ];
  content.pictures.forEach(({ path, box }, i) =>
    out.push(beginItem(path, null), pictureOperators(box, pageHeight, names.picture(i)), 'EMC'),
  );
  for (const group of groupByItem(content.runs)) {
    const { path, format } = group[0]!;
    if (path !== null) out.push(beginItem(path, format));
    out.push('BT', ...group.map((run) => runOperators(run, pageHeight, fontOf(book, run.font), names)), 'ET');
    if (path !== null) out.push('EMC');
  }
  out.push('Q\n');
  return out.join('\n');
}

export function pathOperators({ steps, fill, stroke, strokeWidth }: VectorPath, pageHeight: number): string {
  // A hundredth of a point is finer than any printer, and a third of the digits of an ornament are saved.
  const coarse = (points: number) => String(Math.round(points * 100) / 100);
  const x = (mm: number) => coarse(mm * POINTS_PER_MM);
  const y = (mm: number) => coarse((pageHeight - mm) * POINTS_PER_MM);
  const out: string[] = [];
  if (fill !== null) out.push(colour(fill) + ' rg');
  if (stroke !== null) out.push(`${colour(stroke)} RG ${x(strokeWidth)} w`);
  for (const step of steps) {
    switch (step[0]) {
      case 'M':
        out.push(`${x(step[1])} ${y(step[2])} m`);
        break;
      case 'L':
        out.push(`${x(step[1])} ${y(step[2])} l`);
        break;
      case 'C':
        out.push(`${x(step[1])} ${y(step[2])} ${x(step[3])} ${y(step[4])} ${x(step[5])} ${y(step[6])} c`);
        break;
      case 'R':
        out.push(`${x(step[1])} ${y(step[2] + step[4])} ${x(step[3])} ${x(step[4])} re`);
        break;
      case 'Z':
        out.push('h');
    }
  }
  out.push(fill !== null ? (stroke !== null ? 'B' : 'f') : stroke !== null ? 'S' : 'n');
  return out.join('\n');
}

/** In a space whose unit is one module, so that coordinates are small whole numbers. */
function symbolOperators({ box, modules }: PlacedSymbol, pageHeight: number): string {
  const side = modules.length;
  const unit = String((box.width * POINTS_PER_MM) / side);
  const out = [
    `q ${unit} 0 0 -${unit} ${n(box.x * POINTS_PER_MM)} ${n((pageHeight - box.y) * POINTS_PER_MM)} cm 1 g 0 0 ${side} ${side} re f 0 g`,
  ];
  const open = modules.map((row) => [...row]);
  open.forEach((row, y) => {
    for (let x = 0; x < side; x++) {
      if (!row[x]) continue;
      let width = 1;
      while (row[x + width]) width++;
      // Grown downwards while the rows below hold the same run: fewer rectangles, and no seams between them.
      let height = 1;
      while (isRun(open[y + height], x, width)) open[y + height++]!.fill(false, x, x + width);
      out.push(`${x} ${y} ${width} ${height} re`);
      x += width;
    }
  });
  out.push('f Q');
  return out.join('\n');
}

function isRun(row: readonly boolean[] | undefined, x: number, width: number): boolean {
  for (let i = x; i < x + width; i++) if (!row?.[i]) return false;
  return true;
}

function pictureOperators({ x, y, width, height }: Box, pageHeight: number, name: string): string {
  const [w, h] = [width * POINTS_PER_MM, height * POINTS_PER_MM];
  return `q ${n(w)} 0 0 ${n(h)} ${n(x * POINTS_PER_MM)} ${n((pageHeight - y - height) * POINTS_PER_MM)} cm ${name} Do Q`;
}

/** Layout puts the same space after every glyph of a run, so character spacing (Tc) expresses its advances. */
function runOperators(run: GlyphRun, pageHeight: number, font: Font, names: Names): string {
  const space = n((run.advances[0]! - (font.advanceOf(run.glyphs[0]!) / font.unitsPerEm) * run.size) * POINTS_PER_MM);
  const [x, y] = [n(run.x * POINTS_PER_MM), n((pageHeight - run.y) * POINTS_PER_MM)];
  let text = '';
  for (const glyph of run.glyphs) text += hex4(glyph);
  const shown = space === '0' ? `<${text}>Tj` : `${space} Tc<${text}>Tj 0 Tc`;
  return `${names.font(run.font)} ${n(run.size / MM_PER_POINT)} Tf ${colour(run.colour)} rg 1 0 0 1 ${x} ${y} Tm ${shown}`;
}

function beginItem(path: string, format: string | null): string {
  return `/YXItem<</Path ${pdfText(path)}${format === null ? '' : '/Format' + pdfName(format)}>>BDC`;
}

/** Neighbouring runs of one item; the template's words between them stand alone. */
function groupByItem(runs: readonly GlyphRun[]): GlyphRun[][] {
  const groups: GlyphRun[][] = [];
  for (const run of runs) {
    const group = groups.at(-1);
    if (group && group[0]!.path === run.path) group.push(run);
    else groups.push([run]);
  }
  return groups;
}

function colour(value: Colour): string {
  const number = parseInt(value.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255].map((part) => n(part / 255)).join(' ');
}
