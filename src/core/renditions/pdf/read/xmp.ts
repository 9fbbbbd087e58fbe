import type { PdfDocument } from './document.js';
import { PdfStream, type PdfDict } from './objects.js';

const MAX_XMP = 1 << 20;

/**
 * The licence identifier of the XMP packet: the text of the one element `yx:licenceIdentifier`. Null when there is none, or
 * more than one. Read as text: the value is only compared with the sealed binding, never trusted.
 */
export function readXmpLicence(document: PdfDocument, catalogue: PdfDict): string | null {
  const stream = document.resolve(catalogue.get('Metadata'), document.newest);
  const bytes = stream instanceof PdfStream ? document.decode(stream, document.newest) : null;
  if (!bytes || bytes.length > MAX_XMP) return null;
  const parts = new TextDecoder().decode(bytes).split('<yx:licenceIdentifier>');
  const end = parts.length === 2 ? parts[1]!.indexOf('</yx:licenceIdentifier>') : -1;
  return end < 0 ? null : parts[1]!.slice(0, end);
}
