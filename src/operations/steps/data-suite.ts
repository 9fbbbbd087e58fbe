import type { SuiteId } from '../../core/crypto/index.js';

/** Code and data are signed by the data key of the same family as the seal: SM2, or P-256 for all others. */
export const dataSuiteOf = (suite: SuiteId): SuiteId => (suite === 'SM2-SM3' ? 'SM2-SM3' : 'ECDSA-P256-SHA256');
