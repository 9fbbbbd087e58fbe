import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as storage from '../src/adapters/storage/index.js';
import { loadSettings } from '../src/config/index.js';
import type { DataDirectory } from './support/command-line.js';

/** Stores that were opened and not closed. Files tell nothing: the driver keeps them until its statements are collected. */
let open = 0;
jest.unstable_mockModule('../src/adapters/storage/index.js', () => ({
  ...storage,
  openSqliteDocuments: async (options: storage.SqliteOptions) => {
    const documents = await storage.openSqliteDocuments(options);
    const close = documents.close.bind(documents);
    open++;
    return Object.assign(documents, {
      close: () => {
        open--;
        return close();
      },
    });
  },
}));
const { initialisedData, openService } = await import('./support/command-line.js');

let at: DataDirectory;
let passphrase: string;
beforeAll(async () => {
  at = await initialisedData();
  passphrase = readFileSync(join(at.data, 'passphrase'), 'utf8').trim();
});
afterAll(() => at.remove());

const settings = (more: Readonly<Record<string, string>> = {}) =>
  loadSettings({ ...at.environment, YINXIN_LOG: 'error', ...more }, { templatesDirectory: 'templates' });

describe('openService', () => {
  it('holds the store while it is open, and nothing afterwards', async () => {
    const service = await openService(settings(), passphrase);
    expect(open).toBe(1);
    await expect(openService(settings(), passphrase)).rejects.toMatchObject({ code: 'STORE_IN_USE' });
    await service.close();
    expect(open).toBe(0);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['the passphrase is wrong', () => openService(settings(), 'wrong'), 'KEYSTORE_LOCKED'],
    [
      'a template is malformed',
      () => {
        const templates = join(at.scratch, 'templates');
        cpSync('templates', templates, { recursive: true });
        writeFileSync(join(templates, 'business-licence', 'type.json'), '{');
        return openService(settings({ YINXIN_TEMPLATES: templates }), passphrase);
      },
      'TEMPLATE_MALFORMED',
    ],
    [
      'the keys of the journal are not in the trust directory',
      () => {
        rmSync(join(at.data, 'trust', 'journals.json'));
        return openService(settings(), passphrase);
      },
      'TRUST_MALFORMED',
    ],
  ])('lets go of everything when %s', async (_, act, code) => {
    await expect(act()).rejects.toMatchObject({ code });
    expect(open).toBe(0);
  });
});
