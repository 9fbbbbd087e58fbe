import { createHash as nodeHash, constants, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject, SignKeyObjectInput } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import * as primitives from '#primitives';
import type { HashName } from '#primitives';
import { concat, der, fromHex, readDer, readInteger, toHex, utf8 } from '../../../src/core/encoding/index.js';

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
    const bomb = primitives.deflate(new Uint8Array(5_000_000), 6);
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

  const spkiOf = (key: KeyObject) => Uint8Array.from(key.export({ format: 'der', type: 'spki' }));
  const keys = {
    'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    'P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    RSA: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    Ed25519: generateKeyPairSync('ed25519'),
  };
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const made: readonly {
    kind: keyof typeof keys;
    hash: 'sha256' | 'sha384' | null;
    options?: Partial<SignKeyObjectInput>;
    scheme: primitives.SignatureScheme;
  }[] = [
    { kind: 'P-256', hash: 'sha256', scheme: { kind: 'ecdsa', curve: 'P-256', hash: 'sha256' } },
    { kind: 'P-384', hash: 'sha384', scheme: { kind: 'ecdsa', curve: 'P-384', hash: 'sha384' } },
    { kind: 'RSA', hash: 'sha256', scheme: { kind: 'rsa-pkcs1', hash: 'sha256' } },
    {
      kind: 'RSA',
      hash: 'sha256',
      options: pss,
      scheme: { kind: 'rsa-pss', hash: 'sha256', mgfHash: 'sha256', saltLength: 32 },
    },
    { kind: 'Ed25519', hash: null, scheme: { kind: 'ed25519' } },
  ];

  it.each(made)(
    'accepts what OpenSSL signed with $kind as $scheme.kind, for that message and that kind of key only',
    async ({ kind, hash, options, scheme }) => {
      const message = utf8('message');
      const signature = Uint8Array.from(sign(hash, message, { key: keys[kind].privateKey, ...options }));
      const check = { scheme, spki: spkiOf(keys[kind].publicKey), message, signature, context: new Uint8Array(0) };
      expect(await primitives.checkSignature(check)).toBe(true);
      expect(await primitives.checkSignature({ ...check, message: utf8('messagE') })).toBe(false);
      for (const other of Object.values(keys).filter((one) => one !== keys[kind]))
        expect(await primitives.checkSignature({ ...check, spki: spkiOf(other.publicKey) })).toBe(false);
    },
  );

  it('accepts no RSA-PSS with two hashes', async () => {
    const message = utf8('message');
    const signature = Uint8Array.from(sign('sha256', message, { key: keys.RSA.privateKey, ...pss }));
    const check = { spki: spkiOf(keys.RSA.publicKey), message, signature, context: new Uint8Array(0) };
    for (const mgfHash of ['sha1', 'sha384'] satisfies HashName[]) {
      const scheme = { kind: 'rsa-pss', hash: 'sha256', mgfHash, saltLength: 32 } as const;
      expect(await primitives.checkSignature({ ...check, scheme })).toBe(false);
    }
  });

  it('accepts both halves of s in ECDSA', async () => {
    const scheme = { kind: 'ecdsa', curve: 'P-256', hash: 'sha256' } as const;
    const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const message = utf8('message');
    const [r, s] = readDer(Uint8Array.from(sign('sha256', message, keys['P-256'].privateKey))).children.map(
      readInteger,
    );
    const signatures = [s!, n - s!].map((half) => der.sequence(der.integer(r!), der.integer(half)));
    const spki = spkiOf(keys['P-256'].publicKey);
    for (const signature of signatures)
      expect(await primitives.checkSignature({ scheme, spki, message, signature, context: new Uint8Array(0) })).toBe(
        true,
      );
  });
});
