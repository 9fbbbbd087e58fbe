import type { FacePicture, FaceRun, HiddenReason, HiddenText } from '../inspection.js';
import type { DrawnFont } from './face-font.js';
import { contains, multiply, transform, type Matrix, type Rectangle } from './geometry.js';
import type { GraphicsState, Mark } from './graphics-state.js';

interface OpenRun {
  readonly page: number;
  readonly mark: Mark | null;
  readonly font: DrawnFont;
  text: string;
  readonly glyphs: number[];
}

/** Smaller than this nobody reads it; in points. */
const SMALLEST = 1;
/** Fainter than this nobody sees it. */
const FAINTEST = 0.1;

/** Gathers what is drawn into runs, and notes what cannot be seen. */
export class FaceCollector {
  readonly pictures: FacePicture[] = [];
  readonly hidden: HiddenText[] = [];
  private readonly open: OpenRun[] = [];

  get runs(): FaceRun[] {
    return this.open.map(({ page, mark, font, text, glyphs }) => ({
      page,
      path: mark?.path ?? null,
      format: mark?.format ?? null,
      text,
      glyphs,
      font,
    }));
  }

  picture(page: number, mark: Mark | null, data: Uint8Array): void {
    this.pictures.push({ page, path: mark?.path ?? null, data });
  }

  /**
   * One shown string. `matrix` is the text matrix at its first glyph; answers how far the text moved on, in text space.
   */
  show(
    page: number,
    box: Rectangle | null,
    state: GraphicsState,
    matrix: Matrix,
    marks: readonly Mark[],
    codes: Uint8Array,
  ): number {
    const { font } = state;
    if (!font) return 0;
    const mark = marks.findLast((candidate) => candidate.path !== null) ?? null;
    const run = this.runFor(page, mark, font);
    const [first, reasons] = [run.text.length, new Set<HiddenReason>()];
    stateReasons(state, matrix, marks, reasons);
    let moved = 0;
    for (let i = 0; i + font.codeLength <= codes.length; i += font.codeLength) {
      const code = font.codeLength === 2 ? (codes[i]! << 8) | codes[i + 1]! : codes[i]!;
      const [x, y] = transform(multiply(matrix, state.ctm), moved, state.rise);
      if (box && !contains(box, x, y)) reasons.add('off-page');
      if (state.clip && !contains(state.clip, x, y)) reasons.add('clipped');
      run.glyphs.push(code);
      run.text += font.textOf(code);
      const spacing = state.characterSpacing + (font.codeLength === 1 && code === 32 ? state.wordSpacing : 0);
      moved += ((font.widthOf(code) / 1000) * state.size + spacing) * state.scaling;
    }
    const text = run.text.slice(first);
    // Blanks have no ink to hide.
    if (text.trim() !== '')
      for (const reason of reasons) this.hidden.push({ page, path: mark?.path ?? null, text, reason });
    return moved;
  }

  private runFor(page: number, mark: Mark | null, font: DrawnFont): OpenRun {
    const last = this.open.at(-1);
    // The same mark object: two sequences with one path stay two runs.
    if (last?.page === page && last.mark === mark && last.font === font) return last;
    const run: OpenRun = { page, mark, font, text: '', glyphs: [] };
    this.open.push(run);
    return run;
  }
}

function stateReasons(state: GraphicsState, matrix: Matrix, marks: readonly Mark[], reasons: Set<HiddenReason>): void {
  const { renderMode, ctm } = state;
  // 9.3.6: 3 paints nothing, 7 only clips; modes that stroke show in the stroke colour.
  if (renderMode === 3 || renderMode === 7) reasons.add('render-mode');
  else if ((renderMode === 0 || renderMode === 4) && state.fill === 'white') reasons.add('white');
  if (state.alpha < FAINTEST) reasons.add('transparent');
  if (marks.some((mark) => mark.optional)) reasons.add('optional-content');
  const m = multiply(matrix, ctm);
  const height = Math.abs(state.size) * Math.hypot(m[2], m[3]);
  const width = Math.abs(state.size * state.scaling) * Math.hypot(m[0], m[1]);
  if (!(height >= SMALLEST && width >= SMALLEST)) reasons.add('too-small');
}
