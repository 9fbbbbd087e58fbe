import { PKITS_PATHS, PKITS_READING } from '../../conformance/pkits.js';
import { testSuite } from '../../support/test-suite.js';

testSuite(PKITS_READING);
testSuite(PKITS_PATHS);
