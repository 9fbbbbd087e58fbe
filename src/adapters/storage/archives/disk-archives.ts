import { randomUUID } from 'node:crypto';
import { readdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ocflStorageRoot } from '../../../core/archive/index.js';
import type { ArchiveEntry, ArchiveFile, Archives } from '../../../ports/archives.js';
import { writeNewFile } from '../durable-write.js';
import { storeCorrupt, storeUnavailable } from '../errors.js';
import { isNotFound, makeDurableDirectory, syncDirectory, syncTree } from '../sync.js';
import { checkArchiveFiles, checkObjectPath } from './check-paths.js';
import { archiveExists } from './errors.js';
import { isDirectory, plain, walkFiles, walkRoot } from './walk.js';

/** An OCFL storage root on disk. Objects are staged beside the root, so that the root is valid at every moment. */
class DiskArchives implements Archives {
  constructor(
    private readonly root: string,
    private readonly staging: string,
  ) {}

  async write(objectPath: string, files: readonly ArchiveFile[]): Promise<void> {
    checkObjectPath(objectPath);
    checkArchiveFiles(files);
    const staged = join(this.staging, randomUUID());
    try {
      // An object that is there may be named by nothing durable yet: whoever wrote it may have died before the last sync.
      if (await isDirectory(join(this.root, objectPath))) return await this.confirm(objectPath, files);
      await writeTree(join(staged, objectPath), files);
      await syncTree(staged);
      if (!(await this.publish(staged, objectPath))) return await this.confirm(objectPath, files);
      await this.syncAbove(objectPath);
    } catch (error) {
      throw foreign(error);
    } finally {
      await rm(staged, { recursive: true, force: true });
    }
  }

  async *list(): AsyncIterable<string> {
    for await (const { kind, path } of walkRoot(this.root)) if (kind === 'object' && path !== '') yield path;
  }

  async *entries(objectPath: string): AsyncIterable<ArchiveEntry> {
    checkObjectPath(objectPath);
    const folder = join(this.root, objectPath);
    if (await isDirectory(folder)) yield* walkFiles(folder);
  }

  async read(objectPath: string, file: string): Promise<Uint8Array | undefined> {
    checkObjectPath(objectPath);
    checkArchiveFiles([{ path: file, bytes: new Uint8Array() }]);
    const path = join(this.root, objectPath, file);
    try {
      // A link anywhere on the way would give bytes from outside the archive.
      if ((await realpath(path)) !== path) throw storeCorrupt('a link stands in the archive', { objectPath, file });
      return plain(await readFile(path));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw foreign(error);
    }
  }

  async strays(): Promise<readonly string[]> {
    const own = new Set(ocflStorageRoot().map(({ path }) => path));
    const strays: string[] = [];
    for await (const { kind, path } of walkRoot(this.root)) if (kind !== 'object' && !own.has(path)) strays.push(path);
    return strays;
  }

  /**
   * Renames the topmost folder of the path that is missing. The folders above an object appear with it and never
   * empty (E073). False when the object has appeared meanwhile.
   */
  private async publish(staged: string, objectPath: string): Promise<boolean> {
    const parts = objectPath.split('/');
    for (;;) {
      let depth = 1;
      while (depth <= parts.length && (await isDirectory(join(this.root, ...parts.slice(0, depth))))) depth++;
      if (depth > parts.length) return false;
      const missing = parts.slice(0, depth);
      try {
        await rename(join(staged, ...missing), join(this.root, ...missing));
        return true;
      } catch (error) {
        // Another writer made that folder: the next round aims below it.
        if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      }
    }
  }

  private async confirm(objectPath: string, files: readonly ArchiveFile[]): Promise<void> {
    const wanted = new Map(files.map(({ path, bytes }) => [path, bytes]));
    for await (const entry of walkFiles(join(this.root, objectPath))) {
      const { path, kind, size } = entry;
      const bytes = wanted.get(path);
      if (kind !== 'file' || bytes?.length !== size || !Buffer.from(await entry.read()).equals(bytes))
        throw archiveExists(objectPath);
      wanted.delete(path);
    }
    if (wanted.size > 0) throw archiveExists(objectPath);
    await this.syncAbove(objectPath);
  }

  private async syncAbove(objectPath: string): Promise<void> {
    const parts = objectPath.split('/');
    for (let depth = parts.length - 1; depth >= 0; depth--)
      await syncDirectory(join(this.root, ...parts.slice(0, depth)));
  }
}

async function writeTree(folder: string, files: readonly ArchiveFile[]): Promise<void> {
  for (const { path, bytes } of files) await writeNewFile(join(folder, path), bytes);
}

function foreign(error: unknown): unknown {
  return typeof (error as NodeJS.ErrnoException).errno === 'number' ? storeUnavailable(error) : error;
}

/**
 * Opens the storage root, or makes one of an empty or missing directory.
 * Throws STORE_CORRUPT when the directory holds something else or declares another layout.
 */
export async function openDiskArchives({ directory }: { readonly directory: string }): Promise<Archives> {
  try {
    await makeDurableDirectory(directory);
    // Resolved once, so that `read` can tell a link inside the archive from one that leads to it.
    const root = await realpath(directory);
    const staging = `${root}.staging`;
    await makeDurableDirectory(staging);
    await declareRoot(root);
    return new DiskArchives(root, staging);
  } catch (error) {
    throw foreign(error);
  }
}

async function declareRoot(root: string): Promise<void> {
  const declaration = ocflStorageRoot();
  const present = await readdir(root);
  // The declaration file itself is the last one written: without it whatever is there is a root half made.
  const half = declaration.map(({ path }) => path.split('/')[0]!);
  const isNew = present.every((name) => half.includes(name)) && !present.includes(declaration.at(-1)!.path);
  for (const { path, bytes } of declaration) {
    const full = join(root, path);
    if (isNew) {
      await rm(full, { force: true });
      await writeNewFile(full, bytes);
    } else if (!(await readFile(full).catch(() => Buffer.alloc(0))).equals(bytes))
      throw storeCorrupt('not an archive of this layout', { file: path });
  }
  if (isNew) await syncTree(root);
}
