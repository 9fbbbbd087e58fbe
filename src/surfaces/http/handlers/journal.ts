import { toBase64 } from '../../../core/encoding/index.js';
import type { HandlerAnswer } from '../route.js';
import type { HttpWorld } from '../world.js';
import { json } from './typed.js';
import type { HandlersOf } from './typed.js';

/** Hashes in a full tile (C2SP tlog-tiles). */
const TILE_WIDTH = 256;

export const journalHandlers = ({
  journal,
}: HttpWorld): HandlersOf<'getCheckpoint' | 'getTile' | 'getInclusionProof' | 'getConsistencyProof'> => ({
  getCheckpoint: async () => text(await journal.checkpoint()),

  getTile: async ({ path }) => {
    const [index = '', width] = path.index.split('.p/');
    const tile = {
      level: path.level,
      index: Number(index.replace(/[x/]/g, '')),
      width: width === undefined ? TILE_WIDTH : Number(width),
    };
    return {
      status: 200,
      // A tile never changes: a longer partial one is another tile.
      headers: { 'Cache-Control': 'public, max-age=31536000, immutable' },
      mediaType: 'application/octet-stream',
      body: await journal.tile(tile),
    };
  },

  getInclusionProof: async ({ path }) => text(await journal.proof(path.index)),

  getConsistencyProof: async ({ query }) => {
    const { from, to, hashes } = await journal.consistency(query.from, query.to);
    return json<'getConsistencyProof'>({ from, to, hashes: hashes.map(toBase64) });
  },
});

const text = (body: string): HandlerAnswer => ({ status: 200, mediaType: 'text/plain; charset=utf-8', body });
