import type { Facts, SignatureFacts } from '../facts.js';
import type { Policy } from '../policies/policy.js';
import type { Finding, SubIndication } from '../types.js';
import type { FileCheckName, SignatureCheckName } from './check-names.js';
import type { ReasonCode } from '../words/reasons.table.js';

/** Which of the four questions of a report a check helps to answer. */
export type Fragment = 'integrity' | 'seal' | 'licence' | 'issuer';

export type Details = Readonly<Record<string, string | number | boolean | null>>;

export type Outcome =
  | { readonly result: 'passed'; readonly details?: Details }
  | { readonly result: 'not-applicable' }
  | {
      /** `failed`: it is wrong. `undetermined`: it could not be found out, or not be proved. */
      readonly result: 'failed' | 'undetermined';
      readonly reason: ReasonCode;
      readonly subIndication?: SubIndication;
      readonly details?: Details;
    };

export interface JudgeContext {
  readonly facts: Facts;
  readonly policy: Policy;
  readonly at: Date;
}

/** One question about one signature. Pure: facts, policy and time are all it knows. */
export interface SignatureCheck {
  readonly name: SignatureCheckName;
  readonly fragment: Fragment;
  readonly run: (signature: SignatureFacts, context: JudgeContext) => Outcome;
}

/** One question about the file as a whole. */
export interface FileCheck {
  readonly name: FileCheckName;
  readonly fragment: Fragment;
  readonly run: (context: JudgeContext) => Outcome;
}

/** A finding with the fragment that it answers for. */
export interface Placed {
  readonly fragment: Fragment;
  readonly finding: Finding;
}

export const PASSED: Outcome = { result: 'passed' };
export const NOT_APPLICABLE: Outcome = { result: 'not-applicable' };

export function failed(reason: ReasonCode, subIndication?: SubIndication, details?: Details): Outcome {
  return { result: 'failed', reason, subIndication, details };
}

export function undetermined(reason: ReasonCode, subIndication?: SubIndication, details?: Details): Outcome {
  return { result: 'undetermined', reason, subIndication, details };
}

/** `failed` unless `good`. */
export function require(good: boolean, reason: ReasonCode, subIndication?: SubIndication, details?: Details): Outcome {
  return good ? PASSED : failed(reason, subIndication, details);
}
