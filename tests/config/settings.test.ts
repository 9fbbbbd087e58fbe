import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadSettings, readPassphrase } from '../../src/config/index.js';

const load = (environment: Readonly<Record<string, string>> = {}) =>
  loadSettings(environment, { templatesDirectory: '/shipped/templates' });
const failsFor = (setting: string) =>
  expect.objectContaining({
    code: 'SETTING_INVALID',
    words: { en: expect.stringContaining(setting), zh: expect.stringContaining(setting) },
    more: { details: { setting } },
  });

describe('loadSettings', () => {
  it('has a default for everything', () => {
    expect(load()).toEqual({
      dataDirectory: resolve('data'),
      store: null,
      templatesDirectory: '/shipped/templates',
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'http://127.0.0.1:8080',
      tls: null,
      trustedProxies: 0,
      passphraseFile: resolve('data/passphrase'),
      passphrase: null,
      maxUploadBytes: 20_971_520,
      verificationsPerMinute: 60,
      logLevel: 'info',
    });
  });

  it('takes what is set', () => {
    expect(
      load({
        YINXIN_DATA: '/srv/yinxin',
        YINXIN_STORE: 'mongodb://db.example:27017/licences?replicaSet=a',
        YINXIN_TEMPLATES: '/srv/templates',
        YINXIN_HOST: '0.0.0.0',
        YINXIN_PORT: '8443',
        YINXIN_PUBLIC_URL: 'https://licences.example/yinxin',
        YINXIN_TLS_CERT: 'cert.pem',
        YINXIN_TLS_KEY: 'key.pem',
        YINXIN_TRUSTED_PROXIES: '2',
        YINXIN_PASSPHRASE_FILE: '/run/secrets/passphrase',
        YINXIN_PASSPHRASE: 'secret',
        YINXIN_MAX_UPLOAD_BYTES: '1048576',
        YINXIN_VERIFICATIONS_PER_MINUTE: '10',
        YINXIN_LOG: 'warn',
      }),
    ).toEqual({
      dataDirectory: '/srv/yinxin',
      store: { uri: 'mongodb://db.example:27017/licences?replicaSet=a', database: 'licences' },
      templatesDirectory: '/srv/templates',
      host: '0.0.0.0',
      port: 8443,
      publicUrl: 'https://licences.example/yinxin',
      tls: { certFile: 'cert.pem', keyFile: 'key.pem' },
      trustedProxies: 2,
      passphraseFile: '/run/secrets/passphrase',
      passphrase: 'secret',
      maxUploadBytes: 1_048_576,
      verificationsPerMinute: 10,
      logLevel: 'warn',
    });
  });

  it('cannot be changed afterwards', () => expect(Object.isFrozen(load())).toBe(true));

  it.each(['YINXIN_DATA', 'YINXIN_STORE', 'YINXIN_PASSPHRASE', 'YINXIN_PUBLIC_URL', 'YINXIN_TLS_CERT', 'YINXIN_LOG'])(
    'refuses %s when it is set and empty',
    (name) => {
      expect(() => load({ [name]: '' })).toThrow(failsFor(name));
    },
  );

  it('names its own address rightly with TLS and on IPv6', () => {
    expect(load({ YINXIN_TLS_CERT: 'c', YINXIN_TLS_KEY: 'k' }).publicUrl).toBe('https://127.0.0.1:8080');
    expect(load({ YINXIN_HOST: '::1' }).publicUrl).toBe('http://[::1]:8080');
  });

  it.each([
    ['YINXIN_PORT', '65536'],
    ['YINXIN_PORT', '-1'],
    ['YINXIN_PORT', '80a'],
    ['YINXIN_PORT', '8e3'],
    ['YINXIN_TRUSTED_PROXIES', '9'],
    ['YINXIN_MAX_UPLOAD_BYTES', '1023'],
    ['YINXIN_MAX_UPLOAD_BYTES', '99999999999999999999'],
    ['YINXIN_VERIFICATIONS_PER_MINUTE', '0'],
    ['YINXIN_VERIFICATIONS_PER_MINUTE', '1.5'],
    ['YINXIN_PUBLIC_URL', 'licences.example'],
    ['YINXIN_PUBLIC_URL', 'https://licences.example/'],
    ['YINXIN_PUBLIC_URL', 'javascript:alert(1)'],
    ['YINXIN_PUBLIC_URL', 'https://licences.example/?a=b'],
    ['YINXIN_PUBLIC_URL', 'https://licences.example#a'],
    ['YINXIN_LOG', 'debug'],
    ['YINXIN_STORE', 'postgres://db.example/x'],
    ['YINXIN_STORE', 'mongodb://db.example'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(() => load({ [name]: value })).toThrow(failsFor(name));
  });

  it.each([[{ YINXIN_TLS_CERT: 'c' }], [{ YINXIN_TLS_KEY: 'k' }]])('refuses half of TLS: %j', (environment) => {
    expect(() => load(environment as unknown as Record<string, string>)).toThrow(failsFor('YINXIN_TLS_KEY'));
  });

  it('repeats no password of the store', () => {
    let message = '';
    try {
      load({ YINXIN_STORE: 'mongodb://user:hunter2@db.example' });
    } catch (error) {
      message = JSON.stringify(error) + String(error);
    }
    expect(message).toContain('YINXIN_STORE');
    expect(message).not.toContain('hunter2');
  });
});

describe('readPassphrase', () => {
  it('takes the variable before the file, and the file without its line end', () => {
    const directory = mkdtempSync(join(tmpdir(), 'yinxin-settings-'));
    const file = join(directory, 'passphrase');
    writeFileSync(file, ' 口令 with blanks\r\n');
    try {
      expect(readPassphrase(load({ YINXIN_PASSPHRASE_FILE: file }))).toBe(' 口令 with blanks');
      expect(readPassphrase(load({ YINXIN_PASSPHRASE_FILE: file, YINXIN_PASSPHRASE: 'other' }))).toBe('other');
      writeFileSync(file, '\n');
      expect(() => readPassphrase(load({ YINXIN_PASSPHRASE_FILE: file }))).toThrow(failsFor('YINXIN_PASSPHRASE_FILE'));
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('names the setting where there is no file', () =>
    expect(() => readPassphrase(load({ YINXIN_DATA: '/nowhere' }))).toThrow(failsFor('YINXIN_PASSPHRASE_FILE')));
});
