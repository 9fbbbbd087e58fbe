import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundEntry, PackedFile } from '../../src/core/archive/index.js';

/** The files below a folder as a reader of archives sees them. */
export function entriesOfFolder(folder: string): FoundEntry[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const full = join(entry.parentPath, entry.name);
      return {
        path: full.slice(folder.length + 1),
        kind: 'file' as const,
        size: statSync(full).size,
        read: () => Promise.resolve(Uint8Array.from(readFileSync(full))),
      };
    });
}

export const entriesOfFiles = (files: readonly PackedFile[]): FoundEntry[] =>
  files.map(({ path, bytes }) => ({ path, kind: 'file', size: bytes.length, read: () => Promise.resolve(bytes) }));
