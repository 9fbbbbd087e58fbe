import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkSuiteSignature, suiteById } from '../../../src/core/crypto/index.js';
import type { SuiteId } from '../../../src/core/crypto/index.js';
import { fromHex } from '../../../src/core/encoding/index.js';
import { vectorsDir } from '../../support/vectors.js';

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
const FILES: readonly { file: string; suite: SuiteId; acceptable: Readonly<Record<number, boolean>> }[] = [
  { file: 'ecdsa_secp256r1_sha256_test.json', suite: 'ECDSA-P256-SHA256', acceptable: {} },
  { file: 'ecdsa_secp384r1_sha384_test.json', suite: 'ECDSA-P384-SHA384', acceptable: {} },
  { file: 'rsa_signature_2048_sha256_test.json', suite: 'RSA-PKCS1-SHA256', acceptable: { 8: false } },
  { file: 'rsa_signature_3072_sha256_test.json', suite: 'RSA-PKCS1-SHA256', acceptable: { 8: false } },
  { file: 'rsa_pss_2048_sha256_mgf1_32_test.json', suite: 'RSA-PSS-SHA256', acceptable: {} },
];

const folder = vectorsDir('wycheproof');

(folder === undefined ? describe.skip : describe)('checkSuiteSignature on Wycheproof', () => {
  it.each(FILES)('judges every case of $file as its authors do', async ({ file, suite, acceptable }) => {
    const { numberOfTests, testGroups } = JSON.parse(readFileSync(join(folder!, file), 'utf8')) as WycheproofFile;
    const wrong: string[] = [];
    const acceptableSeen: number[] = [];
    let run = 0;
    for (const { publicKeyDer, tests } of testGroups)
      for (const { tcId, comment, msg, sig, result } of tests) {
        const input = {
          suite: suiteById(suite),
          spki: fromHex(publicKeyDer),
          message: fromHex(msg),
          signature: fromHex(sig),
        };
        const accepted = await checkSuiteSignature(input);
        if (result === 'acceptable') acceptableSeen.push(tcId);
        if (accepted !== (result === 'acceptable' ? acceptable[tcId] : result === 'valid'))
          wrong.push(`${tcId} ${comment}: ${accepted}`);
        run++;
      }
    expect(wrong).toEqual([]);
    expect(acceptableSeen.map(String)).toEqual(Object.keys(acceptable));
    expect(run).toBe(numberOfTests);
  });
});
