import { describe, expect, it } from '@jest/globals';
import { createMemoryDocuments } from '../../../src/adapters/storage/index.js';
import { toBase64, utf8 } from '../../../src/core/encoding/index.js';
import { EMPTY_TILE, growTile, leafHash, tileBytes } from '../../../src/core/journal/index.js';
import { TileStore, tileRecord } from '../../../src/operations/journal/tile-store.js';
import type { Documents } from '../../../src/ports/index.js';

const rows = growTile(
  EMPTY_TILE,
  Array.from({ length: 256 }, (_, i) => leafHash(utf8(`${i}`))),
);

describe('TileStore', () => {
  it('keeps as many tiles as it may, and forgets the one that was unused for longest', async () => {
    const inner = createMemoryDocuments();
    for (const index of [0, 1, 2])
      await inner.insert('tiles', tileRecord({ tile: { level: 0, index, width: 256 }, rows }));
    const read: string[] = [];
    const documents: Documents = { ...inner, get: (collection, id) => (read.push(id), inner.get(collection, id)) };
    const tiles = new TileStore(documents, 2);
    for (const index of [0, 1, 0, 2, 0, 1]) expect(tileBytes(await tiles.full(0, index))).toEqual(tileBytes(rows));
    expect(read).toEqual(['0/000', '0/001', '0/002', '0/001']);
  });

  it.each([
    ['is missing', undefined],
    ['is too short', toBase64(new Uint8Array(32))],
    ['is not base64', '*'],
  ])('says that the journal is damaged when a tile %s', async (_, data) => {
    const documents = createMemoryDocuments();
    if (data !== undefined) await documents.insert('tiles', { id: '0/000', data });
    await expect(new TileStore(documents).full(0, 0)).rejects.toThrow(
      expect.objectContaining({ code: 'JOURNAL_DAMAGED' }),
    );
  });

  it('says so too when a leaf is missing', async () => {
    await expect(new TileStore(createMemoryDocuments()).edge(1)).rejects.toThrow(
      expect.objectContaining({ code: 'JOURNAL_DAMAGED' }),
    );
  });
});
