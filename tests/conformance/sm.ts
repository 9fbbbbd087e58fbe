import { hash } from '#primitives';
import { checkSuiteSignature, signSm2, suiteById } from '../../src/core/crypto/index.js';
import { fromHex, toHex, utf8 } from '../../src/core/encoding/index.js';
import { Point, readRs, sm2Spki } from '../../src/core/primitives/noble-sm2.js';
import { caseOf, tried } from './suite.js';
import type { Suite } from './suite.js';

/** GB/T 32905-2016 annex A.1 and A.2. */
export const SM3_EXAMPLES = [
  ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
  ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
] as const;

/** GB/T 32918.5-2017 annex A.2, hexadecimal. */
export const SM2_EXAMPLE = {
  message: 'message digest',
  id: '1234567812345678',
  privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  k: '59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21',
  r: 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3',
  s: 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  publicKey:
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
} as const;

export const SM3: Suite = {
  name: 'sm3',
  source: 'GB/T 32905-2016 annex A',
  vectors: null,
  cases: SM3_EXAMPLES.length,
  bothPlatforms: true,
  run: () =>
    Promise.resolve(
      SM3_EXAMPLES.map(([text, expected], i) => caseOf(`A.${i + 1}`, toHex(hash('sm3', utf8(text))) === expected)),
    ),
};

export const SM2: Suite = {
  name: 'sm2',
  source: 'GB/T 32918.5-2017 annex A.2',
  vectors: null,
  cases: 5,
  bothPlatforms: true,
  run: () => {
    const { privateKey, k, r, s, publicKey } = SM2_EXAMPLE;
    const suite = suiteById('SM2-SM3');
    const [message, id] = [utf8(SM2_EXAMPLE.message), utf8(SM2_EXAMPLE.id)];
    const spki = sm2Spki(fromHex(publicKey));
    const signed = () => signSm2({ privateKey: fromHex(privateKey), k: fromHex(k), message, id })!;
    const check = (change: object) =>
      checkSuiteSignature({ suite, spki, message, signature: signed(), context: id, ...change });
    return Promise.all([
      tried('public key', () => toHex(Point.BASE.multiply(BigInt(`0x${privateKey}`)).toBytes(false)) === publicKey),
      tried('r and s', () => {
        const made = readRs(signed());
        return made?.r === BigInt(`0x${r}`) && made.s === BigInt(`0x${s}`);
      }),
      tried('signature is right', () => check({})),
      tried('not for another message', async () => !(await check({ message: utf8('message digesT') }))),
      tried('not for another identifier', async () => !(await check({ context: utf8('ALICE123@YAHOO.COM') }))),
    ]);
  },
};
