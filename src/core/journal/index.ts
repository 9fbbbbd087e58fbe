export type * from './types.js';
export { JournalError } from './errors.js';
export type { JournalErrorCode } from './errors.js';
export { blindedLeaf, emptyRoot, leafHash, nodeHash } from './tree-hash.js';
export { consistencyRanges, inclusionRanges, nodesOfRange, rootOfRange } from './tree-range.js';
export type { LeafRange, NodeReader, TreeNode } from './tree-range.js';
export { EMPTY_FRONTIER, growFrontier, headOfFrontier, treeRoot } from './frontier.js';
export type { Frontier } from './frontier.js';
export {
  EMPTY_TILE,
  TILE_HEIGHT,
  TILE_WIDTH,
  growTile,
  nodeInTile,
  readTile,
  readTilePath,
  tileBytes,
  tileOfNode,
  tilePath,
  tileWidth,
} from './tile.js';
export type { Tile, TileRows } from './tile.js';
export { EMPTY_EDGE, frontierOfEdge, growEdge, headOfEdge } from './tile-edge.js';
export type { FullTile, TileEdge } from './tile-edge.js';
export { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proof.js';
export { noteKeyId, verifierKey } from './log-key.js';
export { noteSigningBytes, readNote, signedNote } from './note.js';
export type { Note, NoteSignature } from './note.js';
export { checkpointText, readCheckpoint, verifyCheckpoint } from './checkpoint.js';
export { readTlogProof, verifyTlogProof, writeTlogProof } from './tlog-proof.js';
