import type { PdfDocument } from './document.js';
import { limitExceeded } from './errors.js';
import { PdfArray, PdfDict, nameOf, type PdfValue } from './objects.js';

/** A page with what it inherits. */
export interface PdfPage {
  readonly dict: PdfDict;
  readonly resources: PdfValue | undefined;
  /** Visible area: CropBox, else MediaBox. */
  readonly box: PdfValue | undefined;
}

const MAX_NODES = 100_000;

interface Node {
  readonly value: PdfValue | undefined;
  readonly resources: PdfValue | undefined;
  readonly media: PdfValue | undefined;
  readonly crop: PdfValue | undefined;
}

/** Pages of the newest state in order (ISO 32000-2 7.7.3). A node met twice is reported and not entered again. */
export function pagesOf(document: PdfDocument, catalogue: PdfDict): PdfPage[] {
  const resolve = (value: PdfValue | undefined) => document.resolve(value, document.newest);
  const pages: PdfPage[] = [];
  const seen = new Set<PdfDict>();
  const pending: Node[] = [{ value: catalogue.get('Pages'), resources: undefined, media: undefined, crop: undefined }];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const dict = resolve(node.value);
    if (!(dict instanceof PdfDict) || seen.has(dict)) {
      document.report('PAGES_BROKEN', 0);
      continue;
    }
    if (seen.add(dict).size > MAX_NODES) throw limitExceeded('pages');
    const [resources, media, crop] = [
      dict.get('Resources') ?? node.resources,
      dict.get('MediaBox') ?? node.media,
      dict.get('CropBox') ?? node.crop,
    ];
    const kids = resolve(dict.get('Kids'));
    if (kids instanceof PdfArray)
      for (const value of [...kids.items].reverse()) pending.push({ value, resources, media, crop });
    else if (nameOf(resolve(dict.get('Type'))) === 'Page') pages.push({ dict, resources, box: crop ?? media });
    else document.report('PAGES_BROKEN', dict.start);
  }
  return pages;
}
