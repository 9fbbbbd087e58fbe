import { embeddedOutlines, sameOutline } from '../renditions/index.js';
import type { FaceFont, FaceRun, Font, Outlines, PdfFace } from '../renditions/index.js';
import type { FaceEvidence, GlyphComparison } from './evidence.js';
import { attempt } from './inspect.js';

/** The product's own fonts by PostScript name, whole, as pinned by hash. */
export type PinnedFonts = ReadonlyMap<string, Font>;

/**
 * What the pages show, item by item. Text maps can lie (decision 16), so with `fonts` every glyph of an item is held
 * against the pinned font: the code must be that font's glyph for the character, and the embedded outline its outline.
 * An item in any other font then counts as different.
 */
export function faceEvidenceOf(face: PdfFace, fonts: PinnedFonts): FaceEvidence {
  const comparisons = new Map<FaceFont, Comparison>();
  const runs = face.runs.filter((run) => run.path !== null);
  return {
    runs: runs.map((run) => ({
      path: run.path!,
      format: run.format,
      text: run.text,
      glyphs: compare(run, fonts, comparisons),
    })),
    hidden: face.hidden.map(({ reason, path }) => ({ reason, path })),
    problems: face.problems.map(({ code }) => code),
  };
}

/** Is this code drawn as that character? */
type Comparison = (code: number, character: string) => boolean;

function compare(
  { font, text, glyphs }: FaceRun,
  fonts: PinnedFonts,
  comparisons: Map<FaceFont, Comparison>,
): GlyphComparison {
  if (fonts.size === 0) return 'not-compared';
  let comparison = comparisons.get(font);
  if (!comparison) comparisons.set(font, (comparison = comparisonWith(font, fonts.get(font.name))));
  const characters = [...text];
  const same = characters.length === glyphs.length && glyphs.every((code, i) => comparison(code, characters[i]!));
  return same ? 'same' : 'different';
}

function comparisonWith(font: FaceFont, pinned: Font | undefined): Comparison {
  const program = font.program();
  const embedded = program && attempt(() => embeddedOutlines(program));
  if (!pinned || !embedded?.ok) return () => false;
  const known = new Map<string, boolean>();
  return (code, character) => {
    const name = `${code} ${character}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const same = isDrawnAs(code, character, font, pinned, embedded.value);
    known.set(name, same);
    return same;
  };
}

/** The embedded program is a stranger's: what cannot be read shows nothing that could be trusted. */
function isDrawnAs(code: number, character: string, font: FaceFont, pinned: Font, embedded: Outlines): boolean {
  const same = attempt(() => {
    const glyph = pinned.glyphOf(character.codePointAt(0)!);
    return glyph !== 0 && glyph === code && sameOutline(embedded, font.glyphOf(code), pinned, glyph);
  });
  return same.ok && same.value;
}
