export type * from './types.js';
export { SealError } from './errors.js';
export type { SealErrorCode } from './errors.js';
export { dataKeyFor, mayUse, sealKeyFor, sealStateAt } from './use.js';
export type { SealPurpose, SealUse } from './use.js';
export { checkSeal } from './check-seal.js';
export type { SealProblem } from './check-seal.js';
export { checkPicture } from './picture.js';
