import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a new file and syncs it; its entry in the directory is the caller's to sync. Makes missing folders. */
export async function writeNewFile(path: string, bytes: Uint8Array, mode = 0o640): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
