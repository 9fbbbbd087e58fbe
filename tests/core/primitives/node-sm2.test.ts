import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { der, fromHex, utf8 } from '../../../src/core/encoding/index.js';
import { SM2_VECTOR, nativeSm2, openNativeSm2 } from '../../../src/core/primitives/node-sm2.js';
import type { LoadKoffi } from '../../../src/core/primitives/node-sm2.js';
import { Point, sm2Spki, verifySm2 } from '../../../src/core/primitives/noble-sm2.js';

const { message, id, point, privateKey, r, s } = SM2_VECTOR;
const spki = sm2Spki(point);
const good = der.sequence(der.unsigned(r), der.unsigned(s));
const pkcs8 = der.sequence(
  der.integer(0),
  der.sequence(der.oid('1.2.840.10045.2.1'), der.oid('1.2.156.10197.1.301')),
  der.octetString(der.sequence(der.integer(1), der.octetString(privateKey), der.explicit(1, der.bitString(point)))),
);

/** OpenSSL as it is here, but for the functions named: they answer with this number and do nothing else. */
const openWith = (answers: Readonly<Record<string, number>>) => {
  const load: LoadKoffi = async () => {
    const { default: koffi } = await import('koffi');
    const library = koffi.load(null);
    const func = (declaration: string): unknown => {
      const name = Object.keys(answers).find((one) => declaration.includes(`${one}(`));
      return name === undefined ? library.func(declaration) : () => answers[name];
    };
    return { default: { load: () => ({ func }) } };
  };
  return openNativeSm2(load);
};

(nativeSm2 ? describe : describe.skip)('SM2 by OpenSSL', () => {
  const native = nativeSm2!;

  it('judges as the JavaScript engine does', () => {
    const off = Uint8Array.from(point);
    off[64]! ^= 1;
    const cases: readonly (readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array])[] = [
      [spki, message, good, id],
      [spki, utf8('message digesT'), good, id],
      [spki, message, good, utf8('1')],
      [spki, message, good, new Uint8Array(0)],
      [sm2Spki(Point.BASE.multiply(2n).toBytes(false)), message, good, id],
      [sm2Spki(off), message, good, id],
      [spki.subarray(1), message, good, id],
      [spki, message, fromHex('3006020101020101'), id],
      [spki, message, fromHex('30060201010201'), id],
      [spki, message, fromHex('3006020100020101'), id],
    ];
    const answers = cases.map((one) => native.verify(...one));
    expect(answers).toEqual(cases.map((one) => verifySm2(...one)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('makes signatures that the JavaScript engine accepts', () => {
    const sign = native.signer(pkcs8);
    for (const name of [id, utf8('someone else')])
      expect(verifySm2(spki, message, sign(message, name), name)).toBe(true);
  });

  it('refuses a private key that it cannot read', () => {
    expect(() => native.signer(fromHex('3000'))).toThrow('cannot read this SM2 key');
  });

  it.each(['EVP_DigestSignInit', 'EVP_DigestSign'])('says so when %s fails', async (name) => {
    const broken = await openWith({ [name]: 0 });
    expect(() => broken!.signer(pkcs8)(message, id)).toThrow(/^OpenSSL (refuses|failed) to sign with SM2$/);
  });

  it.each([
    ['refuses every signature', { EVP_DigestVerify: 0 }],
    ['cannot begin to check', { EVP_DigestVerifyInit: 0 }],
    ['accepts every signature, the user identifier unseen', { EVP_DigestVerify: 1 }],
  ])('is not used when it %s', async (_, answers) => {
    expect(await openWith(answers)).toBeUndefined();
  });
});

describe('openNativeSm2', () => {
  it('opens nothing where koffi cannot be loaded', async () => {
    expect(await openNativeSm2(() => Promise.reject(new Error('no such package')))).toBeUndefined();
  });

  it('opens nothing where OpenSSL lacks a symbol', async () => {
    const func = (declaration: string): unknown => {
      throw new Error(`cannot find ${declaration}`);
    };
    expect(await openNativeSm2(() => Promise.resolve({ default: { load: () => ({ func }) } }))).toBeUndefined();
  });
});

describe('the primitives of Node with YINXIN_SM2_ENGINE=noble', () => {
  afterEach(() => {
    delete process.env['YINXIN_SM2_ENGINE'];
    jest.resetModules();
  });

  it('check SM2 with the JavaScript engine', async () => {
    jest.resetModules();
    process.env['YINXIN_SM2_ENGINE'] = 'noble';
    const node = await import('../../../src/core/primitives/node.js');
    const check = { scheme: { kind: 'sm2' }, spki, message, signature: good, context: id } as const;
    expect(node.sm2Engine()).toBe('@noble/curves');
    expect(await node.checkSignature(check)).toBe(true);
    expect(await node.checkSignature({ ...check, context: utf8('1') })).toBe(false);
  });
});
