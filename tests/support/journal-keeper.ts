import type { Keeper, KeptKey } from '../../src/ports/index.js';
import { testLogKeys } from './journal-keys.js';
import type { TestLogKey } from './journal-keys.js';

/** A keeper with journal keys only, made from words. */
export function journalKeeper(keys: readonly TestLogKey[] = testLogKeys): Keeper {
  const kept = keys.map((key, i): KeptKey => ({
    keyId: `journal-${i}`,
    purpose: 'journal',
    suite: key.suite,
    spki: key.spki,
  }));
  return {
    keys: () => Promise.resolve(kept),
    sign: ({ keyId, message }) => Promise.resolve(keys[kept.findIndex((key) => key.keyId === keyId)]!.sign(message)),
    selfTest: () => Promise.resolve({ sm2Engine: 'test', passed: true }),
    close: () => Promise.resolve(),
  };
}
