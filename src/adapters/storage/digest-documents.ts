import { canonicalJson, toHex } from '../../core/encoding/index.js';
import type { Json } from '../../core/errors/index.js';
import { createHash } from '#primitives';
import type { Documents } from '../../ports/documents.js';
import { collectionNames } from './collection-table.js';
import { pagesOf } from './pages-of.js';

const LINE_END = new Uint8Array([0x0a]);

/** SHA-256 over one line `[collection, version, document]` of canonical JSON (RFC 8785) per document; the same for every adapter. */
export async function digestDocuments(documents: Pick<Documents, 'scan'>): Promise<string> {
  const hash = createHash('sha256');
  for (const collection of [...collectionNames].sort())
    for await (const page of pagesOf(documents, collection))
      for (const { doc, version } of page)
        hash.update(canonicalJson([collection, version, doc as unknown as Json])).update(LINE_END);
  return toHex(hash.digest());
}
