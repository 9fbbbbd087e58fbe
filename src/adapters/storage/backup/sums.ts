import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { storeCorrupt } from '../errors.js';

/** Written last: a backup without it is none. In the form of the coreutils: `sha256sum -c SHA256SUMS` checks a backup. */
export const SUMS = 'SHA256SUMS';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** path → digest, by path. */
export function formatSums(sums: ReadonlyMap<string, string>): Uint8Array {
  const lines = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, digest]) => `${digest}  ${path}\n`);
  return Buffer.from(lines.join(''));
}

/** Refuses paths that lead out of the backup: whoever hands one over may not be its maker. */
export async function readSums(backup: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(backup, SUMS), 'utf8').catch((cause: unknown) => {
    throw storeCorrupt('this is not a whole backup', { file: SUMS }, cause);
  });
  const sums = new Map<string, string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, digest, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (digest === undefined || path === undefined || !isInside(path))
      throw storeCorrupt('a list of digests is malformed', { file: SUMS });
    sums.set(path, digest);
  }
  return sums;
}

const isInside = (path: string): boolean =>
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

/** The file's bytes; throws STORE_CORRUPT when it is missing, a link or another file than was written. */
export async function readChecked(backup: string, path: string, digest: string): Promise<Buffer> {
  const full = join(backup, path);
  const stat = await lstat(full).catch(() => undefined);
  if (!stat?.isFile()) throw storeCorrupt('a file of the backup is missing', { file: path });
  const bytes = await readFile(full);
  if (sha256(bytes) !== digest) throw storeCorrupt('a file of the backup was changed', { file: path });
  return bytes;
}
