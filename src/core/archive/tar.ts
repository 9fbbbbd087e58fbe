import { concat, latin1, utf8 } from '../encoding/index.js';
import { ArchiveError } from './errors.js';
import type { PackedFile } from './types.js';

const BLOCK = 512;

/**
 * A POSIX.1-1988 ustar archive of regular files: no owner, mode 0644, one time for all. Enough for a bag, whose names are
 * portable; a name that ustar has no room for (100 octets, or 155 and 100 around a slash) is ARCHIVE_ITEM_MALFORMED.
 *
 * @param mtime seconds since 1970
 */
export function tar(files: readonly PackedFile[], mtime: number): Uint8Array {
  const parts = files.flatMap(({ path, bytes }) => [
    header(path, bytes.length, mtime),
    bytes,
    new Uint8Array(-bytes.length & (BLOCK - 1)),
  ]);
  return concat([...parts, new Uint8Array(2 * BLOCK)]);
}

function header(path: string, size: number, mtime: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (offset: number, bytes: Uint8Array) => block.set(bytes, offset);
  const octal = (value: number, width: number) => latin1(value.toString(8).padStart(width - 1, '0') + '\0');
  const { name, prefix } = splitName(path);
  put(0, name);
  put(100, octal(0o644, 8));
  put(108, octal(0, 8));
  put(116, octal(0, 8));
  put(124, octal(size, 12));
  put(136, octal(mtime, 12));
  put(148, latin1('        '));
  put(156, latin1('0'));
  put(257, latin1('ustar\x0000'));
  put(345, prefix);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(148, latin1(sum.toString(8).padStart(6, '0') + '\0 '));
  return block;
}

function splitName(path: string): { name: Uint8Array; prefix: Uint8Array } {
  const whole = utf8(path);
  if (whole.length <= 100) return { name: whole, prefix: new Uint8Array(0) };
  for (let i = whole.length - 101; i <= Math.min(155, whole.length - 2); i++)
    if (whole[i] === 0x2f) return { name: whole.subarray(i + 1), prefix: whole.subarray(0, i) };
  throw new ArchiveError('ARCHIVE_ITEM_MALFORMED', {
    en: 'a file name is too long for the archive',
    zh: '文件名过长，无法装入归档包',
  });
}
