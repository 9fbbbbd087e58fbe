export { CryptoError } from './errors.js';
export type { CryptoErrorCode } from './errors.js';
export type { Suite, SuiteId } from './suite.js';
export {
  DIGEST_OIDS,
  SM2_DEFAULT_ID,
  allSuites,
  digestByOid,
  sameAlgorithm,
  suiteById,
  suiteByJose,
  suiteOfAlgorithm,
} from './suite-table.js';
export { checkSuiteSignature } from './check-signature.js';
export type { SuiteSignature } from './check-signature.js';
export { signSm2 } from './sm2/sign-sm2.js';
export type { Sm2SignInput } from './sm2/sign-sm2.js';
