import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ocflObject } from '../../../src/core/archive/index.js';
import type { Archives } from '../../../src/ports/archives.js';

export interface ArchivesSubject {
  open(): Promise<Archives>;
  reopen: (() => Promise<Archives>) | undefined;
  dispose(): Promise<void>;
}

const utf8 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

export const sampleObject = (id: string, text = '证照') =>
  ocflObject({
    id: `urn:uuid:${id}`,
    created: '2026-11-20T08:00:00Z',
    message: '样本',
    user: { name: 'test', address: 'mailto:test@example.org' },
    files: [{ logicalPath: 'data/result/licence.txt', bytes: utf8(text) }],
  });

export async function listOf(archives: Archives): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of archives.list()) paths.push(path);
  return paths;
}

export async function entriesOf(archives: Archives, objectPath: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const entry of archives.entries(objectPath))
    found[entry.path] = entry.kind === 'file' ? Buffer.from(await entry.read()).toString('latin1') : entry.kind;
  return found;
}

/** What every keeper of `Archives` must do; see the contract in `ports/archives.ts`. */
export function archivesContract(name: string, subject: () => ArchivesSubject): void {
  describe(`${name} as Archives`, () => {
    let store: ArchivesSubject;
    let archives: Archives;
    const { objectPath, files } = sampleObject('1');

    beforeEach(async () => {
      store = subject();
      archives = await store.open();
    });
    afterEach(() => store.dispose());

    it('is empty at first', async () => {
      expect(await listOf(archives)).toEqual([]);
      expect(await archives.strays()).toEqual([]);
      expect(await entriesOf(archives, objectPath)).toEqual({});
    });

    it('gives back every file of an object, and the size of each', async () => {
      await archives.write(objectPath, files);
      expect(await listOf(archives)).toEqual([objectPath]);
      expect(await entriesOf(archives, objectPath)).toEqual(
        Object.fromEntries(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('latin1')])),
      );
      for await (const { path, size } of archives.entries(objectPath))
        expect(size).toBe(files.find((file) => file.path === path)!.bytes.length);
      expect(await archives.read(objectPath, 'v1/content/data/result/licence.txt')).toEqual(utf8('证照'));
      expect(await archives.strays()).toEqual([]);
    });

    it('has nothing where nothing was written', async () => {
      await archives.write(objectPath, files);
      expect(await archives.read(objectPath, 'v2/inventory.json')).toBeUndefined();
      expect(await archives.read('aaa/bbb/ccc/none', 'inventory.json')).toBeUndefined();
    });

    it('takes the same object again', async () => {
      await archives.write(objectPath, files);
      await archives.write(objectPath, files);
      await Promise.all([archives.write(objectPath, files), archives.write(objectPath, files)]);
      expect(await listOf(archives)).toEqual([objectPath]);
    });

    it.each([
      ['other bytes', files.map((file, i) => (i === 0 ? { ...file, bytes: utf8('other') } : file))],
      ['a file more', [...files, { path: 'v1/content/more', bytes: utf8('') }]],
      ['a file less', files.slice(1)],
    ])('refuses an object that exists with %s', async (_, other) => {
      await archives.write(objectPath, files);
      const before = await entriesOf(archives, objectPath);
      await expect(archives.write(objectPath, other)).rejects.toMatchObject({ code: 'ARCHIVE_EXISTS' });
      expect(await entriesOf(archives, objectPath)).toEqual(before);
    });

    it('lets one of two win who write different objects to one place at once', async () => {
      const other = sampleObject('1', 'other').files;
      const results = await Promise.allSettled([archives.write(objectPath, files), archives.write(objectPath, other)]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('takes many objects at once, some below the same folders', async () => {
      const paths = ['aaa/bbb/ccc/one', 'aaa/bbb/ccc/two', 'aaa/bbb/ddd/three', 'aaa/eee/fff/four'];
      await Promise.all(paths.map((path) => archives.write(path, files)));
      expect(await listOf(archives)).toEqual(paths);
      expect(await archives.strays()).toEqual([]);
    });

    it.each(['../x', '/x', 'a//b', 'a/./b', '', '.x', 'a\\b', 'a\0'])('refuses the object path %j', async (path) => {
      await expect(archives.write(path, files)).rejects.toThrow(TypeError);
    });

    it.each(['../x', '/x', 'a/../../x', ''])('refuses the file path %j', async (path) => {
      await expect(archives.write(objectPath, [{ path, bytes: utf8('') }])).rejects.toThrow(TypeError);
      expect(await listOf(archives)).toEqual([]);
    });

    it('refuses an object without files and one with a file twice', async () => {
      await expect(archives.write(objectPath, [])).rejects.toThrow(TypeError);
      await expect(archives.write(objectPath, [files[0]!, files[0]!])).rejects.toThrow(TypeError);
    });

    it('has the same objects when opened again', async () => {
      await archives.write(objectPath, files);
      if (store.reopen) expect(await listOf(await store.reopen())).toEqual([objectPath]);
    });
  });
}
