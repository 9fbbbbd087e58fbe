import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Directories made here are 0700; an existing one keeps its mode. */
export async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  // A new directory is durable when the one that names it is.
  if (first !== undefined) await syncDirectory(dirname(first));
}

/** Replaces a file whole or not at all; when this resolves, contents and name survive power loss. */
export async function writeDurably(path: string, contents: Uint8Array | string, mode: number): Promise<void> {
  const temporary = `${path}.tmp`;
  const file = await open(temporary, 'w', mode);
  try {
    await file.chmod(mode); // an older file of that name, or the umask, may have left another mode
    await file.writeFile(contents);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncDirectory(dirname(path));
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
