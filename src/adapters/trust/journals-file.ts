import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBase64, parseJson } from '../../core/encoding/index.js';
import { noteKeyId } from '../../core/journal/index.js';
import type { LogKey, LogVerifier } from '../../core/journal/index.js';
import { trustMalformed } from './errors.js';

const FILE = 'journals.json';

/** `[{ origin, keys: [{ name, suite, spki: base64 }] }]`; no journal is known where the file is absent. */
export async function readJournals(directory: string): Promise<readonly LogVerifier[]> {
  try {
    const list = parseJson(await readFile(join(directory, FILE))) as unknown as readonly {
      origin: string;
      keys: readonly Record<keyof LogKey, string>[];
    }[];
    return list.map(({ origin, keys }) => {
      // A journal without keys would be believed by anyone's word.
      if (typeof origin !== 'string' || keys.length === 0) throw new TypeError('origin or keys');
      return { origin, keys: keys.map(logKey) };
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw trustMalformed(FILE, cause);
  }
}

function logKey({ name, suite, spki }: Record<keyof LogKey, string>): LogKey {
  if (typeof name !== 'string' || (suite !== 'ED25519' && suite !== 'SM2-SM3')) throw new TypeError('name or suite');
  const key: LogKey = { name, suite, spki: fromBase64(spki) };
  // Throws for a key of another kind than its suite.
  noteKeyId(key);
  return key;
}
