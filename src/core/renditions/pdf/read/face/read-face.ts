import { concat } from '../../../../encoding/index.js';
import { recover } from '../../../../errors/index.js';
import type { PdfDocument } from '../document.js';
import type { FaceFont, PdfFace } from '../inspection.js';
import { PdfArray, PdfDict, PdfStream, nameOf, type PdfValue } from '../objects.js';
import type { PdfPage } from '../page-tree.js';
import { ContentInterpreter, FaceContext, numbersOf } from './content-interpreter.js';
import { FaceCollector } from './face-collector.js';
import type { Rectangle } from './geometry.js';
import { initialState } from './graphics-state.js';

/** Draws all pages on nothing and writes down the text. What stops it is a problem, not an error. */
export function readFace(document: PdfDocument, pages: readonly PdfPage[]): PdfFace {
  const before = document.problems.length;
  const collector = new FaceCollector();
  const context = new FaceContext(document, collector);
  recover(
    () => pages.forEach((page, index) => drawPage(context, page, index)),
    () => document.report('CONTENT_BROKEN', 0, 'limit'),
  );
  const { runs, pictures, hidden } = collector;
  const fonts = new Set<FaceFont>(runs.map((run) => run.font));
  return { runs, pictures, hidden, fonts: [...fonts], problems: document.problems.slice(before) };
}

function drawPage(context: FaceContext, page: PdfPage, index: number): void {
  const { document, resolve } = context;
  const box = rectangleOf(resolve(page.box));
  const resources = resolve(page.resources);
  const canvas = { page: index, box };
  const content = pageContent(context, page);
  const interpreter = new ContentInterpreter(context, canvas, resources instanceof PdfDict ? resources : undefined);
  if (!content || !interpreter.run(content)) document.report('CONTENT_BROKEN', page.dict.start);
  const annotations = resolve(page.dict.get('Annots'));
  for (const item of annotations instanceof PdfArray ? annotations.items : [])
    drawAnnotation(context, canvas.page, resolve(item));
}

/** 7.8.2: several streams are one, with white space between; an operator may not be split. Null when one is unreadable. */
function pageContent({ document, resolve }: FaceContext, page: PdfPage): Uint8Array | null {
  const contents = resolve(page.dict.get('Contents'));
  const parts: Uint8Array[] = [];
  for (const item of contents instanceof PdfArray ? contents.items : [contents]) {
    const stream = resolve(item);
    if (stream === undefined || stream === null) continue;
    const bytes = stream instanceof PdfStream ? document.decode(stream, document.newest) : null;
    if (!bytes) return null;
    parts.push(bytes, Uint8Array.of(10));
  }
  return concat(parts);
}

/** The normal appearance, drawn where it stands in its own space: its place on the page is not computed. */
function drawAnnotation(context: FaceContext, page: number, value: PdfValue | undefined): void {
  const { resolve } = context;
  const appearances = value instanceof PdfDict ? resolve(value.get('AP')) : undefined;
  let normal = appearances instanceof PdfDict ? resolve(appearances.get('N')) : undefined;
  if (normal instanceof PdfDict) normal = resolve(normal.get(nameOf(resolve((value as PdfDict).get('AS'))) ?? ''));
  if (!(normal instanceof PdfStream)) return;
  new ContentInterpreter(context, { page, box: null }, undefined, initialState()).form(normal);
}

function rectangleOf(value: PdfValue | undefined): Rectangle | null {
  const numbers = numbersOf(value, 4);
  if (!numbers) return null;
  const [a, b, c, d] = numbers as [number, number, number, number];
  return { x1: Math.min(a, c), y1: Math.min(b, d), x2: Math.max(a, c), y2: Math.max(b, d) };
}
