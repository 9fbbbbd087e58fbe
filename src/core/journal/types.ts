/** A node of the tree: SHA-256, 32 bytes (RFC 6962 2.1). */
export type TreeHash = Uint8Array;

export interface TreeHead {
  readonly size: number;
  readonly root: TreeHash;
}

/** C2SP tlog-checkpoint: the signed note whose text is origin, size and root. */
export interface Checkpoint extends TreeHead {
  readonly origin: string;
  /** The whole note, signature lines included. */
  readonly note: string;
}

export interface InclusionProof {
  readonly index: number;
  readonly hashes: readonly TreeHash[];
}

/** That the tree of `to` leaves begins with the tree of `from` leaves (RFC 6962 2.1.2). */
export interface ConsistencyProof {
  readonly from: number;
  readonly to: number;
  readonly hashes: readonly TreeHash[];
}

/** C2SP tlog-proof: all that a stranger needs besides the leaf and the keys. */
export interface TlogProof extends InclusionProof {
  /** The signed note, verbatim and not checked yet. */
  readonly checkpoint: string;
}

/** A key that checkpoints are believed by. */
export interface LogKey {
  readonly name: string;
  readonly suite: 'ED25519' | 'SM2-SM3';
  readonly spki: Uint8Array;
}

/** Who may be believed about this journal: the origin line, and keys of which EACH must have signed. */
export interface LogVerifier {
  readonly origin: string;
  readonly keys: readonly LogKey[];
}
