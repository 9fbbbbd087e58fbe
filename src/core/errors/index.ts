export { recover } from './recover.js';
export { TrustError, isTrustError } from './trust-error.js';
export type { Json, Words } from './trust-error.js';
