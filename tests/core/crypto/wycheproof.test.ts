import { WYCHEPROOF } from '../../conformance/wycheproof.js';
import { testSuite } from '../../support/test-suite.js';

for (const suite of WYCHEPROOF) testSuite(suite);
