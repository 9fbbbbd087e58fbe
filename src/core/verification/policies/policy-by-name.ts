import { hash } from '#primitives';
import { canonicalJson, toHex } from '../../encoding/index.js';
import type { Json } from '../../errors/index.js';
import { VerificationError } from '../errors.js';
import { OPEN } from './open.table.js';
import type { Policy } from './policy.js';
import { STRICT } from './strict.table.js';

const POLICIES: readonly Policy[] = [STRICT, OPEN];

export const policyNames = (): readonly string[] => POLICIES.map(({ name }) => name);

/** Throws POLICY_UNKNOWN. */
export function policyByName(name: string): Policy {
  const policy = POLICIES.find((one) => one.name === name);
  if (!policy)
    throw new VerificationError('POLICY_UNKNOWN', { en: `unknown policy ${name}`, zh: `未知的核验策略 ${name}` });
  return policy;
}

/** SHA-256 over the canonical JSON, lower-case hex: two policies of one digest judge alike. */
export function policyDigest(policy: Policy): string {
  const known = digests.get(policy);
  if (known !== undefined) return known;
  const digest = toHex(hash('sha256', canonicalJson(policy as unknown as Json)));
  digests.set(policy, digest);
  return digest;
}

/** Policies are values that never change, so one computation each is enough. */
const digests = new WeakMap<Policy, string>();
