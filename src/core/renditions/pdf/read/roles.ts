import { PdfArray, PdfStream, dictOf, nameOf, type PdfValue } from './objects.js';

const BY_TYPE: Readonly<Record<string, string>> = {
  Catalog: 'catalogue',
  Pages: 'page-tree',
  Page: 'page',
  Annot: 'annotation',
  Sig: 'signature',
  DocTimeStamp: 'document-timestamp',
  DSS: 'dss',
  VRI: 'vri',
  XRef: 'cross-reference',
  ObjStm: 'object-stream',
  Font: 'font',
  FontDescriptor: 'font',
  XObject: 'picture',
  Metadata: 'metadata',
  Filespec: 'attachment',
  EmbeddedFile: 'attachment',
  Action: 'action',
};

/** A word for a person: what an object says of itself. Decides nothing. */
export function roleOf(value: PdfValue | undefined): string {
  const dict = dictOf(value);
  if (!dict) return value instanceof PdfArray ? 'array' : 'value';
  if (dict.get('FT') !== undefined) return 'field';
  if (dict.get('ByteRange') !== undefined)
    return nameOf(dict.get('Type')) === 'DocTimeStamp' ? 'document-timestamp' : 'signature';
  const known = BY_TYPE[nameOf(dict.get('Type')) ?? ''];
  if (known !== undefined) return known;
  if (dict.get('Fields') instanceof PdfArray) return 'form';
  return value instanceof PdfStream ? 'stream' : 'dictionary';
}
