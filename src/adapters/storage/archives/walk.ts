import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveEntry } from '../../../ports/archives.js';
import { isNotFound } from '../sync.js';

const OBJECT_DECLARATION = /^0=ocfl_object_/;

/** What stands below a storage root that is not inside an object. */
export type RootEntry = { readonly kind: 'object' | 'file' | 'empty' | 'odd'; readonly path: string };

/** Down to the object roots and not into them. Links are named, never followed: they could lead out of the archive. */
export async function* walkRoot(root: string, at = ''): AsyncIterable<RootEntry> {
  const entries = await readdir(join(root, at), { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && OBJECT_DECLARATION.test(entry.name))) {
    yield { kind: 'object', path: at };
    return;
  }
  if (entries.length === 0 && at !== '') yield { kind: 'empty', path: at };
  for (const entry of byName(entries)) {
    const path = at === '' ? entry.name : `${at}/${entry.name}`;
    if (entry.isDirectory()) yield* walkRoot(root, path);
    else yield { kind: entry.isFile() ? 'file' : 'odd', path };
  }
}

/** Every file below a folder, by path; links, devices and empty folders too, as what they are. */
export async function* walkFiles(root: string, at = ''): AsyncIterable<ArchiveEntry> {
  for (const entry of byName(await readdir(join(root, at), { withFileTypes: true }))) {
    const path = at === '' ? entry.name : `${at}/${entry.name}`;
    const full = join(root, path);
    if (entry.isDirectory()) {
      if ((await readdir(full)).length === 0) yield unreadable(path, 'other');
      else yield* walkFiles(root, path);
    } else if (entry.isFile()) {
      yield { path, kind: 'file', size: (await stat(full)).size, read: async () => plain(await readFile(full)) };
    } else yield unreadable(path, entry.isSymbolicLink() ? 'link' : 'other');
  }
}

export async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

function byName<T extends { readonly name: string }>(entries: T[]): T[] {
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function unreadable(path: string, kind: 'link' | 'other'): ArchiveEntry {
  return { path, kind, size: 0, read: () => Promise.reject(new TypeError(`${path} is not a file`)) };
}

/** A Uint8Array that is no Buffer, since `slice` differs. */
export const plain = (buffer: Buffer): Uint8Array => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
