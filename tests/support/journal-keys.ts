import { ed25519 } from '@noble/curves/ed25519.js';
import { hash } from '#primitives';
import { SM2_DEFAULT_ID, signSm2 } from '../../src/core/crypto/index.js';
import { concat, der, utf8 } from '../../src/core/encoding/index.js';
import { noteSigningBytes, signedNote } from '../../src/core/journal/index.js';
import type { LogKey, LogVerifier } from '../../src/core/journal/index.js';
import { Point, sm2Spki } from '../../src/core/primitives/noble-sm2.js';

/** A key pair made from a word: the same word gives the same key. */
export interface TestLogKey extends LogKey {
  sign(message: Uint8Array): Uint8Array;
}

export function ed25519LogKey(name: string, word: string): TestLogKey {
  const secret = hash('sha256', utf8(word));
  const spki = der.sequence(der.sequence(der.oid('1.3.101.112')), der.bitString(ed25519.getPublicKey(secret)));
  return { name, suite: 'ED25519', spki, sign: (message) => ed25519.sign(message, secret) };
}

export function sm2LogKey(name: string, word: string): TestLogKey {
  const secret = hash('sha256', utf8(word));
  const spki = sm2Spki(
    Point.BASE.multiply(BigInt('0x' + Array.from(secret, (b) => b.toString(16).padStart(2, '0')).join(''))).toBytes(
      false,
    ),
  );
  const sign = (message: Uint8Array) =>
    signSm2({ privateKey: secret, k: hash('sha256', concat([secret, message])), message, id: SM2_DEFAULT_ID })!;
  return { name, suite: 'SM2-SM3', spki, sign };
}

export const TEST_ORIGIN = 'journal.example/999900';
export const testLogKeys: readonly TestLogKey[] = [
  ed25519LogKey(TEST_ORIGIN, 'journal a'),
  sm2LogKey(TEST_ORIGIN, 'journal b'),
];
export const testLog: LogVerifier = { origin: TEST_ORIGIN, keys: testLogKeys };

export const signNote = (text: string, keys: readonly TestLogKey[] = testLogKeys): string =>
  signedNote(
    text,
    keys.map((key) => ({ key, signature: key.sign(noteSigningBytes(text)) })),
  );
