import { SD_JWT } from '../../../conformance/sd-jwt.js';
import { testSuite } from '../../../support/test-suite.js';

testSuite(SD_JWT);
