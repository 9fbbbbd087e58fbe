import { deflate, hash } from '#primitives';
import { concat, toHex, utf8 } from '../../../encoding/index.js';
import { LayoutError } from '../../layout/errors.js';
import type { FontName } from '../../layout/font-book.js';
import type { LaidPage } from '../../layout/laid-page.js';
import type { UnsealedPdf } from '../unsealed-pdf.js';
import { contentOperators } from './content-stream.js';
import { glyphUses, writeFonts } from './font-objects.js';
import { ObjectWriter } from './object-writer.js';
import { pdfDate, pdfName, pdfNumber, pdfText, POINTS_PER_MM, ref } from './pdf-syntax.js';
import { writePicture } from './picture-objects.js';
import type { PdfPrefix, PreparedPdf } from './prepare-pdf.js';
import { xmpPacket } from './xmp.js';
import type { PdfMetadata } from './xmp.js';

export interface AttachedFile {
  /** ASCII file name, for example `licence.jwt`. */
  readonly name: string;
  readonly mimeType: string;
  readonly description: string;
  readonly data: Uint8Array;
}

/** Entries of the signature dictionary. */
export interface PdfSignatureFields {
  readonly filter: string;
  readonly subFilter: string;
  readonly name: string;
  readonly location?: string;
  readonly reason?: string;
  /** `/M`, RFC 3339 UTC: claimed by the signer, proves nothing (decision 12). */
  readonly claimedTime: string;
}

export interface PdfInput {
  readonly prepared: PreparedPdf;
  /** Laid out from the same prepared layout. */
  readonly pages: readonly LaidPage[];
  readonly metadata: PdfMetadata;
  readonly attachment: AttachedFile;
  readonly signature: PdfSignatureFields;
  /** Room for the CMS in `/Contents`, in bytes. */
  readonly reservedBytes: number;
}

/** Speed matters more than the last per cent: this runs for every licence. */
const LEVEL = 1;
/** `[0 a b c]` with each number up to ten digits. */
const BYTE_RANGE_WIDTH = 36;

/**
 * One licence as PDF 1.7 built to PDF/A-3B (ISO 19005-3), all but the signature value: same input, same bytes. The seal
 * is the one signature field, with DocMDP P=1 (decision 6). Throws TEMPLATE_MALFORMED for pages of another layout.
 */
export function composePdf(input: PdfInput): UnsealedPdf {
  const { prepared, pages, metadata, attachment } = input;
  const prefix = prefixOf(prepared, pages);
  const writer = new ObjectWriter(prefix);
  const [catalog, pageTree, field] = [writer.reserve(), writer.reserve(), writer.reserve()];

  const uses = glyphUses(pages.map(({ filled }) => filled));
  const names = [...uses.keys()];
  const font = (name: FontName) => `/V${names.indexOf(name)}`;
  const fonts = `${prefix.fonts} ${writeFonts(writer, uses, prepared.book, font, LEVEL)}`;
  const kids = pages.map((page, i) =>
    writePage(writer, page, prefix.contents[i]!, { prepared, fonts, font, pageTree, field }),
  );
  writer.object(`<</Type/Pages/Kids[${kids.map(ref).join(' ')}]/Count ${kids.length}>>`, pageTree);

  const xmp = writer.stream('/Type/Metadata/Subtype/XML', xmpPacket(metadata));
  const fileSpec = writeAttachment(writer, attachment, metadata.created);
  const signature = writer.reserve();
  const sealPage = pages.findIndex(({ sealCentre }) => sealCentre !== null);
  writeSealField(writer, { field, page: kids[sealPage]!, laid: pages[sealPage]!, signature, prefix, prepared });
  writer.object(
    `<</Type/Catalog/Pages ${ref(pageTree)}/Lang(zh-CN)/Metadata ${ref(xmp)}` +
      `/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)/DestOutputProfile ${ref(prefix.outputProfile)}>>]` +
      `/Names<</EmbeddedFiles<</Names[${pdfText(attachment.name)} ${ref(fileSpec)}]>>>>/AF[${ref(fileSpec)}]` +
      `/AcroForm<</Fields[${ref(field)}]/SigFlags 3>>/Perms<</DocMDP ${ref(signature)}>>` +
      // Said in the first revision, since P=1 leaves no room for it later: long-term data may follow (decision 6).
      `/Extensions<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>>>`,
    catalog,
  );
  const { contentsOffset, byteRangeOffset } = writeSignature(writer, signature, input);
  // The identifier is drawn from the content, so that equal licences are equal files.
  const id = toHex(
    hash('sha256', concat([xmpPacket(metadata), attachment.data, utf8(input.signature.subFilter)])).subarray(0, 16),
  );
  writer.finish(`/Root ${ref(catalog)}/ID[<${id}><${id}>]`);

  const bytes = writer.toBytes();
  const contentsLength = 2 * input.reservedBytes;
  const after = contentsOffset + contentsLength + 2;
  const range = `[0 ${contentsOffset} ${after} ${bytes.length - after}]`;
  bytes.set(utf8(range), byteRangeOffset);
  return { bytes, contentsOffset, contentsLength, byteRangeOffset };
}

