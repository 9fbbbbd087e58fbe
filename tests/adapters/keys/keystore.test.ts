import { randomBytes } from 'node:crypto';
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  renameSync,
  copyFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Keystore, generateKey, keystoreExists } from '../../../src/adapters/keys/index.js';
import { toHex } from '../../../src/core/encoding/index.js';

const random = { bytes: (count: number) => Uint8Array.from(randomBytes(count)) };
const root = mkdtempSync(join(tmpdir(), 'yinxin-keystore-'));
const directory = join(root, 'keys');
const options = { directory, passphrase: '口令 passphrase', random };
const keyFile = join(directory, 'keys', 'seal-1.json');
let pkcs8: Uint8Array;
let spki: Uint8Array;
let intact: string;

beforeAll(async () => {
  ({ pkcs8, spki } = await generateKey('SM2-SM3'));
  const store = await Keystore.create(options);
  await store.add({ keyId: 'seal-1', purpose: 'seal', suite: 'SM2-SM3', spki, pkcs8 });
  store.close();
  intact = readFileSync(keyFile, 'utf8');
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('Keystore', () => {
  it('gives back what was put into it, after it was closed and opened again', async () => {
    const store = await Keystore.open(options);
    expect(store.keys()).toEqual([{ keyId: 'seal-1', purpose: 'seal', suite: 'SM2-SM3', spki }]);
    expect(toHex(store.privateKey('seal-1'))).toBe(toHex(pkcs8));
  });

  it('hands out a copy: wiping it harms nobody', async () => {
    const store = await Keystore.open(options);
    store.privateKey('seal-1').fill(0);
    expect(toHex(store.privateKey('seal-1'))).toBe(toHex(pkcs8));
  });

  it('takes the passphrase as bytes too, and composed or decomposed characters alike', async () => {
    await expect(
      Keystore.open({ ...options, passphrase: new TextEncoder().encode(options.passphrase) }),
    ).resolves.toBeDefined();
    const accents = { directory: join(root, 'accents'), random };
    await Keystore.create({ ...accents, passphrase: 'caf\u00e9' });
    await expect(Keystore.open({ ...accents, passphrase: 'cafe\u0301' })).resolves.toBeDefined();
  });

  it('writes files and directories that only their owner can read, and no temporary file stays', () => {
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, 'keys')).mode & 0o777).toBe(0o700);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, 'keystore.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(directory, 'keys'))).toEqual(['seal-1.json']);
  });

  it('holds no part of the private key in clear', () => {
    const secret = Buffer.from(pkcs8.subarray(36, 68));
    for (const text of [intact, readFileSync(join(directory, 'keystore.json'), 'utf8')]) {
      const decoded = [...text.matchAll(/"([A-Za-z0-9+/=]{8,})"/g)].map((match) => Buffer.from(match[1]!, 'base64'));
      expect(decoded.some((bytes) => bytes.includes(secret))).toBe(false);
    }
  });

  it('stays locked for a wrong and for an empty passphrase', async () => {
    await expect(Keystore.open({ ...options, passphrase: 'wrong' })).rejects.toMatchObject({ code: 'KEYSTORE_LOCKED' });
    await expect(Keystore.open({ ...options, passphrase: '' })).rejects.toMatchObject({ code: 'KEYSTORE_LOCKED' });
    await expect(Keystore.create({ ...options, directory: join(root, 'empty'), passphrase: '' })).rejects.toMatchObject(
      { code: 'KEYSTORE_LOCKED' },
    );
  });

  it('is never made over another one, and a key never overwrites a key', async () => {
    await expect(Keystore.create(options)).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    const store = await Keystore.open(options);
    await expect(store.add({ keyId: 'seal-1', purpose: 'token', suite: 'SM2-SM3', spki, pkcs8 })).rejects.toMatchObject(
      { code: 'STORE_CONFLICT' },
    );
    await expect(store.add({ keyId: '../seal', purpose: 'token', suite: 'SM2-SM3', spki, pkcs8 })).rejects.toThrow(
      TypeError,
    );
  });

  it('says KEY_NOT_FOUND for a key it has not, and nothing at all once closed', async () => {
    const store = await Keystore.open(options);
    expect(() => store.privateKey('nobody')).toThrow(expect.objectContaining({ code: 'KEY_NOT_FOUND' }));
    store.close();
    expect(() => store.privateKey('seal-1')).toThrow(expect.objectContaining({ code: 'KEY_NOT_FOUND' }));
  });

  it('tells whether there is one', async () => {
    expect(await keystoreExists(directory)).toBe(true);
    expect(await keystoreExists(join(root, 'nowhere'))).toBe(false);
    await expect(Keystore.open({ ...options, directory: join(root, 'nowhere') })).rejects.toMatchObject({
      code: 'KEYSTORE_MALFORMED',
    });
  });
});

