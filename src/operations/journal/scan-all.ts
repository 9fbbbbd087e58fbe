import type { CollectionName, Collections, Documents } from '../../ports/index.js';

const PAGE = 500;

/** Every document of a collection, by id, read page by page. */
export async function* scanAll<C extends CollectionName>(
  documents: Documents,
  collection: C,
): AsyncGenerator<Collections[C]> {
  let after: string | undefined;
  for (;;) {
    const page = await documents.scan(collection, { after, limit: PAGE });
    for (const { doc } of page) yield doc;
    if (page.length < PAGE) return;
    after = page.at(-1)!.doc.id;
  }
}
