/* eslint-disable @typescript-eslint/require-await -- the port is asynchronous: what is refused here must be a rejection */
import { equalBytes } from '../../../core/encoding/index.js';
import type { ArchiveFile, Archives } from '../../../ports/archives.js';
import { checkArchiveFiles, checkObjectPath } from '../archives/check-paths.js';
import { archiveExists } from '../archives/errors.js';

/** The contract in memory: for tests and trials. It has no links and no strays. */
export function createMemoryArchives(): Archives {
  const objects = new Map<string, ReadonlyMap<string, Uint8Array>>();
  return {
    async write(objectPath, files) {
      checkObjectPath(objectPath);
      checkArchiveFiles(files);
      const old = objects.get(objectPath);
      if (old && !sameContent(old, files)) throw archiveExists(objectPath);
      objects.set(objectPath, new Map(files.map(({ path, bytes }) => [path, Uint8Array.from(bytes)])));
    },
    async *list() {
      yield* [...objects.keys()].sort();
    },
    async *entries(objectPath) {
      const files = [...(objects.get(objectPath) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      for (const [path, bytes] of files)
        yield { path, kind: 'file' as const, size: bytes.length, read: async () => Uint8Array.from(bytes) };
    },
    async read(objectPath, file) {
      const bytes = objects.get(objectPath)?.get(file);
      return bytes && Uint8Array.from(bytes);
    },
    async strays() {
      return [];
    },
  };
}

function sameContent(old: ReadonlyMap<string, Uint8Array>, files: readonly ArchiveFile[]): boolean {
  return (
    old.size === files.length &&
    files.every(({ path, bytes }) => equalBytes(old.get(path) ?? new Uint8Array(), bytes) && old.has(path))
  );
}
