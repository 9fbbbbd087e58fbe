import type { Collections } from '../../ports/collections.js';
import type { CollectionName, Documents, Versioned } from '../../ports/documents.js';

const PAGE = 500;

/** All documents of a collection by id, page by page; none of them empty. */
export async function* pagesOf<C extends CollectionName>(
  documents: Pick<Documents, 'scan'>,
  collection: C,
): AsyncGenerator<readonly Versioned<Collections[C]>[]> {
  for (let after: string | undefined; ;) {
    const page = await documents.scan(collection, { after, limit: PAGE });
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.doc.id;
  }
}
