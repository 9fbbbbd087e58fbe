import type { PdfDocument } from '../document.js';
import { limitExceeded, malformed, unlessMalformed } from '../errors.js';
import { PdfArray, PdfDict, PdfName, PdfStream, PdfString, nameOf, textOf, type PdfValue } from '../objects.js';
import { PdfKeyword, PdfParser, isSpace } from '../parser.js';
import type { FaceCollector } from './face-collector.js';
import { readFont, type DrawnFont } from './face-font.js';
import { IDENTITY, intersect, multiply, type Matrix, type Rectangle } from './geometry.js';
import { passShape, pathBounds } from './shapes.js';
import { fillOf, initialState, type GraphicsState, type Mark } from './graphics-state.js';

/** Operators and glyph bytes of one file; far above any honest page, far below what a bomb of nested forms makes. */
const MAX_STEPS = 2_000_000;
const MAX_FORMS = 12;
const MAX_STATES = 256;
/** Annex C of ISO 32000-1 allowed 32 for one operator; names of separations may be more. */
const MAX_OPERANDS = 512;

/** What one inspection shares between its pages. */
export class FaceContext {
  private readonly fonts = new Map<PdfDict, DrawnFont>();
  private steps = 0;

  constructor(
    readonly document: PdfDocument,
    readonly collector: FaceCollector,
  ) {}

  spend(steps: number): void {
    if ((this.steps += steps) > MAX_STEPS) throw limitExceeded('drawing steps');
  }

  font(dict: PdfDict): DrawnFont {
    let font = this.fonts.get(dict);
    if (!font) this.fonts.set(dict, (font = readFont(this.document, dict)));
    return font;
  }

  readonly resolve = (value: PdfValue | undefined): PdfValue | undefined =>
    this.document.resolve(value, this.document.newest);
}

export interface Canvas {
  readonly page: number;
  readonly box: Rectangle | null;
}

/**
 * Follows the operators of one content stream (ISO 32000-2 8, 9, 14.6) as far as they place, colour, clip, mark or
 * show text. Shapes are only measured, for clips.
 */
export class ContentInterpreter {
  private state: GraphicsState;
  private readonly saved: GraphicsState[] = [];
  private readonly marks: Mark[];
  /** Where the path under construction begins in the content; Infinity when there is none. */
  private pathStart = Infinity;
  private clipPending = false;
  private textMatrix: Matrix = IDENTITY;
  private lineMatrix: Matrix = IDENTITY;
  private operands: PdfValue[] = [];

  constructor(
    private readonly context: FaceContext,
    private readonly canvas: Canvas,
    private readonly resources: PdfDict | undefined,
    start: GraphicsState = initialState(),
    marks: readonly Mark[] = [],
    private readonly depth = 0,
  ) {
    this.state = { ...start };
    this.marks = [...marks];
  }

  /** Answers false when the stream is not well formed to its end. */
  run(content: Uint8Array): boolean {
    return unlessMalformed(
      () => this.runToEnd(content),
      () => false,
    );
  }

  private runToEnd(content: Uint8Array): true {
    const parser = new PdfParser(content, 0, content.length, false);
    for (;;) {
      // Ornaments, codes and seals are thousands of shapes. They are passed over, and measured only for a clip.
      const end = passShape(content, parser.at);
      if (end === 0) {
        if (!this.next(parser)) return true;
        continue;
      }
      this.context.spend(1);
      if (end < 0) this.endPath(content, parser.at);
      else if (parser.at < this.pathStart) this.pathStart = parser.at;
      parser.at = Math.abs(end);
    }
  }

  /** One operator with its operands; false at the end. */
  private next(parser: PdfParser): boolean {
    this.operands = [];
    for (let token = parser.next(); token !== undefined; token = parser.next()) {
      if (!(token instanceof PdfKeyword)) {
        if (this.operands.push(token) > MAX_OPERANDS) throw malformed('operands', parser.at);
        continue;
      }
      this.context.spend(1);
      if (token.word === 'BI') skipInlineImage(parser);
      else this.operator(token.word);
      return true;
    }
    return false;
  }

