import { OCFL } from '../../conformance/archive.js';
import { testSuite } from '../../support/test-suite.js';

testSuite(OCFL);
