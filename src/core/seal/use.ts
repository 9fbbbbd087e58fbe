import { instantMs } from '../encoding/index.js';
import type { Words } from '../errors/index.js';
import type { SuiteId } from '../crypto/index.js';
import { SealError } from './errors.js';
import type { SealErrorCode } from './errors.js';
import type { Seal, SealKey, SealState } from './types.js';

/** What a key of a seal is wanted for: the seal itself, or structured data that is bound to it. */
export type SealPurpose = 'seal' | 'data';

export type SealUse =
  | { readonly ok: true; readonly key: SealKey }
  | { readonly ok: false; readonly code: SealErrorCode; readonly words: Words };

/** State of a seal at an instant; undefined before it existed. */
export function sealStateAt(seal: Seal, at: Date): SealState | undefined {
  // The last one wins where an interval is empty: two events may take effect in the same instant.
  return seal.states.findLast(({ from }) => instantMs(from)! <= at.getTime())?.state;
}

/** May this seal be used in this suite at this instant, and with which key? */
export function mayUse(seal: Seal, suite: SuiteId, at: Date, purpose: SealPurpose): SealUse {
  const state = sealStateAt(seal, at);
  if (state !== 'in-use') return { ok: false, ...REFUSALS[state ?? 'none'] };
  const keys = purpose === 'seal' ? seal.keys : seal.dataKeys;
  const key = keys.find((candidate) => candidate.suite === suite && isWithin(candidate, at));
  if (!key)
    return {
      ok: false,
      code: 'SEAL_KEY_MISSING',
      words: { en: `the seal has no key for ${suite} at that time`, zh: `印章当时没有 ${suite} 的密钥` },
    };
  return { ok: true, key };
}

/** The key that seals. Throws a SealError with the code that `mayUse` answers. */
export function sealKeyFor(seal: Seal, suite: SuiteId, at: Date): SealKey {
  return keyOf(mayUse(seal, suite, at, 'seal'));
}

/** The key that signs structured data. Throws as `sealKeyFor` does. */
export function dataKeyFor(seal: Seal, suite: SuiteId, at: Date): SealKey {
  return keyOf(mayUse(seal, suite, at, 'data'));
}

function keyOf(use: SealUse): SealKey {
  if (!use.ok) throw new SealError(use.code, use.words);
  return use.key;
}

const isWithin = ({ from, until }: SealKey, at: Date): boolean =>
  instantMs(from)! <= at.getTime() && (until === null || at.getTime() < instantMs(until)!);

const REFUSALS: Readonly<
  Record<'none' | 'suspended' | 'cancelled', { readonly code: SealErrorCode; readonly words: Words }>
> = {
  none: { code: 'SEAL_NOT_IN_USE_YET', words: { en: 'the seal was not in use yet', zh: '印章尚未启用' } },
  suspended: { code: 'SEAL_SUSPENDED', words: { en: 'the seal is suspended', zh: '印章已暂停使用' } },
  cancelled: { code: 'SEAL_CANCELLED', words: { en: 'the seal is cancelled', zh: '印章已注销' } },
};