function prefixOf(prepared: PreparedPdf, pages: readonly LaidPage[]): PdfPrefix {
  const prefix = [prepared.plain, prepared.sample].find(
    (candidate) =>
      candidate.pages.length === pages.length && candidate.pages.every((fixed, i) => fixed === pages[i]!.fixed),
  );
  if (!prefix)
    throw new LayoutError('TEMPLATE_MALFORMED', {
      en: 'these pages were laid out from another layout',
      zh: '页面并非由该版面排出',
    });
  return prefix;
}

interface PageParts {
  readonly prepared: PreparedPdf;
  readonly fonts: string;
  readonly font: (name: FontName) => string;
  readonly pageTree: number;
  readonly field: number;
}

function writePage(
  writer: ObjectWriter,
  page: LaidPage,
  fixed: number,
  { prepared, fonts, font, pageTree, field }: PageParts,
): number {
  const pictures = page.filled.pictures.map(({ file }) => writePicture(writer, file));
  const operators = contentOperators(page.filled, page.height, prepared.book, { font, picture: (i) => `/P${i}` });
  const filled = writer.stream('/Filter/FlateDecode', deflate(utf8(operators), LEVEL));
  const images =
    pictures.length === 0 ? '' : `/XObject<<${pictures.map((number, i) => `/P${i} ${ref(number)}`).join(' ')}>>`;
  const size = `${pdfNumber(page.width * POINTS_PER_MM)} ${pdfNumber(page.height * POINTS_PER_MM)}`;
  const annotations = page.sealCentre ? `/Annots[${ref(field)}]` : '';
  return writer.object(
    `<</Type/Page/Parent ${ref(pageTree)}/MediaBox[0 0 ${size}]/Resources<</Font<<${fonts}>>${images}>>` +
      `/Contents[${ref(fixed)} ${ref(filled)}]${annotations}>>`,
  );
}

/** PDF/A-3 6.8: type, relationship, both file names and a modification date. */
function writeAttachment(
  writer: ObjectWriter,
  { name, mimeType, description, data }: AttachedFile,
  created: string,
): number {
  const file = writer.stream(
    `/Type/EmbeddedFile/Subtype${pdfName(mimeType)}/Params<</Size ${data.length}/ModDate${pdfDate(created)}>>`,
    data,
  );
  return writer.object(
    `<</Type/Filespec/F${pdfText(name)}/UF${pdfText(name)}/Desc${pdfText(description)}/AFRelationship/Data/EF<</F ${ref(file)}/UF ${ref(file)}>>>>`,
  );
}

interface SealField {
  readonly field: number;
  readonly page: number;
  readonly laid: LaidPage;
  readonly signature: number;
  readonly prefix: PdfPrefix;
  readonly prepared: PreparedPdf;
}

/** Field and widget in one. Flags: print (4), locked (128). */
function writeSealField(writer: ObjectWriter, { field, page, laid, signature, prefix, prepared }: SealField): void {
  const { x, y } = laid.sealCentre!;
  const half = prepared.sealDiameterMm / 2;
  const rect = [x - half, laid.height - y - half, x + half, laid.height - y + half].map((mm) =>
    pdfNumber(mm * POINTS_PER_MM),
  );
  writer.object(
    `<</Type/Annot/Subtype/Widget/FT/Sig/T(Seal)/F 132/Rect[${rect.join(' ')}]/P ${ref(page)}/V ${ref(signature)}/AP<</N ${ref(prefix.sealForm)}>>>>`,
    field,
  );
}

function writeSignature(writer: ObjectWriter, number: number, { signature, reservedBytes }: PdfInput) {
  const { filter, subFilter, name, location, reason, claimedTime } = signature;
  const head =
    `<</Type/Sig/Filter${pdfName(filter)}/SubFilter${pdfName(subFilter)}/Name${pdfText(name)}` +
    (location === undefined ? '' : `/Location${pdfText(location)}`) +
    (reason === undefined ? '' : `/Reason${pdfText(reason)}`) +
    `/M${pdfDate(claimedTime)}` +
    '/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 1/V/1.2>>>>]' +
    '/ByteRange';
  const start = writer.length + `${number} 0 obj\n`.length;
  const contents = '/Contents';
  writer.object(head + ' '.repeat(BYTE_RANGE_WIDTH) + contents + '<' + '0'.repeat(2 * reservedBytes) + '>>>', number);
  const byteRangeOffset = start + head.length;
  return { byteRangeOffset, contentsOffset: byteRangeOffset + BYTE_RANGE_WIDTH + contents.length };
}
