import { TrustError, recover } from '../../../errors/index.js';

export type PdfErrorCode =
  /** No PDF header in the first kilobyte. */
  | 'PDF_NOT_A_PDF'
  /** More objects, levels, revisions or inflated bytes than the reader's limits allow. */
  | 'PDF_LIMIT_EXCEEDED'
  /** Syntax error; inside the reader it becomes a structure problem and never reaches the caller. */
  | 'PDF_MALFORMED';

export class PdfError extends TrustError<PdfErrorCode> {}

/** What `read` gives, or `instead` where the syntax is broken. A limit that is exceeded stops the whole reading. */
export const unlessMalformed = <T, U>(read: () => T, instead: () => U): T | U =>
  recover(read, instead, 'PDF_MALFORMED');

export function limitExceeded(what: string): PdfError {
  return new PdfError(
    'PDF_LIMIT_EXCEEDED',
    { en: `the PDF exceeds the reader's limit: ${what}`, zh: '该 PDF 超出读取上限' },
    { details: { what } },
  );
}

export function malformed(why: string, offset: number): PdfError {
  return new PdfError(
    'PDF_MALFORMED',
    { en: `malformed PDF: ${why}`, zh: 'PDF 语法错误' },
    { details: { why, offset } },
  );
}
