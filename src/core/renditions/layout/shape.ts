import type { FaceFormat } from './face-text.js';
import { findGlyph } from './font-book.js';
import type { FontBook, FontName } from './font-book.js';
import type { Colour } from './laid-page.js';

/** Words to be set, all of one item or of none. */
export interface FlowPart {
  readonly text: string;
  readonly fonts: readonly FontName[];
  readonly colour: Colour;
  readonly path: string | null;
  readonly format: FaceFormat | null;
}

/** One character with its glyph; `advance` in ems. `glyph` is -1 for a forced line end. */
export interface Cell {
  readonly codePoint: number;
  readonly font: FontName;
  readonly glyph: number;
  readonly advance: number;
  readonly part: FlowPart;
}

export const LINE_END = -1;

export function shape(parts: readonly FlowPart[], book: FontBook, spacing: number, field: string): Cell[] {
  const cells: Cell[] = [];
  for (const part of parts) {
    for (const character of part.text) {
      const codePoint = character.codePointAt(0)!;
      if (codePoint === 0x0a) {
        cells.push({ codePoint, font: part.fonts[0]!, glyph: LINE_END, advance: 0, part });
        continue;
      }
      const { name, font, glyph } = findGlyph(book, part.fonts, codePoint, part.path ?? field);
      cells.push({ codePoint, font: name, glyph, advance: font.advanceOf(glyph) / font.unitsPerEm + spacing, part });
    }
  }
  return cells;
}

export interface Line {
  readonly cells: readonly Cell[];
  /** In ems, with the indent. */
  readonly width: number;
  readonly indent: number;
  /** The last line of a paragraph is not stretched by `justify`. */
  readonly last: boolean;
}

/** Marks that may not begin a line, and those that may not end one (避头尾). */
const NOT_FIRST = new Set([...'，。、；：！？）》」』】〕〉”’…—·,.;:!?)]}%'].map((c) => c.codePointAt(0)!));
const NOT_LAST = new Set([...'（《「『【〔〈“‘([{'].map((c) => c.codePointAt(0)!));
/** Latin words and numbers stay whole. */
const isWord = (codePoint: number) =>
  codePoint > 0x20 && codePoint < 0x2e80 && !NOT_FIRST.has(codePoint) && !NOT_LAST.has(codePoint);

/** Greedy lines of at most `width` ems. A word longer than a line is cut. */
export function breakLines(cells: readonly Cell[], width: number, indent: number): Line[] {
  const lines: Line[] = [];
  let start = 0;
  let used = indent;
  let lead = indent;
  const end = (to: number, last: boolean) => {
    lines.push({ cells: cells.slice(start, to), width: used, indent: lead, last });
    start = to;
  };
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    if (cell.glyph === LINE_END) {
      end(i, true);
      start = i + 1;
      used = lead = indent;
      continue;
    }
    // Half a thousandth of an em: sums of advances are not exact.
    if (used + cell.advance > width + 0.0005 && i > start) {
      const cut = breakBefore(cells, start, i);
      const over = cells.slice(cut, i).reduce((sum, { advance }) => sum + advance, 0);
      used -= over;
      end(cut, false);
      used = over;
      lead = 0;
    }
    used += cell.advance;
  }
  end(cells.length, true);
  return lines;
}

/** The last place at or before `at` where a line may end; `at` itself when the line has none. */
function breakBefore(cells: readonly Cell[], start: number, at: number): number {
  for (let i = at; i > start; i--) {
    const [before, after] = [cells[i - 1]!.codePoint, cells[i]!.codePoint];
    if (NOT_FIRST.has(after) || NOT_LAST.has(before)) continue;
    if (isWord(before) && isWord(after)) continue;
    return i;
  }
  return at;
}