  /** The path that ends where the painting operator begins; matters when it was made a clip. */
  private endPath(content: Uint8Array, end: number): void {
    if (this.clipPending)
      this.state.clip = intersect(
        this.state.clip,
        pathBounds(content, Math.min(this.pathStart, end), end, this.state.ctm),
      );
    this.clipPending = false;
    this.pathStart = Infinity;
  }

  private number(index: number): number {
    const value = this.operands[index];
    return typeof value === 'number' ? value : 0;
  }

  private operator(word: string): void {
    const { state } = this;
    switch (word) {
      case 'q':
        if (this.saved.length >= MAX_STATES) throw limitExceeded('graphics states');
        this.saved.push({ ...state });
        return;
      case 'Q':
        this.state = this.saved.pop() ?? state;
        return;
      case 'cm':
        state.ctm = multiply(this.matrix(), state.ctm);
        return;
      case 'gs':
        return this.graphicsParameters();
      case 'W':
      case 'W*':
        this.clipPending = true;
        return;
      case 'g':
      case 'rg':
      case 'k':
      case 'sc':
      case 'scn':
        // A pattern has a name among its operands: that is ink.
        state.fill = this.fillColour();
        return;
      case 'cs':
        state.fill = 'ink';
        return;
      case 'Do':
        return this.external();
      case 'BMC':
      case 'BDC':
        return this.beginMark(word === 'BDC');
      case 'EMC':
        this.marks.pop();
        return;
      default:
        return this.textOperator(word);
    }
  }

  private textOperator(word: string): void {
    const { state } = this;
    switch (word) {
      case 'BT':
        this.textMatrix = this.lineMatrix = IDENTITY;
        return;
      case 'Tf':
        state.font = this.fontNamed(nameOf(this.operands[0]));
        state.size = this.number(1);
        return;
      case 'Tr':
        state.renderMode = this.number(0);
        return;
      case 'Tc':
        state.characterSpacing = this.number(0);
        return;
      case 'Tw':
        state.wordSpacing = this.number(0);
        return;
      case 'Tz':
        state.scaling = this.number(0) / 100;
        return;
      case 'TL':
        state.leading = this.number(0);
        return;
      case 'Ts':
        state.rise = this.number(0);
        return;
      case 'Tm':
        this.textMatrix = this.lineMatrix = this.matrix();
        return;
      case 'TD':
        state.leading = -this.number(1);
        return this.moveLine(this.number(0), this.number(1));
      case 'Td':
        return this.moveLine(this.number(0), this.number(1));
      case 'T*':
        return this.moveLine(0, -state.leading);
      case '"':
        state.wordSpacing = this.number(0);
        state.characterSpacing = this.number(1);
        this.moveLine(0, -state.leading);
        return this.show(this.operands[2]);
      case "'":
        this.moveLine(0, -state.leading);
        return this.show(this.operands[0]);
      case 'Tj':
        return this.show(this.operands[0]);
      case 'TJ': {
        const [list] = this.operands;
        for (const item of list instanceof PdfArray ? list.items : [])
          if (typeof item === 'number') this.advance((-item / 1000) * state.size * state.scaling);
          else this.show(item);
      }
    }
  }

  private fillColour(): 'ink' | 'white' {
    const components = this.operands;
    return components.every((value) => typeof value === 'number') ? fillOf(components) : 'ink';
  }

  private matrix(): Matrix {
    return [this.number(0), this.number(1), this.number(2), this.number(3), this.number(4), this.number(5)];
  }

  private moveLine(x: number, y: number): void {
    this.textMatrix = this.lineMatrix = multiply([1, 0, 0, 1, x, y], this.lineMatrix);
  }

  private advance(x: number): void {
    this.textMatrix = multiply([1, 0, 0, 1, x, 0], this.textMatrix);
  }

  private show(value: PdfValue | undefined): void {
    if (!(value instanceof PdfString)) return;
    const codes = value.bytes();
    this.context.spend(codes.length);
    const { page, box } = this.canvas;
    this.advance(this.context.collector.show(page, box, this.state, this.textMatrix, this.marks, codes));
  }

