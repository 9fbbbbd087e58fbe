import { deflate } from '#primitives';
import { latin1, utf8 } from '../../../encoding/index.js';
import type { SealPicture } from '../../../seal/index.js';
import { LayoutError } from '../../layout/errors.js';
import type { FontBook, FontName } from '../../layout/font-book.js';
import type { LaidContent } from '../../layout/laid-page.js';
import type { PreparedLayout } from '../../layout/prepare-layout.js';
import { sealPaths } from '../../layout/seal-picture.js';
import { contentOperators, pathOperators } from './content-stream.js';
import { glyphUses, writeFonts } from './font-objects.js';
import { ObjectWriter } from './object-writer.js';
import { pdfNumber, POINTS_PER_MM } from './pdf-syntax.js';
import { srgbProfile } from './srgb-profile.js';

/** The objects that all licences of one template and one seal share, written and compressed once. */
export interface PdfPrefix {
  readonly bytes: Uint8Array;
  readonly offsets: readonly number[];
  /** The laid content of each page that these objects draw. */
  readonly pages: readonly LaidContent[];
  /** Object numbers. */
  readonly contents: readonly number[];
  readonly outputProfile: number;
  readonly sealForm: number;
  /** Entries of a `/Font` dictionary. */
  readonly fonts: string;
}

export interface PreparedPdf {
  readonly book: FontBook;
  readonly sealDiameterMm: number;
  readonly plain: PdfPrefix;
  readonly sample: PdfPrefix;
}

/** The second line tells tools that carry files that this one is binary. */
const HEADER = latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
const BEST = 9;

/** Throws TEMPLATE_MALFORMED unless the template has one seal place, GLYPH_MISSING for the words of the seal. */
export function preparePdf(layout: PreparedLayout, seal: SealPicture): PreparedPdf {
  const places = layout.pages.flatMap(({ filling }) => filling.filter(({ kind }) => kind === 'seal'));
  if (places.length !== 1)
    throw new LayoutError('TEMPLATE_MALFORMED', {
      en: 'a layout needs exactly one place for the seal',
      zh: '版面须有且仅有一处印章位置',
    });
  return {
    book: layout.book,
    sealDiameterMm: seal.diameterMm,
    plain: writePrefix(
      layout,
      seal,
      layout.pages.map(({ plain }) => plain),
    ),
    sample: writePrefix(
      layout,
      seal,
      layout.pages.map(({ sample }) => sample),
    ),
  };
}

function writePrefix(
  { book, pages: prepared }: PreparedLayout,
  seal: SealPicture,
  pages: readonly LaidContent[],
): PdfPrefix {
  const writer = new ObjectWriter();
  writer.push(HEADER);
  const flate = '/Filter/FlateDecode';
  const outputProfile = writer.stream(`/N 3${flate}`, deflate(srgbProfile(), BEST));
  const sealForm = writeSealForm(writer, seal, book);
  const uses = glyphUses(pages);
  const names = [...uses.keys()];
  const name = (font: FontName) => `/T${names.indexOf(font)}`;
  const fonts = writeFonts(writer, uses, book, name, BEST);
  const contents = pages.map((page, i) => {
    // The template's own part has no pictures, so none is ever asked for.
    const operators = contentOperators(page, prepared[i]!.template.height, book, { font: name, picture: String });
    return writer.stream(flate, deflate(utf8(operators), BEST));
  });
  return { ...writer.snapshot(), pages, contents, outputProfile, sealForm, fonts };
}

/** Appearance of the signature field. Multiplied with the page, as ink is: words under the seal stay readable. */
function writeSealForm(writer: ObjectWriter, seal: SealPicture, book: FontBook): number {
  const side = pdfNumber(seal.diameterMm * POINTS_PER_MM);
  const operators = [
    'q /Ink gs',
    ...sealPaths(seal, book).map((path) => pathOperators(path, seal.diameterMm)),
    'Q\n',
  ].join('\n');
  return writer.stream(
    `/Type/XObject/Subtype/Form/BBox[0 0 ${side} ${side}]/Resources<</ExtGState<</Ink<</Type/ExtGState/BM/Multiply>>>>>>/Filter/FlateDecode`,
    deflate(utf8(operators), BEST),
  );
}
