import { limitExceeded } from './errors.js';
import type { PdfDocument } from './document.js';
import type { PdfAttachment } from './inspection.js';
import { PdfArray, PdfDict, PdfStream, nameOf, textOf, type PdfValue } from './objects.js';

const MAX_NODES = 10_000;

/** Embedded files of the newest state: those of the name tree (ISO 32000-2 7.11.4), then further associated files. */
export function readAttachments(document: PdfDocument, catalogue: PdfDict): PdfAttachment[] {
  const resolve = (value: PdfValue | undefined) => document.resolve(value, document.newest);
  const specifications = new Set<PdfDict>();
  const add = (value: PdfValue | undefined) => {
    const specification = resolve(value);
    if (specification instanceof PdfDict && specifications.add(specification).size > MAX_NODES)
      throw limitExceeded('attachments');
  };
  const names = resolve(catalogue.get('Names'));
  if (names instanceof PdfDict) eachNamed(resolve, names.get('EmbeddedFiles'), add);
  const associated = resolve(catalogue.get('AF'));
  if (associated instanceof PdfArray) associated.items.forEach(add);
  return [...specifications].flatMap((specification) => describe(document, resolve, specification) ?? []);
}

type Resolve = (value: PdfValue | undefined) => PdfValue | undefined;

/** Values of a name tree (7.9.6); nodes seen before are not entered again. */
function eachNamed(resolve: Resolve, root: PdfValue | undefined, visit: (value: PdfValue | undefined) => void): void {
  const seen = new Set<PdfValue>();
  const pending = [root];
  while (pending.length > 0) {
    const node = resolve(pending.pop());
    if (!(node instanceof PdfDict) || seen.has(node)) continue;
    if (seen.add(node).size > MAX_NODES) throw limitExceeded('attachments');
    const [pairs, kids] = [resolve(node.get('Names')), resolve(node.get('Kids'))];
    if (pairs instanceof PdfArray) for (let i = 1; i < pairs.items.length; i += 2) visit(pairs.items[i]);
    if (kids instanceof PdfArray) pending.push(...[...kids.items].reverse());
  }
}

function describe(document: PdfDocument, resolve: Resolve, specification: PdfDict): PdfAttachment | undefined {
  const embedded = resolve(specification.get('EF'));
  const stream = embedded instanceof PdfDict ? resolve(embedded.get('UF') ?? embedded.get('F')) : undefined;
  if (!(stream instanceof PdfStream)) return undefined;
  return {
    name: textOf(resolve(specification.get('UF'))) ?? textOf(resolve(specification.get('F'))) ?? '',
    relationship: nameOf(resolve(specification.get('AFRelationship'))),
    mediaType: nameOf(resolve(stream.dict.get('Subtype'))),
    bytes: document.decode(stream, document.newest),
  };
}
