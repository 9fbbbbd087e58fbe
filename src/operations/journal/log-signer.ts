import { checkpointText, noteSigningBytes, signedNote } from '../../core/journal/index.js';
import type { LogKey, LogVerifier, TreeHead } from '../../core/journal/index.js';
import type { Keeper } from '../../ports/index.js';
import { journalStateError } from './errors.js';

/** Signs heads with the journal's keys, one of each suite. */
export interface LogSigner {
  /** What others need to believe the checkpoints; the key name is the origin. */
  readonly verifier: LogVerifier;
  sign(head: TreeHead): Promise<string>;
}

const SUITES: readonly LogKey['suite'][] = ['ED25519', 'SM2-SM3'];

/** @throws JournalStateError JOURNAL_KEYS_MISSING unless the keeper has exactly one journal key of each suite */
export async function createLogSigner(keeper: Keeper, origin: string): Promise<LogSigner> {
  const kept = (await keeper.keys()).filter(({ purpose }) => purpose === 'journal');
  const keys = SUITES.map((suite) => {
    const [key, ...others] = kept.filter((candidate) => candidate.suite === suite);
    if (!key || others.length > 0) throw journalStateError('JOURNAL_KEYS_MISSING', { suite });
    return { keyId: key.keyId, key: { name: origin, suite, spki: key.spki } };
  });
  return {
    verifier: { origin, keys: keys.map(({ key }) => key) },
    async sign(head) {
      const text = checkpointText(origin, head);
      const message = noteSigningBytes(text);
      const signatures = keys.map(async ({ keyId, key }) => ({
        key,
        signature: await keeper.sign({ purpose: 'journal', keyId, message }),
      }));
      return signedNote(text, await Promise.all(signatures));
    },
  };
}
