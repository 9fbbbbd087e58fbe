import { describe, expect, it } from '@jest/globals';
import { hash } from '#primitives';
import { canonicalJson, concat, fromBase64url, toHex, utf8 } from '../../../src/core/encoding/index.js';
import { blindedLeaf } from '../../../src/core/journal/index.js';
import { intentDigest, intentLeaf } from '../../../src/core/renditions/intent.js';
import type { Intent } from '../../../src/core/renditions/types.js';

const intent: Intent = {
  id: 'i-1',
  sealCode: '9999000000001',
  keyId: 'seal-sm2',
  suite: 'SM2-SM3',
  binding: {
    licence: '1.2.156.3005.2.11100000000013338W001.11999900MB0000001K.SAMPLE.001.X',
    version: '001',
    kind: 'pdf',
    commitment: { sha256: 'aa'.repeat(32), sm3: 'bb'.repeat(32) },
    requiredSuites: ['SM2-SM3', 'ECDSA-P256-SHA256'],
  },
  salt: 'AAECAwQFBgcICQoLDA0ODw',
  saltedDigest: 'cc'.repeat(32),
  at: '2026-01-02T03:04:05.678Z',
};

describe('intentLeaf', () => {
  it('is SHA-256 over the salt and the SHA-256 of the canonical JSON', () => {
    const text =
      '{"at":"2026-01-02T03:04:05.678Z","binding":{"commitment":{"sha256":"' +
      'aa'.repeat(32) +
      '","sm3":"' +
      'bb'.repeat(32) +
      '"},"kind":"pdf","licence":"1.2.156.3005.2.11100000000013338W001.11999900MB0000001K.SAMPLE.001.X",' +
      '"requiredSuites":["SM2-SM3","ECDSA-P256-SHA256"],"version":"001"},"id":"i-1","keyId":"seal-sm2",' +
      '"salt":"AAECAwQFBgcICQoLDA0ODw","saltedDigest":"' +
      'cc'.repeat(32) +
      '","sealCode":"9999000000001","suite":"SM2-SM3"}';
    const salt = Uint8Array.from({ length: 16 }, (_, i) => i);
    expect(toHex(intentLeaf(intent))).toBe(toHex(hash('sha256', concat([salt, hash('sha256', utf8(text))]))));
  });

  it("is the journal's blinded leaf of the intent's digest under its salt", () => {
    expect(intentLeaf(intent)).toEqual(blindedLeaf(fromBase64url(intent.salt), intentDigest(intent)));
  });

  it('differs for every member, and for a member that does not belong there', () => {
    const leaf = toHex(intentLeaf(intent));
    const variants = [
      { ...intent, id: 'i-2' },
      { ...intent, keyId: 'other' },
      { ...intent, salt: 'BAECAwQFBgcICQoLDA0ODw' },
      { ...intent, binding: { ...intent.binding, kind: 'sd-jwt' as const } },
      { ...intent, extra: true },
    ];
    expect(new Set(variants.map((variant) => toHex(intentLeaf(variant)))).add(leaf).size).toBe(6);
    expect(
      toHex(intentLeaf(JSON.parse(new TextDecoder().decode(canonicalJson({ ...intent } as never))) as Intent)),
    ).toBe(leaf);
  });

  it('refuses a salt that is not base64url', () => {
    expect(() => intentLeaf({ ...intent, salt: '=' })).toThrow(expect.objectContaining({ code: 'BASE64_MALFORMED' }));
  });
});
