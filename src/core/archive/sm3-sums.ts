import { hash } from '#primitives';
import { toHex, utf8 } from '../encoding/index.js';

export const SM3_SUMS = 'sm3sums.txt';

/**
 * GB/T 32905 digests beside the SHA-512 of OCFL and BagIt, whose vocabularies have no SM3: `<hex>  <path>` per line, by
 * path, in the form of the coreutils. Paths hold no line breaks, see `checkFileNames`.
 */
export function sm3Sums(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Uint8Array {
  const lines = files.map(({ path, bytes }) => [path, toHex(hash('sm3', bytes))] as const);
  lines.sort(([a], [b]) => (a < b ? -1 : 1));
  return utf8(lines.map(([path, digest]) => `${digest}  ${path}\n`).join(''));
}
