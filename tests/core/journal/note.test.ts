import { describe, expect, it } from '@jest/globals';
import { hash } from '#primitives';
import { checkSuiteSignature, suiteById } from '../../../src/core/crypto/index.js';
import { concat, der, fromBase64, toBase64, toHex, utf8 } from '../../../src/core/encoding/index.js';
import { noteKeyId, noteSigningBytes, readNote, signedNote, verifierKey } from '../../../src/core/journal/index.js';
import type { LogKey } from '../../../src/core/journal/index.js';
import { ed25519LogKey, sm2LogKey } from '../../support/journal-keys.js';

const malformed = expect.objectContaining({ code: 'NOTE_MALFORMED' });

/** The example of C2SP signed-note: a verifier key and a note. */
const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const NOTE =
  'This is an example message.\n\n' +
  '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
const specKey: LogKey = {
  name: 'example.com/foo',
  suite: 'ED25519',
  spki: der.sequence(
    der.sequence(der.oid('1.3.101.112')),
    der.bitString(fromBase64('AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k').slice(1)),
  ),
};

describe('signed note', () => {
  it("has the key id, the verifier key and the signature of the specification's example", async () => {
    expect(toHex(noteKeyId(specKey))).toBe('530d903a');
    expect(verifierKey(specKey)).toBe(VKEY);
    const { text, signatures } = readNote(NOTE);
    expect(text).toBe('This is an example message.\n');
    expect(signatures.map(({ name, keyId }) => [name, toHex(keyId)])).toEqual([['example.com/foo', '530d903a']]);
    const { signature } = signatures[0]!;
    const check = { suite: suiteById('ED25519'), spki: specKey.spki, message: noteSigningBytes(text), signature };
    expect(await checkSuiteSignature(check)).toBe(true);
    expect(signedNote(text, [{ key: specKey, signature }])).toBe(NOTE);
  });

  it('names an SM2 key by type 0xff, our identifier and the uncompressed point', () => {
    const key = sm2LogKey('journal.example', 'word');
    const typed = concat([
      Uint8Array.of(0xff),
      utf8('SM2-SM3/1.2.156.10197.1.501/1234567812345678'),
      key.spki.slice(26),
    ]);
    expect(key.spki.slice(26)).toHaveLength(65);
    expect(noteKeyId(key)).toEqual(hash('sha256', concat([utf8('journal.example\n'), typed])).slice(0, 4));
    expect(verifierKey(key)).toBe(`journal.example+${toHex(noteKeyId(key))}+${toBase64(typed)}`);
  });

  it.each<[string, LogKey]>([
    ['an SM2 key called Ed25519', { ...sm2LogKey('a', 'w'), suite: 'ED25519' }],
    ['an Ed25519 key called SM2', { ...ed25519LogKey('a', 'w'), suite: 'SM2-SM3' }],
    ['bytes that are no key', { name: 'a', suite: 'ED25519', spki: Uint8Array.of(1, 2, 3) }],
  ])('has no key id for %s', (_, key) => {
    expect(() => noteKeyId(key)).toThrow(expect.objectContaining({ code: 'LOG_KEY_UNSUPPORTED' }));
  });

  it('is split at the last blank line, so that its text may hold blank lines', () => {
    const key = ed25519LogKey('journal.example', 'word');
    const text = 'one\n\n\n\ntwo 印信\n';
    const note = signedNote(text, [{ key, signature: new Uint8Array(64) }]);
    expect(readNote(note).text).toBe(text);
    expect(readNote(note).signatures).toEqual([
      { name: key.name, keyId: noteKeyId(key), signature: new Uint8Array(64) },
    ]);
  });

  it('accepts sixteen signatures and stops at sixty-four', () => {
    const line = NOTE.slice(NOTE.lastIndexOf('\u2014'));
    expect(readNote('text\n\n' + line.repeat(16)).signatures).toHaveLength(16);
    expect(() => readNote('text\n\n' + line.repeat(65))).toThrow(malformed);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['no signature part', 'text\n'],
    ['no signature line', 'text\n\n'],
    ['no final newline', NOTE.slice(0, -1)],
    ['something after the signatures', NOTE + 'x'],
    ['a blank line after the signatures', NOTE + '\n'],
    ['a carriage return', NOTE.replace('\n', '\r\n')],
    ['a tab in the text', NOTE.replace(' is', '\tis')],
    ['half a surrogate pair', NOTE.replace('This', '\ud800')],
    ['a hyphen for the dash', NOTE.replace('\u2014', '-')],
    ['two spaces before the signature', NOTE.replace('foo U', 'foo  U')],
    ['a key name with a plus', NOTE.replace('example.com/foo U', 'example.com+foo U')],
    ['a key name with a no-break space', NOTE.replace('example.com/foo U', 'example.com\u00a0foo U')],
    ['no key name', NOTE.replace('example.com/foo U', 'U')],
    ['unused bits set in the base64', NOTE.replace('aQM=', 'aQN=')],
    ['base64 without padding', NOTE.replace('aQM=', 'aQM')],
    ['a key id without a signature', 'text\n\n\u2014 name Uw2QOg==\n'],
    ['more than 64 Ki characters', 'x'.repeat(65_536) + NOTE],
  ])('is refused with %s', (_, note) => {
    expect(() => readNote(note)).toThrow(malformed);
  });

  it.each(['no newline', 'control \u0007\n', 'half \udc00\n'])('is not signed over %j', (text) => {
    expect(() => noteSigningBytes(text)).toThrow(malformed);
    expect(() => signedNote(text, [])).toThrow(malformed);
  });

  it('is not written for a key name that a reader would refuse', () => {
    const key = ed25519LogKey('two words', 'word');
    expect(() => signedNote('text\n', [{ key, signature: new Uint8Array(64) }])).toThrow(malformed);
  });
});
