import type { LicenceOperation, LicenceState } from './types.js';

export interface Transition {
  readonly operation: LicenceOperation;
  readonly from: readonly LicenceState[];
  readonly to: LicenceState;
}

/** What may happen to a licence. `expired` is never entered by an event: it follows from the last day of validity. */
export const TRANSITIONS: readonly Transition[] = [
  { operation: 'issue', from: ['draft'], to: 'valid' },
  { operation: 'suspend', from: ['valid'], to: 'suspended' },
  { operation: 'resume', from: ['suspended'], to: 'valid' },
  { operation: 'revoke', from: ['valid', 'suspended'], to: 'revoked' },
];

/** States that lie over and done with when the last day of validity has passed. */
export const EXPIRING: readonly LicenceState[] = ['valid', 'suspended'];

export const STATE_WORDS: Readonly<Record<LicenceState, { readonly en: string; readonly zh: string }>> = {
  draft: { en: 'not in force yet', zh: '未生效' },
  valid: { en: 'valid', zh: '有效' },
  suspended: { en: 'suspended', zh: '暂扣' },
  expired: { en: 'expired', zh: '过期' },
  cancelled: { en: 'cancelled', zh: '注销' },
  withdrawn: { en: 'withdrawn', zh: '撤销' },
  revoked: { en: 'revoked', zh: '吊销' },
  superseded: { en: 'superseded', zh: '已换发' },
};

export const OPERATION_WORDS: Readonly<Record<LicenceOperation, { readonly en: string; readonly zh: string }>> = {
  issue: { en: 'issue', zh: '颁发' },
  suspend: { en: 'suspend', zh: '暂扣' },
  resume: { en: 'resume', zh: '暂扣发还' },
  revoke: { en: 'revoke', zh: '吊销' },
};
