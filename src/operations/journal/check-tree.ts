import { equalBytes, fromBase64url, toHex } from '../../core/encoding/index.js';
import { isTrustError } from '../../core/errors/index.js';
import {
  EMPTY_EDGE,
  TILE_WIDTH,
  blindedLeaf,
  frontierOfEdge,
  growEdge,
  headOfEdge,
  leafHash,
  readTilePath,
  tileWidth,
  verifyCheckpoint,
} from '../../core/journal/index.js';
import type { FullTile, LogVerifier, TileEdge } from '../../core/journal/index.js';
import type { Documents, JournalHeadRecord, LeafRecord } from '../../ports/index.js';
import { indexOfLeaf, leafId } from './entries.js';
import { problem } from './journal-problem.js';
import type { JournalProblem } from './journal-problem.js';
import { isSame } from './journal-state.js';
import { scanAll } from './scan-all.js';
import { tileRecord } from './tile-store.js';

export type Report = (found: JournalProblem) => void;

export interface CheckedTree {
  readonly leaves: number;
  /** Full tiles that were recomputed. */
  readonly tiles: number;
  /** Leaves that stand in the head alone: the next opening of the journal writes them. */
  readonly unapplied: number;
  /** Index of the leaf about each entry. */
  readonly entries: ReadonlyMap<string, number>;
}

/** Recomputes the tree from the leaves and holds head, frontier, checkpoint and tiles against it. */
export async function checkTree(documents: Documents, log: LogVerifier, report: Report): Promise<CheckedTree> {
  const head = (await documents.get('journal', 'head'))?.doc;
  const entries = new Map<string, number>();
  const counts = { unapplied: 0, tiles: 0 };
  let edge = EMPTY_EDGE;
  let frontier: TileEdge | undefined;
  const base = head ? head.size - head.batch.length : 0;

  for await (const leaf of leavesInOrder(documents, head, counts, report)) {
    if (edge.size === base) frontier = edge;
    if (entries.has(leaf.entry)) report(problem('ENTRY_REPEATED', leaf.entry));
    entries.set(leaf.entry, indexOfLeaf(leaf));
    const data = dataOf(leaf, report);
    // Behind a missing leaf nothing can be recomputed; naming that leaf is enough.
    if (edge.size !== indexOfLeaf(leaf)) continue;
    const grown = growEdge(edge, [leafHash(data)]);
    edge = grown.edge;
    for (const full of grown.full) {
      await checkTile(documents, full, edge.size > base, report);
      counts.tiles++;
    }
  }
  for await (const { id } of scanAll(documents, 'tiles'))
    if (!isFullTileOf(id, head?.size ?? 0)) report(problem('TILE_UNEXPECTED', id));
  if (head) {
    if (edge.size === head.size) checkHead(head, edge, edge.size === base ? edge : frontier!, report);
    await checkCheckpoint(head, log, report);
  }
  return { leaves: entries.size, ...counts, entries };
}

/** Stored leaves by index, with those of the newest batch that stand in the head alone. */
async function* leavesInOrder(
  documents: Documents,
  head: JournalHeadRecord | undefined,
  counts: { unapplied: number },
  report: Report,
): AsyncGenerator<LeafRecord> {
  const batch = new Map(head?.batch.map((leaf) => [leaf.id, leaf]));
  const size = head?.size ?? 0;
  let next = 0;
  function* before(end: number): Generator<LeafRecord> {
    for (; next < end; next++) {
      const leaf = batch.get(leafId(next));
      if (!leaf) report(problem('LEAF_MISSING', leafId(next)));
      else {
        counts.unapplied++;
        yield leaf;
      }
    }
  }
  let strays = 0;
  for await (const leaf of scanAll(documents, 'leaves')) {
    const index = indexOfLeaf(leaf);
    if (leaf.id !== leafId(index) || index >= size) {
      strays++;
      if (head) report(problem('LEAF_BEYOND_HEAD', leaf.id));
      continue;
    }
    yield* before(index);
    const recorded = batch.get(leaf.id);
    if (recorded && !isSame(recorded, leaf)) report(problem('LEAF_DIFFERS_FROM_BATCH', leaf.id));
    yield leaf;
    next = index + 1;
  }
  yield* before(size);
  if (!head && strays > 0) report(problem('HEAD_MISSING'));
}

/** The leaf's data; a leaf that is not the blinded digest of its content is reported. */
function dataOf(leaf: LeafRecord, report: Report): Uint8Array {
  try {
    const data = fromBase64url(leaf.data);
    if (equalBytes(data, blindedLeaf(fromBase64url(leaf.blinding), fromBase64url(leaf.content)))) return data;
    report(problem('LEAF_DAMAGED', leaf.id));
    return data;
  } catch {
    report(problem('LEAF_DAMAGED', leaf.id));
    return new Uint8Array(0);
  }
}

async function checkTile(documents: Documents, full: FullTile, isOfBatch: boolean, report: Report): Promise<void> {
  const expected = tileRecord(full);
  const stored = await documents.get('tiles', expected.id);
  if (stored && !isSame(stored.doc, expected)) report(problem('TILE_DIFFERS', expected.id));
  if (!stored && !isOfBatch) report(problem('TILE_MISSING', expected.id));
}

function isFullTileOf(path: string, size: number): boolean {
  try {
    const { level, index, width } = readTilePath(path);
    return width === TILE_WIDTH && tileWidth(level, index, size) === TILE_WIDTH;
  } catch {
    return false;
  }
}

function checkHead(head: JournalHeadRecord, edge: TileEdge, frontier: TileEdge, report: Report): void {
  if (toHex(headOfEdge(edge).root) !== head.root) report(problem('ROOT_DIFFERS'));
  if (frontierOfEdge(frontier).roots.map(toHex).join() !== head.frontier.join()) report(problem('FRONTIER_DIFFERS'));
}

async function checkCheckpoint(head: JournalHeadRecord, log: LogVerifier, report: Report): Promise<void> {
  try {
    const { size, root } = await verifyCheckpoint(head.note ?? '', log);
    if (size !== head.size || toHex(root) !== head.root) report(problem('CHECKPOINT_DIFFERS'));
  } catch (error) {
    if (!isTrustError(error)) throw error;
    report(problem('CHECKPOINT_NOT_BELIEVED'));
  }
}
