import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteDocuments } from '../src/adapters/storage/index.js';
import { loadSettings } from '../src/config/index.js';
import type { Settings } from '../src/config/index.js';
import { checkSeal } from '../src/core/seal/index.js';
import type { SealKey } from '../src/core/seal/index.js';
import { emptyData, initialisedData, renewSealKey, setUp, withNextKey } from './support/command-line.js';
import type { DataDirectory } from './support/command-line.js';

const DEPARTMENT = { code: '11999900MB0000001K', name: '示例市市场监督管理局' };
const settingsOf = (environment: Readonly<Record<string, string>>): Settings =>
  loadSettings(environment, { templatesDirectory: 'templates' });
const nobody = () => undefined;
const code = (value: string) => expect.objectContaining({ code: value });
const filesBelow = (directory: string): readonly string[] =>
  (readdirSync(directory, { recursive: true }) as string[])
    .filter((name) => statSync(join(directory, name)).isFile() && !/sqlite|writer\.lock/.test(name))
    .sort();

describe('setUp before there is anything', () => {
  const empty = emptyData();
  afterEach(() => rmSync(empty.data, { recursive: true, force: true }));

  it.each([
    ['a department code that is no credit code', { ...DEPARTMENT, code: '11999900MB00000010' }],
    ['a department code of another length', { ...DEPARTMENT, code: 'X' }],
    ['a department without a name', { ...DEPARTMENT, name: ' ' }],
    ['a name that a seal cannot show', { ...DEPARTMENT, name: 'a?b' }],
    ['a name that is too long for a seal', { ...DEPARTMENT, name: '局'.repeat(61) }],
  ])('refuses %s and makes nothing', async (_, department) => {
    await expect(setUp(settingsOf(empty.environment), department, nobody)).rejects.toThrow(code('SEAL_INVALID'));
    expect(existsSync(empty.data)).toBe(false);
  });
});

