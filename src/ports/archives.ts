/**
 * Preservation storage: an OCFL 1.1 storage root.
 *
 * Contract: `write` makes one object visible whole or not at all (staged beside, synced, renamed, directory synced);
 * an object that exists is refused with ARCHIVE_EXISTS unless it has the same content.
 */
export interface Archives {
  /** Paths are relative to the object root, `/`-separated, as `core/archive` computed them, sidecars and inventory last. */
  write(objectPath: string, files: readonly ArchiveFile[]): Promise<void>;
  /** Object roots relative to the storage root. */
  list(): AsyncIterable<string>;
  /** Every file below an object root, with its bytes read lazily; links and odd entries are named, never followed. */
  entries(objectPath: string): AsyncIterable<ArchiveEntry>;
  read(objectPath: string, file: string): Promise<Uint8Array | undefined>;
  /** Files and folders of the storage root that belong to no object. */
  strays(): Promise<readonly string[]>;
}

export interface ArchiveFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ArchiveEntry {
  readonly path: string;
  readonly kind: 'file' | 'link' | 'other';
  readonly size: number;
  read(): Promise<Uint8Array>;
}