describe('Keystore on a changed file', () => {
  beforeEach(() => writeFileSync(keyFile, intact));
  const file = () =>
    JSON.parse(intact) as Record<string, never> & { wrapped: Record<string, string>; sealed: Record<string, string> };
  const flipped = (base64: string) => {
    const bytes = Buffer.from(base64, 'base64');
    bytes[0]! ^= 1;
    return bytes.toString('base64');
  };

  it.each([
    ['the purpose', { purpose: 'token' }],
    ['the suite', { suite: 'ED25519' }],
    ['the suite, to an unknown one', { suite: 'ROT13' }],
    ['the public key', { spki: 'AAAA' }],
    ['the version', { version: 2 }],
    ['the key id', { keyId: 'seal-2' }],
    ['a new field', { note: 'x' }],
    ['the ciphertext', { sealed: { data: 'AAAA', iv: 'AAAAAAAAAAAAAAAA', tag: 'AAAAAAAAAAAAAAAAAAAAAA==' } }],
    ['a short tag', { sealed: { data: '', iv: 'AAAAAAAAAAAAAAAA', tag: 'AAAAAA==' } }],
    ['a missing part', { wrapped: null }],
  ])('finds %s at start and names the file', async (_, change) => {
    const sorted = Object.fromEntries(Object.entries({ ...file(), ...change }).sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(keyFile, JSON.stringify(sorted));
    await expect(Keystore.open(options)).rejects.toMatchObject({
      code: 'KEYSTORE_MALFORMED',
      more: { details: { file: 'keys/seal-1.json' } },
    });
  });

  it.each(['wrapped', 'sealed'] as const)(
    'finds one changed bit in any part of %s',
    async (part) => {
      for (const name of ['iv', 'data', 'tag']) {
        const changed = file();
        changed[part][name] = flipped(changed[part][name]!);
        writeFileSync(keyFile, JSON.stringify(changed));
        await expect(Keystore.open(options)).rejects.toMatchObject({ code: 'KEYSTORE_MALFORMED' });
      }
    },
    20_000,
  );

  it('refuses a copy of a key file under another name, text that is not JSON, and a damaged head', async () => {
    const copy = join(directory, 'keys', 'seal-9.json');
    copyFileSync(keyFile, copy);
    await expect(Keystore.open(options)).rejects.toMatchObject({ code: 'KEYSTORE_MALFORMED' });
    writeFileSync(copy, 'not json');
    await expect(Keystore.open(options)).rejects.toMatchObject({ code: 'KEYSTORE_MALFORMED' });
    rmSync(copy);
    const head = join(directory, 'keystore.json');
    renameSync(head, `${head}.kept`);
    for (const text of ['{}', '', '{"format":"yinxin-keystore/2"}']) {
      writeFileSync(head, text);
      await expect(Keystore.open(options)).rejects.toMatchObject({
        code: 'KEYSTORE_MALFORMED',
        more: { details: { file: 'keystore.json' } },
      });
    }
    renameSync(`${head}.kept`, head);
    await expect(Keystore.open(options)).resolves.toBeDefined();
  });
});