describe('setUp', () => {
  let at: DataDirectory;
  let settings: Settings;
  beforeEach(async () => {
    at = await initialisedData();
    settings = settingsOf(at.environment);
  }, 120_000);
  afterEach(() => at.remove());

  it('changes nothing when everything is there', async () => {
    const before = filesBelow(at.data).map((name) => [name, readFileSync(join(at.data, name), 'base64')]);
    const done = await setUp(settings, DEPARTMENT, nobody);
    expect(done).toMatchObject({ existed: true, passphraseFile: null, seal: { code: '99990010000001' } });
    expect(filesBelow(at.data).map((name) => [name, readFileSync(join(at.data, name), 'base64')])).toEqual(before);
  }, 20_000);

  it('keeps secrets from others on the machine, and the passphrase out of the key store', () => {
    expect(statSync(join(at.data, 'passphrase')).mode & 0o77).toBe(0);
    const passphrase = readFileSync(join(at.data, 'passphrase'), 'utf8').trim();
    expect(passphrase.length).toBeGreaterThanOrEqual(32);
    for (const name of filesBelow(join(at.data, 'keys'))) {
      expect(statSync(join(at.data, 'keys', name)).mode & 0o77).toBe(0);
      expect(readFileSync(join(at.data, 'keys', name), 'utf8')).not.toContain(passphrase);
    }
  });

  it('does not make a second passphrase for a key store whose own is kept elsewhere', async () => {
    rmSync(join(at.data, 'passphrase'));
    await expect(setUp(settings, DEPARTMENT, nobody)).rejects.toThrow(code('SETTING_INVALID'));
    expect(existsSync(join(at.data, 'passphrase'))).toBe(false);
  });

  it('goes on where it was stopped: the seal is made when keys and authority are there', async () => {
    for (const name of readdirSync(join(at.data, 'store'))) rmSync(join(at.data, 'store', name));
    const { seal } = await setUp(settings, DEPARTMENT, nobody);
    expect(checkSeal(seal)).toEqual([]);
    expect(seal.keys.map(({ suite }) => suite)).toEqual([
      'SM2-SM3',
      'ECDSA-P256-SHA256',
      'RSA-PKCS1-SHA256',
      'RSA-PSS-SHA256',
    ]);
    expect(seal.dataKeys.map(({ suite }) => suite)).toEqual(['SM2-SM3', 'ECDSA-P256-SHA256']);
  }, 20_000);

  it('says what is wrong with a service record that was cut off', async () => {
    const file = join(at.data, 'service', 'service.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20));
    await expect(setUp(settings, DEPARTMENT, nobody)).rejects.toThrow(code('STORE_CORRUPT'));
  });
});

describe('withNextKey', () => {
  const key = (keyId: string, suite: SealKey['suite'], from: string): SealKey => ({
    keyId,
    suite,
    from,
    until: null,
    certificates: [],
  });
  const old = key('old', 'SM2-SM3', '2026-03-02T00:00:00.000Z');
  const other = key('other', 'ECDSA-P256-SHA256', '2026-03-02T00:00:00.000Z');
  const next = key('next', 'SM2-SM3', '2026-03-05T10:00:00.000Z');

  it.each([
    ['2026-03-05T10:00:00.001Z', '2026-03-05T10:00:01.000Z'],
    ['2026-03-05T10:00:00.999Z', '2026-03-05T10:00:01.000Z'],
    ['2026-03-05T10:00:00.000Z', '2026-03-05T10:00:00.000Z'],
  ])('lets the old key serve to the end of the second: renewed at %s, it ends at %s', (now, change) => {
    expect(withNextKey([old, other], next, new Date(now))).toEqual([
      { ...old, until: change },
      other,
      { ...next, from: change },
    ]);
  });
});

describe('renewSealKey', () => {
  let at: DataDirectory;
  let settings: Settings;
  let passphrase: string;
  beforeEach(async () => {
    at = await initialisedData();
    settings = settingsOf(at.environment);
    passphrase = readFileSync(join(at.data, 'passphrase'), 'utf8').trim();
  }, 120_000);
  afterEach(() => at.remove());
  const order = { departmentCode: DEPARTMENT.code, suite: 'SM2-SM3', purpose: 'seal' } as const;

  it.each(['seal', 'data'] as const)(
    'puts a new key behind the old one of purpose %s: no gap, no overlap',
    async (purpose) => {
      const seal = await renewSealKey(settings, passphrase, { ...order, purpose });
      const [old, next] = (purpose === 'seal' ? seal.keys : seal.dataKeys).filter(({ suite }) => suite === 'SM2-SM3');
      expect(old!.until).toBe(next!.from);
      expect(next!.until).toBeNull();
      expect(next!.keyId).not.toBe(old!.keyId);
      expect(checkSeal(seal)).toEqual([]);
      const documents = await openSqliteDocuments({ file: join(at.data, 'store', 'yinxin.sqlite') });
      expect((await documents.get('seals', seal.code))!.doc.seal).toEqual(seal);
      await documents.close();
    },
    20_000,
  );

  it('may be done twice at once', async () => {
    await renewSealKey(settings, passphrase, order);
    expect(checkSeal(await renewSealKey(settings, passphrase, order))).toEqual([]);
  }, 20_000);

  it.each<[string, Partial<Parameters<typeof renewSealKey>[2]>, string]>([
    ['a department that has no seal', { departmentCode: '11999900MB0000002H' }, 'SEAL_NOT_FOUND'],
    ['a suite that the seal does not have', { suite: 'ECDSA-P384-SHA384' }, 'SEAL_KEY_MISSING'],
    ['a suite in which no certificates are issued', { suite: 'ED25519' }, 'SEAL_KEY_MISSING'],
    ['a suite that no data key has', { suite: 'RSA-PSS-SHA256', purpose: 'data' }, 'SEAL_KEY_MISSING'],
  ])('refuses %s, and makes no key', async (_, change, problem) => {
    const before = filesBelow(at.data);
    await expect(renewSealKey(settings, passphrase, { ...order, ...change })).rejects.toThrow(code(problem));
    expect(filesBelow(at.data)).toEqual(before);
  });

  it('lets go of the store when the passphrase is wrong', async () => {
    await expect(renewSealKey(settings, 'wrong', order)).rejects.toThrow(code('KEYSTORE_LOCKED'));
    expect((await renewSealKey(settings, passphrase, order)).code).toBe('99990010000001');
  }, 20_000);

  it('makes nothing where nothing is set up', async () => {
    const empty = emptyData();
    await expect(renewSealKey(settingsOf(empty.environment), 'x', order)).rejects.toThrow(code('NOT_INITIALISED'));
    expect(existsSync(empty.data)).toBe(false);
    empty.remove();
  });
});
