import { describe, expect, it } from '@jest/globals';
import { suiteById } from '../../../../src/core/crypto/index.js';
import type { SuiteId } from '../../../../src/core/crypto/index.js';
import { toHex } from '../../../../src/core/encoding/index.js';
import {
  checkCodeToken,
  codeTokenKeyId,
  prepareCodeToken,
  readCodeToken,
  sealCodeToken,
} from '../../../../src/core/renditions/index.js';
import type { CodeTokenKey } from '../../../../src/core/renditions/index.js';
import { ISSUER_CODE, testKey } from '../../../support/mini-pki.js';
import type { TestKey } from '../../../support/mini-pki.js';
import { sampleCommitment, sampleLicence } from '../../../support/sample-licence.js';

const issuedAt = new Date('2026-03-05T02:00:00.789Z');
const { commitment } = sampleCommitment();

const prepare = (key: TestKey, changes = {}) =>
  prepareCodeToken({
    suite: key.suite,
    spki: key.spki,
    issuer: ISSUER_CODE,
    identifier: sampleLicence.identifier,
    commitment: commitment.sha256,
    issuedAt,
    ...changes,
  });

function tokenOf(key: TestKey, changes = {}): string {
  const prepared = prepare(key, changes);
  return sealCodeToken(prepared, key.sign(prepared.message));
}

const trusted = (key: TestKey, changes: Partial<CodeTokenKey> = {}): CodeTokenKey => ({
  suite: key.suite.id,
  spki: key.spki,
  issuer: ISSUER_CODE,
  from: '2026-01-01T00:00:00.000Z',
  until: null,
  ...changes,
});

const code = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'none';
};

describe('the licence code', () => {
  const sm2 = testKey('SM2-SM3');

  it.each<[SuiteId, string]>([
    ['SM2-SM3', 'S'],
    ['ECDSA-P256-SHA256', 'E'],
  ])('says who, which licence, which content, when: %s', async (id, letter) => {
    const key = testKey(id);
    const text = tokenOf(key);
    const token = readCodeToken(text);
    expect(text.startsWith(`YX1~${letter}~${ISSUER_CODE}~1.2.156.3005.2.`)).toBe(true);
    expect(token).toMatchObject({
      suite: id,
      issuer: ISSUER_CODE,
      identifier: sampleLicence.identifier,
      commitment: commitment.sha256,
      issuedAt: '2026-03-05T02:00:00.000Z',
      keyId: codeTokenKeyId(key.spki),
    });
    expect(toHex(token.message)).toBe(toHex(prepare(key).message));
    expect(await checkCodeToken({ token, keys: [trusted(testKey(id)), trusted(key)] })).toBe('valid');
  });

  it('is short enough for a QR code of version 15 with level M behind an address, even with the longest identifier', () => {
    const text = tokenOf(sm2, { identifier: '1'.repeat(128) });
    expect(text.length).toBeLessThanOrEqual(313);
    // ISO/IEC 18004: version 15, level M holds 412 bytes (unverified).
    expect(`https://verify.example.gov.cn/v#${text}`.length).toBeLessThanOrEqual(412);
    expect(tokenOf(sm2).length).toBeLessThanOrEqual(270);
    expect(encodeURIComponent(text)).toBe(text);
  });

  it('tells an unknown key, another issuer, a time outside the key’s period and a wrong signature apart', async () => {
    const text = tokenOf(sm2);
    const token = readCodeToken(text);
    const check = (keys: readonly CodeTokenKey[], one = token) => checkCodeToken({ token: one, keys });
    expect(await check([])).toBe('unknown-key');
    expect(await check([trusted(sm2, { suite: 'ECDSA-P256-SHA256' })])).toBe('unknown-key');
    expect(await check([trusted(sm2, { issuer: '11000000000000000X' })])).toBe('other-issuer');
    expect(await check([trusted(sm2, { from: '2026-03-05T02:00:01.000Z' })])).toBe('outside-key-period');
    expect(await check([trusted(sm2, { until: '2026-03-05T02:00:00.000Z' })])).toBe('outside-key-period');
    expect(await check([trusted(sm2, { until: '2026-03-05T02:00:01.000Z' })])).toBe('valid');
    const forged = readCodeToken(
      text.replace(sampleLicence.identifier, sampleLicence.identifier.replace('20260001', '20260002')),
    );
    expect(await check([trusted(sm2)], forged)).toBe('bad-signature');
  });

  it('has one form: a character changed anywhere is refused or breaks the signature', async () => {
    const text = tokenOf(sm2);
    for (let i = 0; i < text.length; i += 3) {
      const changed = text.slice(0, i) + (text[i] === 'A' ? 'B' : 'A') + text.slice(i + 1);
      let outcome: string;
      try {
        outcome = await checkCodeToken({ token: readCodeToken(changed), keys: [trusted(sm2)] });
      } catch (error) {
        outcome = (error as { code: string }).code;
      }
      expect(['CODE_TOKEN_MALFORMED', 'bad-signature', 'unknown-key']).toContain(outcome);
    }
  });

  it.each([
    ['another version', (t: string) => t.replace('YX1', 'YX2')],
    ['an unknown suite', (t: string) => t.replace('~S~', '~R~')],
    ['a time with a leading zero', (t: string) => t.replace(/~(\d{10})~/, '~0$1~')],
    ['a line end', (t: string) => t + '\n'],
    ['something in front', (t: string) => ' ' + t],
    ['base64url that is not canonical', (t: string) => t.slice(0, -1) + (t.endsWith('B') ? 'C' : 'B')],
  ])('is refused with %s', (_, change) => {
    expect(code(() => readCodeToken(change(tokenOf(sm2))))).toBe('CODE_TOKEN_MALFORMED');
  });

  it('is not made with a suite that has no letter, nor with values that the form has no room for', () => {
    expect(code(() => prepare(sm2, { suite: suiteById('RSA-PKCS1-SHA256') }))).toBe('CODE_TOKEN_SUITE');
    expect(code(() => prepare(sm2, { issuer: '小写' }))).toBe('CODE_TOKEN_FIELD');
    expect(code(() => prepare(sm2, { identifier: 'a~b' }))).toBe('CODE_TOKEN_FIELD');
    expect(code(() => prepare(sm2, { commitment: '00' }))).toBe('CODE_TOKEN_FIELD');
  });
});