  private resource(kind: string, name: string | null): PdfValue | undefined {
    const { resolve } = this.context;
    const group = resolve(this.resources?.get(kind));
    return name !== null && group instanceof PdfDict ? resolve(group.get(name)) : undefined;
  }

  private fontNamed(name: string | null): DrawnFont | null {
    const dict = this.resource('Font', name);
    return dict instanceof PdfDict ? this.context.font(dict) : null;
  }

  private graphicsParameters(): void {
    const parameters = this.resource('ExtGState', nameOf(this.operands[0]));
    const alpha = parameters instanceof PdfDict ? this.context.resolve(parameters.get('ca')) : undefined;
    if (typeof alpha === 'number') this.state.alpha = alpha;
    const font = parameters instanceof PdfDict ? this.context.resolve(parameters.get('Font')) : undefined;
    if (!(font instanceof PdfArray)) return;
    const dict = this.context.resolve(font.items[0]);
    this.state.font = dict instanceof PdfDict ? this.context.font(dict) : null;
    this.state.size = typeof font.items[1] === 'number' ? font.items[1] : 0;
  }

  private beginMark(hasProperties: boolean): void {
    if (this.marks.length >= MAX_STATES) throw limitExceeded('marked content');
    const [tag, given] = this.operands;
    const properties = given instanceof PdfName ? this.resource('Properties', given.name) : given;
    const dict = hasProperties && properties instanceof PdfDict ? properties : null;
    this.marks.push({
      path: textOf(dict?.get('Path')),
      format: nameOf(dict?.get('Format')),
      optional: nameOf(tag) === 'OC',
    });
  }

  private external(): void {
    const stream = this.resource('XObject', nameOf(this.operands[0]));
    if (!(stream instanceof PdfStream)) return;
    const subtype = nameOf(this.context.resolve(stream.dict.get('Subtype')));
    const mark = this.marks.findLast((candidate) => candidate.path !== null) ?? null;
    if (subtype === 'Image') this.context.collector.picture(this.canvas.page, mark, stream.raw());
    else if (subtype === 'Form') this.form(stream);
  }

  /** 8.10.1. Also draws the appearance stream of an annotation. */
  form(stream: PdfStream): void {
    if (this.depth >= MAX_FORMS) throw limitExceeded('nested forms');
    const { context } = this;
    const content = context.document.decode(stream, context.document.newest);
    if (!content) return;
    const own = context.resolve(stream.dict.get('Resources'));
    const matrix = numbersOf(context.resolve(stream.dict.get('Matrix')), 6) as Matrix | null;
    const optional = stream.dict.get('OC') !== undefined;
    const marks = optional ? [...this.marks, { path: null, format: null, optional }] : this.marks;
    const start = { ...this.state, ctm: matrix ? multiply(matrix, this.state.ctm) : this.state.ctm };
    const resources = own instanceof PdfDict ? own : this.resources;
    const inner = new ContentInterpreter(context, this.canvas, resources, start, marks, this.depth + 1);
    if (!inner.run(content)) context.document.report('CONTENT_BROKEN', stream.dataStart);
  }
}

export function numbersOf(value: PdfValue | undefined, count: number): number[] | null {
  const items = value instanceof PdfArray && value.items.length === count ? value.items : [];
  return items.length === count && items.every((item) => typeof item === 'number') ? (items as number[]) : null;
}

/** 8.9.7: keys and values up to `ID`, one white-space byte, data, `EI` between white space. */
function skipInlineImage(parser: PdfParser): void {
  for (let token = parser.next(); token !== undefined; token = parser.next())
    if (token instanceof PdfKeyword && token.word === 'ID') break;
  const { bytes, end } = parser;
  for (let at = parser.at + 1; at + 1 < end; at++)
    if (
      bytes[at] === 69 &&
      bytes[at + 1] === 73 &&
      isSpace(bytes[at - 1]) &&
      (at + 2 >= end || isSpace(bytes[at + 2]))
    ) {
      parser.at = at + 2;
      return;
    }
  parser.at = end;
}
