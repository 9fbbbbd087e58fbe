import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Files } from '../../../src/ports/files.js';

export interface FilesSubject {
  open(): Promise<Files>;
  reopen: (() => Promise<Files>) | undefined;
  dispose(): Promise<void>;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (length: number): Uint8Array => Uint8Array.from(randomBytes(length));

export async function namesOf(files: Files): Promise<string[]> {
  const names: string[] = [];
  for await (const name of files.list()) names.push(name);
  return names;
}

/** What every keeper of `Files` must do; see the contract in `ports/files.ts`. */
export function filesContract(name: string, subject: () => FilesSubject): void {
  describe(`${name} as Files`, () => {
    let store: FilesSubject;
    let files: Files;

    beforeEach(async () => {
      store = subject();
      files = await store.open();
    });
    afterEach(() => store.dispose());

    it.each([0, 1, 40_960, 3_000_000])('keeps %i bytes under their SHA-256', async (length) => {
      const bytes = bytesOf(length);
      expect(await files.put(bytes)).toBe(sha256(bytes));
      expect(sha256((await files.get(sha256(bytes)))!)).toBe(sha256(bytes));
    });

    it('answers plain bytes of which a slice is a copy', async () => {
      const read = (await files.get(await files.put(bytesOf(9))))!;
      expect(read.constructor.name).toBe('Uint8Array');
    });

    it('takes the same bytes twice, one after the other and at once', async () => {
      const bytes = bytesOf(1000);
      await files.put(bytes);
      await Promise.all([files.put(bytes), files.put(bytes), files.put(bytes)]);
      expect(await namesOf(files)).toEqual([sha256(bytes)]);
    });

    it.each(['00'.repeat(32), '', '../../etc/passwd', 'A'.repeat(64), '00'])('has no file %j', async (absent) => {
      await files.put(bytesOf(10));
      expect(await files.get(absent)).toBeUndefined();
    });

    it('keeps the bytes of the moment of the call', async () => {
      const bytes = bytesOf(5000);
      const name = sha256(bytes);
      const put = files.put(bytes);
      bytes.fill(0);
      expect(await put).toBe(name);
      expect(sha256((await files.get(name))!)).toBe(name);
    });

    it('lists every name once, in order', async () => {
      const all = Array.from({ length: 100 }, () => bytesOf(100));
      await Promise.all(all.map((bytes) => files.put(bytes)));
      expect(await namesOf(files)).toEqual(all.map(sha256).sort());
    });

    it('has the same files when opened again', async () => {
      const name = await files.put(bytesOf(100));
      if (!store.reopen) return;
      expect(await namesOf(await store.reopen())).toEqual([name]);
    });
  });
}
