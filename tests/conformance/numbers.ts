import {
  checkCitizenNumber,
  checkCreditCode,
  composeIdentifier,
  parseIdentifier,
} from '../../src/core/licence/index.js';
import { caseOf, tried } from './suite.js';
import type { Suite } from './suite.js';
import {
  CITIZEN_NUMBERS,
  CREDIT_CODES,
  CREDIT_CODE_WRONG,
  IDENTIFIERS_FOUND,
  IDENTIFIERS_MADE,
  IDENTIFIER_OF_A_VENDOR,
  IDENTIFIER_ROOT,
} from './numbers.table.js';

const TODAY = '2026-11-24';

export const LICENCE_IDENTIFIER: Suite = {
  name: 'licence-identifier',
  source: 'GB/T 36904-2018, ISO/IEC 7064 MOD 37,36; published identifiers',
  vectors: null,
  cases: IDENTIFIERS_FOUND.length + IDENTIFIERS_MADE.length + 1,
  bothPlatforms: false,
  run: () =>
    Promise.all([
      ...[...IDENTIFIERS_FOUND, ...IDENTIFIERS_MADE].map((text) =>
        tried(text, () => {
          const read = parseIdentifier(IDENTIFIER_ROOT + text);
          if (!read.ok || read.identifier.check.kind !== 'standard') return false;
          const { typeCode, issuerCode, serial, version } = read.identifier;
          return composeIdentifier({ typeCode, issuerCode, serial, version }) === IDENTIFIER_ROOT + text;
        }),
      ),
      tried(`${IDENTIFIER_OF_A_VENDOR} is not of the standard`, () => {
        const read = parseIdentifier(IDENTIFIER_ROOT + IDENTIFIER_OF_A_VENDOR);
        return read.ok && read.identifier.check.kind === 'vendor';
      }),
    ]),
};

export const CREDIT_CODE: Suite = {
  name: 'credit-code',
  source: 'GB 32100-2015; codes of public bodies',
  vectors: null,
  cases: CREDIT_CODES.length + 1,
  bothPlatforms: false,
  run: () =>
    Promise.resolve([
      ...CREDIT_CODES.map((code) => caseOf(code, checkCreditCode(code).ok)),
      caseOf(`${CREDIT_CODE_WRONG} is wrong`, !checkCreditCode(CREDIT_CODE_WRONG).ok),
    ]),
};

export const CITIZEN_NUMBER: Suite = {
  name: 'citizen-number',
  source: 'GB 11643-1999, ISO 7064 MOD 11-2',
  vectors: null,
  cases: CITIZEN_NUMBERS.length,
  bothPlatforms: false,
  run: () => Promise.resolve(CITIZEN_NUMBERS.map((number) => caseOf(number, checkCitizenNumber(number, TODAY).ok))),
};
