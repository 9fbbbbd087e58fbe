import { createHash as nodeHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import * as primitives from '#primitives';
import type { HashName } from '#primitives';
import { concat, fromHex, toHex, utf8 } from '../../../src/core/encoding/index.js';

describe('hash', () => {
  // GB/T 32905-2016 annex A, examples 1 and 2.
  it.each([
    ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ])('gives the SM3 example for %s', (text, digest) => {
    expect(toHex(primitives.hash('sm3', utf8(text)))).toBe(digest);
  });

  it.each(['sha1', 'sha256', 'sha384', 'sha512', 'sm3'] satisfies HashName[])(
    'agrees with OpenSSL for %s at every length around a block',
    (name) => {
      for (let length = 0; length <= 260; length++) {
        const data = Uint8Array.from({ length }, (_, i) => i * 7);
        expect(toHex(primitives.hash(name, data))).toBe(nodeHash(name).update(data).digest('hex'));
      }
    },
  );

  it('takes data in pieces', () => {
    const data = Uint8Array.from({ length: 1000 }, (_, i) => i);
    for (const name of ['sm3', 'sha256'] satisfies HashName[]) {
      const pieces = primitives
        .createHash(name)
        .update(data.subarray(0, 1))
        .update(data.subarray(1, 130))
        .update(data.subarray(130));
      expect(pieces.digest()).toEqual(primitives.hash(name, data));
    }
  });
});

describe('inflate and deflate', () => {
  const data = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) >> 5);

  it('give the bytes back', () => {
    for (const level of [0, 1, 6, 9])
      expect(primitives.inflate(primitives.deflate(data, level), data.length)).toEqual(data);
    expect(primitives.inflate(Uint8Array.from(deflateSync(data)), data.length)).toEqual(data);
    expect(primitives.inflate(primitives.deflate(new Uint8Array(0), 6), 0)).toHaveLength(0);
  });

  it('stop at the limit', () => {
    const bomb = primitives.deflate(new Uint8Array(50_000_000), 6);
    expect(() => primitives.inflate(bomb, 1_000_000)).toThrow(expect.objectContaining({ code: 'INFLATE_TOO_LARGE' }));
  });

  const stream = primitives.deflate(data, 6);
  const flipped = Uint8Array.from(stream);
  flipped[flipped.length - 1]! ^= 1;
  it.each([
    ['a wrong checksum', flipped],
    ['a cut stream', stream.subarray(0, stream.length - 5)],
    ['bytes behind the stream', concat([stream, Uint8Array.of(0)])],
    ['no stream at all', Uint8Array.of(1, 2, 3, 4, 5)],
    ['nothing', new Uint8Array(0)],
  ])('refuse %s', (_, bytes) => {
    expect(() => primitives.inflate(bytes, 1_000_000)).toThrow(expect.objectContaining({ code: 'INFLATE_FAILED' }));
  });
});

describe('checkSignature', () => {
  it('says which engine answers for SM2', () => {
    expect(['OpenSSL inside Node', '@noble/curves']).toContain(primitives.sm2Engine());
  });

  it('answers false for a key that is none, in every scheme', async () => {
    const base = {
      spki: fromHex('3000'),
      message: utf8('m'),
      signature: fromHex('3006020101020101'),
      context: new Uint8Array(0),
    };
    const schemes: primitives.SignatureScheme[] = [
      { kind: 'sm2' },
      { kind: 'ecdsa', curve: 'P-256', hash: 'sha256' },
      { kind: 'rsa-pkcs1', hash: 'sha256' },
      { kind: 'rsa-pss', hash: 'sha256', mgfHash: 'sha256', saltLength: 32 },
      { kind: 'rsa-pss', hash: 'sha256', mgfHash: 'sha1', saltLength: 20 },
      { kind: 'rsa-pkcs1', hash: 'sm3' },
      { kind: 'ed25519' },
    ];
    for (const scheme of schemes) expect(await primitives.checkSignature({ ...base, scheme })).toBe(false);
  });
});
