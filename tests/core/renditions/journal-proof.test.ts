import { describe, expect, it } from '@jest/globals';
import { canonicalJson, der, utf8 } from '../../../src/core/encoding/index.js';
import type { Json } from '../../../src/core/errors/index.js';
import {
  decodeJournalProof,
  encodeJournalProof,
  readIntent,
  readJournalProof,
} from '../../../src/core/renditions/index.js';
import type { Intent } from '../../../src/core/renditions/index.js';

const INTENT: Intent = {
  id: 'intent-1',
  sealCode: '9999000000001',
  keyId: 'key-1',
  suite: 'SM2-SM3',
  binding: {
    licence: 'L',
    version: '001',
    kind: 'pdf',
    commitment: { sha256: 'ab'.repeat(32), sm3: 'cd'.repeat(32) },
    requiredSuites: ['SM2-SM3'],
  },
  salt: 'AAAAAAAAAAAAAAAAAAAAAA',
  saltedDigest: 'ef'.repeat(32),
  at: '2026-01-02T03:04:05.678Z',
};
const PROOF = { intent: INTENT, proof: 'c2sp.org/tlog-proof@v1\nindex 0\n\n' };
const refused = expect.objectContaining({ code: 'JOURNAL_PROOF_MALFORMED' });
const json = (value: unknown) => canonicalJson(value as Json);

describe('the journal proof attribute', () => {
  it('comes back from DER and from JSON as it went in', () => {
    expect(decodeJournalProof(encodeJournalProof(PROOF))).toEqual(PROOF);
    expect(readJournalProof(PROOF as unknown as Json)).toEqual(PROOF);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['a member too many', der.sequence(der.octetString(json(INTENT)), der.utf8String('x'), der.null())],
    ['no proof', der.sequence(der.octetString(json(INTENT)))],
    ['an empty proof', der.sequence(der.octetString(json(INTENT)), der.utf8String(''))],
    ['a proof without end', der.sequence(der.octetString(json(INTENT)), der.utf8String('x'.repeat(20_000)))],
    ['an intent that is no octet string', der.sequence(der.utf8String('{}'), der.utf8String('x'))],
  ])('is refused with %s', (_, bytes) => {
    expect(() => decodeJournalProof(bytes)).toThrow(refused);
  });

  it('is refused as JSON with another member', () => {
    expect(() => readJournalProof({ ...(PROOF as unknown as Record<string, Json>), extra: 1 })).toThrow(refused);
  });
});

describe('readIntent', () => {
  it('takes the canonical form only', () => {
    expect(readIntent(json(INTENT))).toEqual(INTENT);
    expect(() => readIntent(utf8(JSON.stringify(INTENT, null, 1)))).toThrow(refused);
    expect(() => readIntent(utf8('{'))).toThrow(refused);
  });

  it.each<[string, Partial<Record<keyof Intent | 'extra', unknown>>]>([
    ['a further member', { extra: 1 }],
    ['an empty id', { id: '' }],
    ['a key that is no text', { keyId: 7 }],
    ['an unknown suite', { suite: 'MD5' }],
    ['a short salt', { salt: 'AAAA' }],
    ['a salt that is no base64url', { salt: '!!!!!!!!!!!!!!!!!!!!!!' }],
    ['upper-case digits in the digest', { saltedDigest: 'EF'.repeat(32) }],
    ['a digest of no known length', { saltedDigest: 'ef'.repeat(20) }],
    ['a time without milliseconds', { at: '2026-01-02T03:04:05Z' }],
    ['a day that does not exist', { at: '2026-02-31T03:04:05.678Z' }],
    ['a month that does not exist', { at: '2026-13-01T03:04:05.678Z' }],
    ['a broken binding', { binding: {} }],
  ])('refuses %s', (_, change) => {
    expect(() => readIntent(json({ ...INTENT, ...change }))).toThrow(refused);
  });
});
