import { fromUtf8 } from '../../src/core/encoding/index.js';

/** Files of a POSIX ustar archive (IEEE Std 1003.1, pax interchange format, ustar): enough to read back what we wrote. */
export function readTar(bytes: Uint8Array): readonly { readonly path: string; readonly bytes: Uint8Array }[] {
  const files = [];
  for (let at = 0; bytes[at] !== 0;) {
    const field = (from: number, length: number) =>
      fromUtf8(bytes.subarray(at + from, at + from + length)).split('\0')[0]!;
    const size = parseInt(field(124, 12), 8);
    const path = [field(345, 155), field(0, 100)].filter(Boolean).join('/');
    if (field(156, 1) === '0') files.push({ path, bytes: bytes.slice(at + 512, at + 512 + size) });
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
