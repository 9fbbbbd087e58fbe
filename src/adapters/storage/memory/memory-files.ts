/* eslint-disable @typescript-eslint/require-await -- the port is asynchronous: what is refused here must be a rejection */
import { toHex } from '../../../core/encoding/index.js';
import { hash } from '#primitives';
import type { Files } from '../../../ports/files.js';

/** The contract in memory: for tests and trials. */
export function createMemoryFiles(): Files {
  const files = new Map<string, Uint8Array>();
  return {
    async put(bytes) {
      const name = toHex(hash('sha256', bytes));
      files.set(name, Uint8Array.from(bytes));
      return name;
    },
    async get(sha256) {
      const bytes = files.get(sha256);
      return bytes && Uint8Array.from(bytes);
    },
    async *list() {
      yield* [...files.keys()].sort();
    },
  };
}
