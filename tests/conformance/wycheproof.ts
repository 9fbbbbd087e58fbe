import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSuiteSignature, suiteById } from '../../src/core/crypto/index.js';
import type { SuiteId } from '../../src/core/crypto/index.js';
import { fromHex } from '../../src/core/encoding/index.js';
import { caseOf } from './suite.js';
import type { CaseResult, Suite } from './suite.js';

interface WycheproofFile {
  readonly numberOfTests: number;
  readonly testGroups: readonly {
    readonly publicKeyDer: string;
    readonly tests: readonly {
      tcId: number;
      comment: string;
      msg: string;
      sig: string;
      result: 'valid' | 'invalid' | 'acceptable';
    }[];
  }[];
}

/**
 * What is `acceptable` there is decided here, case by case. 8 of the PKCS#1 files ("MissingNull"): a DigestInfo without
 * the NULL parameter, which RFC 8017 9.2 does not allow to makers. We refuse it.
 */
const FILES: readonly { file: string; suite: SuiteId; cases: number; acceptable: Readonly<Record<number, boolean>> }[] =
  [
    { file: 'ecdsa_secp256r1_sha256', suite: 'ECDSA-P256-SHA256', cases: 484, acceptable: {} },
    { file: 'ecdsa_secp384r1_sha384', suite: 'ECDSA-P384-SHA384', cases: 504, acceptable: {} },
    { file: 'rsa_signature_2048_sha256', suite: 'RSA-PKCS1-SHA256', cases: 259, acceptable: { 8: false } },
    { file: 'rsa_signature_3072_sha256', suite: 'RSA-PKCS1-SHA256', cases: 259, acceptable: { 8: false } },
    { file: 'rsa_pss_2048_sha256_mgf1_32', suite: 'RSA-PSS-SHA256', cases: 108, acceptable: {} },
  ];

export const WYCHEPROOF: readonly Suite[] = FILES.map(({ file, suite, cases, acceptable }) => ({
  name: `wycheproof-${file.replaceAll('_', '-')}`,
  source: `C2SP Wycheproof, ${file}_test.json`,
  vectors: 'wycheproof',
  cases,
  bothPlatforms: true,
  async run(folder) {
    const { numberOfTests, testGroups } = JSON.parse(
      readFileSync(join(folder, `${file}_test.json`), 'utf8'),
    ) as WycheproofFile;
    const results: CaseResult[] = [];
    for (const { publicKeyDer, tests } of testGroups)
      for (const { tcId, comment, msg, sig, result } of tests) {
        const input = {
          suite: suiteById(suite),
          spki: fromHex(publicKeyDer),
          message: fromHex(msg),
          signature: fromHex(sig),
        };
        const accepted = await checkSuiteSignature(input);
        const expected = result === 'acceptable' ? acceptable[tcId] : result === 'valid';
        results.push(
          caseOf(`${tcId} ${comment}`, accepted === expected, `${accepted ? 'accepted' : 'refused'}, ${result} there`),
        );
      }
    if (results.length !== numberOfTests)
      throw new Error(`${file}: ${results.length} tests, but numberOfTests is ${numberOfTests}`);
    return results;
  },
}));
