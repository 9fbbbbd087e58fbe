import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tar } from '../../../src/core/archive/index.js';

describe('tar', () => {
  it('makes what the system tar unpacks byte for byte, long and Chinese names too', () => {
    const long = `${'folder-'.repeat(12)}/${'x'.repeat(90)}.bin`;
    const files = [
      { path: 'bag/a.txt', bytes: new TextEncoder().encode('hello') },
      { path: 'bag/data/证照.pdf', bytes: Uint8Array.from({ length: 1024 }, (_, i) => i) },
      { path: long, bytes: new Uint8Array(0) },
    ];
    const folder = mkdtempSync(join(tmpdir(), 'yinxin-tar-'));
    try {
      writeFileSync(join(folder, 'x.tar'), tar(files, 1_700_000_000));
      execFileSync('tar', ['-xf', 'x.tar'], { cwd: folder });
      for (const { path, bytes } of files) expect(new Uint8Array(readFileSync(join(folder, path)))).toEqual(bytes);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('gives the same bytes for the same files', () => {
    const files = [{ path: 'a', bytes: Uint8Array.of(1) }];
    expect(tar(files, 0)).toEqual(tar(files, 0));
  });

  it.each(['y'.repeat(101), `${'z'.repeat(156)}/a`, `a/${'y'.repeat(101)}`])(
    'refuses a name without a place in the header',
    (path) => {
      expect(() => tar([{ path, bytes: new Uint8Array(0) }], 0)).toThrow(
        expect.objectContaining({ code: 'ARCHIVE_ITEM_MALFORMED' }),
      );
    },
  );
});
