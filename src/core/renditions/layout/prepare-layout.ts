import { isFixed, layText } from './element-content.js';
import { findGlyph } from './font-book.js';
import type { FontBook } from './font-book.js';
import type { GlyphRun, LaidContent, VectorPath } from './laid-page.js';
import { borderPaths, rectangle, rosettePaths } from './ornament.js';
import { outlineSteps } from './outline-steps.js';
import type { DrawnElement, FilledElement, LayoutTemplate, PageTemplate } from './template.js';

export interface PreparedPage {
  readonly template: PageTemplate;
  /** The template's own part without and with the sample mark. */
  readonly plain: LaidContent;
  readonly sample: LaidContent;
  /** Elements that need a licence, in the template's order. */
  readonly filling: readonly FilledElement[];
}

/** A template whose own part is laid out once and shared by all licences. */
export interface PreparedLayout {
  readonly template: LayoutTemplate;
  readonly book: FontBook;
  readonly pages: readonly PreparedPage[];
}

/** Throws what laying out throws: GLYPH_MISSING, LAYOUT_OVERFLOW, TEMPLATE_MALFORMED, FONT_UNKNOWN. */
export function prepareLayout(template: LayoutTemplate, book: FontBook): PreparedLayout {
  return { template, book, pages: template.pages.map((page) => preparePage(page, template, book)) };
}

function preparePage(page: PageTemplate, template: LayoutTemplate, book: FontBook): PreparedPage {
  const paths: VectorPath[] = [];
  const runs: GlyphRun[] = [];
  const filling: FilledElement[] = [];
  for (const element of page.elements) {
    if (element.kind === 'text' && isFixed(element)) runs.push(...layText(element, template, book, null).runs);
    else if (
      element.kind === 'line' ||
      element.kind === 'frame' ||
      element.kind === 'border' ||
      element.kind === 'rosette'
    )
      paths.push(...drawnPaths(element));
    else filling.push(element);
  }
  const plain: LaidContent = { paths, symbols: [], pictures: [], runs };
  return { template: page, plain, sample: { ...plain, paths: [...paths, sampleMark(page, book)] }, filling };
}

function drawnPaths(element: DrawnElement): VectorPath[] {
  switch (element.kind) {
    case 'line':
      return [
        {
          steps: [
            ['M', ...element.from],
            ['L', ...element.to],
          ],
          fill: null,
          stroke: element.colour,
          strokeWidth: element.strokeWidth,
        },
      ];
    case 'frame':
      return [
        {
          steps: [rectangle(element.box)],
          fill: element.fill ?? null,
          stroke: element.colour,
          strokeWidth: element.strokeWidth,
        },
      ];
    case 'border':
      return borderPaths(element);
    case 'rosette':
      return rosettePaths(element);
  }
}

const MARK = '样本';
const MARK_ANGLE = Math.PI / 6;
const MARK_COLOUR = '#f1e6e6';

/** 样本 across the page, under all words; as outlines, so that it is never taken for text of the licence. */
function sampleMark({ width, height }: PageTemplate, book: FontBook): VectorPath {
  const size = Math.min(width, height) * 0.42;
  const [cos, sin] = [Math.cos(MARK_ANGLE), -Math.sin(MARK_ANGLE)];
  const steps = [...MARK].flatMap((character, i) => {
    const { font, glyph } = findGlyph(book, ['hei', 'song', 'kai'], character.codePointAt(0)!, 'sample mark');
    const scale = size / font.unitsPerEm;
    // The two em squares meet in the middle of the page; the baseline is 0.38 em below it.
    const [along, across] = [(i - 1) * size * 1.05, 0.38 * size];
    const x = width / 2 + along * cos - across * sin;
    const y = height / 2 + along * sin + across * cos;
    return outlineSteps(font, glyph, [scale * cos, scale * sin, scale * sin, -scale * cos, x, y]);
  });
  return { steps, fill: MARK_COLOUR, stroke: null, strokeWidth: 0 };
}
