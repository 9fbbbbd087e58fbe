/* eslint-disable @typescript-eslint/require-await -- the contract's subject is asynchronous */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createMemoryFiles, openDiskFiles } from '../../../src/adapters/storage/index.js';
import { filesContract, namesOf, type FilesSubject } from '../contract/files-contract.js';

const subject = (): FilesSubject & { directory: string } => {
  const dir = mkdtempSync(join(tmpdir(), 'yinxin-files-'));
  const directory = join(dir, 'deep', 'er');
  const open = () => openDiskFiles({ directory });
  return { directory, open, reopen: open, dispose: async () => rmSync(dir, { recursive: true }) };
};

filesContract('disk', subject);
filesContract('memory', () => ({
  open: async () => createMemoryFiles(),
  reopen: undefined,
  dispose: async () => undefined,
}));

describe('files on disk', () => {
  const text = new TextEncoder().encode('证照');
  const name = createHash('sha256').update(text).digest('hex');

  const withStore = async (use: (store: ReturnType<typeof subject>, path: string) => Promise<void>): Promise<void> => {
    const store = subject();
    try {
      await use(store, join(store.directory, name.slice(0, 2), name));
    } finally {
      await store.dispose();
    }
  };

  it('lie under the first two digits of their name, and nothing else is left behind', () =>
    withStore(async (store, path) => {
      await (await store.open()).put(text);
      expect(existsSync(path)).toBe(true);
      expect(readdirSync(join(store.directory, 'incoming'))).toEqual([]);
    }));

  it('are refused when a byte was changed', () =>
    withStore(async (store, path) => {
      const files = await store.open();
      await files.put(text);
      writeFileSync(path, '证熙');
      await expect(files.get(name)).rejects.toMatchObject({ code: 'STORE_CORRUPT', more: { details: { file: name } } });
    }));

  it('are whole again when the same bytes are put over a damaged file', () =>
    withStore(async (store, path) => {
      const files = await store.open();
      await files.put(text);
      writeFileSync(path, '');
      await files.put(text);
      expect(await files.get(name)).toEqual(text);
    }));

  it('are not what a crash left behind, nor what others put there', () =>
    withStore(async (store) => {
      const files = await store.open();
      writeFileSync(join(store.directory, 'incoming', `${name}.x`), 'half');
      writeFileSync(join(store.directory, 'notes.txt'), 'x');
      expect(await namesOf(files)).toEqual([]);
      expect(await files.get(name)).toBeUndefined();
    }));

  it('fail with STORE_UNAVAILABLE when the disk does', () =>
    withStore(async (store) => {
      const files = await store.open();
      rmSync(store.directory, { recursive: true });
      writeFileSync(store.directory, 'a file in the way');
      await expect(files.put(text)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await expect(store.open()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    }));
});
