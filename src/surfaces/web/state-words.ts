import type { Words } from '../../core/errors/index.js';
import type { LicenceStatus } from '../../operations/index.js';

/** States of a licence as people call them. */
const STATES = {
  draft: { en: 'not in force yet', zh: '未生效' },
  valid: { en: 'valid', zh: '有效' },
  suspended: { en: 'suspended', zh: '暂扣' },
  expired: { en: 'expired', zh: '过期' },
  cancelled: { en: 'cancelled', zh: '注销' },
  withdrawn: { en: 'withdrawn', zh: '撤销' },
  revoked: { en: 'revoked', zh: '吊销' },
  superseded: { en: 'superseded', zh: '已换发' },
} as const satisfies Readonly<Record<NonNullable<LicenceStatus['state']>, Words>>;

/** A state that is not known here is shown as it came. */
export const stateWords = (state: string): Words =>
  Object.hasOwn(STATES, state) ? STATES[state as keyof typeof STATES] : { en: state, zh: state };
