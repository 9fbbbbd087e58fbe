import { BAGIT, OCFL } from './archive.js';
import { CANONICAL_JSON } from './canonical-json.js';
import { JOSE } from './jose.js';
import { MERKLE_TREE } from './merkle-tree.js';
import { CITIZEN_NUMBER, CREDIT_CODE, LICENCE_IDENTIFIER } from './numbers.js';
import { PKITS_PATHS, PKITS_READING } from './pkits.js';
import { SD_JWT } from './sd-jwt.js';
import { SM2, SM3 } from './sm.js';
import type { Suite } from './suite.js';
import { WYCHEPROOF } from './wycheproof.js';

export { runSuite } from './suite.js';

/** Everything made by others that this product is held against, in the order of the report. */
export const SUITES: readonly Suite[] = [
  SM3,
  SM2,
  ...WYCHEPROOF,
  CANONICAL_JSON,
  LICENCE_IDENTIFIER,
  CREDIT_CODE,
  CITIZEN_NUMBER,
  MERKLE_TREE,
  JOSE,
  SD_JWT,
  PKITS_READING,
  PKITS_PATHS,
  OCFL,
  BAGIT,
];
