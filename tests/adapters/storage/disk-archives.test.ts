/* eslint-disable @typescript-eslint/require-await -- the contract's subject is asynchronous */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createMemoryArchives, openDiskArchives } from '../../../src/adapters/storage/index.js';
import {
  archivesContract,
  entriesOf,
  listOf,
  sampleObject,
  type ArchivesSubject,
} from '../contract/archives-contract.js';

const subject = (): ArchivesSubject & { directory: string } => {
  const dir = mkdtempSync(join(tmpdir(), 'yinxin-archives-'));
  const directory = join(dir, 'deep', 'archive');
  const open = () => openDiskArchives({ directory });
  return { directory, open, reopen: open, dispose: async () => rmSync(dir, { recursive: true }) };
};

archivesContract('disk', subject);
archivesContract('memory', () => ({
  open: async () => createMemoryArchives(),
  reopen: undefined,
  dispose: async () => undefined,
}));

describe('an archive on disk', () => {
  const { objectPath, files } = sampleObject('1');
  const withStore = async (use: (store: ReturnType<typeof subject>) => Promise<void>): Promise<void> => {
    const store = subject();
    try {
      await use(store);
    } finally {
      await store.dispose();
    }
  };

  it('is a declared OCFL storage root', () =>
    withStore(async (store) => {
      await store.open();
      expect(readFileSync(join(store.directory, '0=ocfl_1.1'), 'utf8')).toBe('ocfl_1.1\n');
      expect(readdirSync(store.directory)).toEqual(['0=ocfl_1.1', 'extensions', 'ocfl_layout.json']);
    }));

  it('stages beside the root and leaves nothing there', () =>
    withStore(async (store) => {
      const archives = await store.open();
      await archives.write(objectPath, files);
      await expect(archives.write(objectPath, files.slice(1))).rejects.toMatchObject({ code: 'ARCHIVE_EXISTS' });
      expect(readdirSync(`${store.directory}.staging`)).toEqual([]);
    }));

  it('finishes a root that was half made', () =>
    withStore(async (store) => {
      mkdirSync(join(store.directory, 'extensions'), { recursive: true });
      writeFileSync(join(store.directory, 'ocfl_layout.json'), '{');
      await store.open();
      expect(JSON.parse(readFileSync(join(store.directory, 'ocfl_layout.json'), 'utf8'))).toHaveProperty('extension');
    }));

  it('is not made of a directory that holds something else, nor of a root with another layout', () =>
    withStore(async (store) => {
      mkdirSync(store.directory, { recursive: true });
      writeFileSync(join(store.directory, 'letter.txt'), '');
      await expect(store.open()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
      rmSync(join(store.directory, 'letter.txt'));
      await store.open();
      writeFileSync(join(store.directory, 'ocfl_layout.json'), '{"extension":"0002-flat-direct-storage-layout"}');
      await expect(store.open()).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    }));

  it('names links, never follows them', () =>
    withStore(async (store) => {
      const archives = await store.open();
      await archives.write(objectPath, files);
      const secret = join(dirname(store.directory), 'secret');
      mkdirSync(secret);
      writeFileSync(join(secret, 'x'), 'secret');
      symlinkSync(secret, join(store.directory, objectPath, 'v1', 'linked'));
      symlinkSync(secret, join(store.directory, 'linked'));
      expect(await entriesOf(archives, objectPath)).toMatchObject({ 'v1/linked': 'link' });
      expect(await archives.strays()).toEqual(['linked']);
      await expect(archives.read(objectPath, 'v1/linked/x')).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    }));

  it('names strays: files between objects, empty folders', () =>
    withStore(async (store) => {
      const archives = await store.open();
      await archives.write(objectPath, files);
      const between = objectPath.slice(0, 3);
      writeFileSync(join(store.directory, between, 'stray'), '');
      mkdirSync(join(store.directory, 'empty'));
      mkdirSync(join(store.directory, objectPath, 'v1', 'hollow'));
      expect(new Set(await archives.strays())).toEqual(new Set([`${between}/stray`, 'empty']));
      expect(await entriesOf(archives, objectPath)).toMatchObject({ 'v1/hollow': 'other' });
      expect(await listOf(archives)).toEqual([objectPath]);
    }));

  it('shows nothing of an object whose writing failed', () =>
    withStore(async (store) => {
      const archives = await store.open();
      // A path whose part is longer than a file name may be fails after other files were staged.
      const tooLong = [...files, { path: 'x'.repeat(300), bytes: new Uint8Array() }];
      await expect(archives.write(objectPath, tooLong)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      expect(existsSync(join(store.directory, objectPath.slice(0, 3)))).toBe(false);
      expect(await archives.strays()).toEqual([]);
    }));
});
