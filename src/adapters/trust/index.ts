export { CrlDirectory } from './crl-directory.js';
export { TrustDirectory } from './trust-directory.js';
export { TrustDirectoryError } from './errors.js';
