import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqliteDocuments } from '../../../src/adapters/storage/index.js';
import type { Json } from '../../../src/core/errors/index.js';
import { initialisedData, yinxin } from '../../support/command-line.js';
import type { DataDirectory } from '../../support/command-line.js';

const SAMPLE = 'templates/residence-certificate/sample.json';
const DEPARTMENT = '11999900MB0000001K';

/** One department and one licence in three renditions; the tests go through its life in order. */
let at: DataDirectory;
let licence: { identifier: string; number: string; files: string[] };
let sm2: string;
beforeAll(async () => {
  at = await initialisedData();
  const ran = await cli('issue', SAMPLE, '--out', out('issued'), '--key', 'first', '--rendition', RENDITIONS, '--json');
  licence = ran.json;
  sm2 = licence.files.find((file) => file.endsWith('.sm2-sm3.pdf'))!;
}, 120_000);
afterAll(() => at.remove());

const RENDITIONS = 'pdf:SM2-SM3,pdf:RSA-PSS-SHA256,sd-jwt:SM2-SM3';
const cli = (...argv: string[]) => yinxin(argv, at.environment);
const out = (name: string) => join(at.scratch, name);
const file = (name: string, content: Json | Uint8Array | string): string => {
  const path = out(name);
  writeFileSync(path, content instanceof Uint8Array || typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const sample = () => JSON.parse(readFileSync(SAMPLE, 'utf8')) as { type: string; items: Record<string, Json> };
const errorOf = (ran: { json: never }) => (ran.json as { error: { code: string; details: Json } }).error;

describe('yinxin init', () => {
  it('made everything, said where the passphrase is, and answers what it made', () => {
    const { code, out: text, err } = at.init;
    expect(code).toBe(0);
    const made = JSON.parse(text) as { passphraseFile: string };
    expect(made).toEqual({
      data: expect.any(String),
      existed: false,
      seal: '99990010000001',
      owner: { code: DEPARTMENT, name: expect.any(String) },
      passphraseFile: expect.stringMatching(/passphrase$/),
    });
    expect(err.split('\n')).toEqual(['init: key store', 'init: authority', 'init: seal']);
    for (const name of ['service', 'keys', 'store', 'authority', 'trust'])
      expect(existsSync(join(at.data, name))).toBe(true);
  });
});

describe('yinxin issue', () => {
  it('writes the sealed files and answers identifier, number, commitment and files', () => {
    expect(licence).toEqual({
      identifier: expect.stringMatching(/^1\.2\.156\.3005\.2\./),
      number: expect.stringMatching(/^999900\d{12}$/),
      commitment: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), sm3: expect.stringMatching(/^[0-9a-f]{64}$/) },
      files: [
        out(`issued/${licence.identifier}.sm2-sm3.pdf`),
        out(`issued/${licence.identifier}.rsa-pss-sha256.pdf`),
        out(`issued/${licence.identifier}.sm2-sm3.sd-jwt`),
      ],
    });
    for (const path of licence.files) expect(readFileSync(path).length).toBeGreaterThan(1000);
  });

  it('gives the same licence for the same key, in words too', async () => {
    const { code, out: text } = await cli('issue', SAMPLE, '--key', 'first', '--rendition', RENDITIONS);
    expect(code).toBe(0);
    expect(text).toBe(licence.identifier);
  });

  it('names every wrong item, in the language asked for and as JSON', async () => {
    const request = file('wrong.json', { ...sample(), items: { ...sample().items, name: 'Bob', citizenNumber: '1' } });
    const chinese = await cli('issue', request, '--lang', 'zh');
    expect(chinese.code).toBe(70);
    expect(chinese.err).toMatch(/^yinxin: 请求内容不符合该证照类型的要求 \[LICENCE_ITEMS_INVALID\]/);
    expect(chinese.err).toMatch(/\n {2}\/items\/citizenNumber: /);
    expect(chinese.err).toMatch(/\n {2}\/items\/name: /);
    expect(errorOf(await cli('issue', request, '--json'))).toMatchObject({
      code: 'LICENCE_ITEMS_INVALID',
      details: { errors: expect.arrayContaining([expect.objectContaining({ field: '/items/name' })]) },
    });
  });

  it.each<[string, () => string]>([
    ['a file that is not there', () => out('none.json')],
    ['a folder', () => at.scratch],
    ['text that is not JSON', () => file('a.json', '{"type":')],
    ['a member named twice', () => file('b.json', '{"type":"a","type":"b","items":{}}')],
    ['null', () => file('c.json', 'null')],
    ['a list', () => file('d.json', '[]')],
    ['a mark twice over', () => file('k.json', { ...sample(), sample: [true] })],
    ['a request without items', () => file('e.json', { type: sample().type })],
    ['items that are null', () => file('f.json', { type: sample().type, items: null })],
    ['items that are a list', () => file('g.json', { type: sample().type, items: [] })],
    ['a type that is no text', () => file('h.json', { ...sample(), type: 1 })],
    ['a number that is no text', () => file('i.json', { ...sample(), number: 1 })],
    ['a mark as sample that is neither yes nor no', () => file('j.json', { ...sample(), sample: 'yes' })],
  ])('refuses %s as a mistake of the caller', async (_, path) => {
    const ran = await cli('issue', path(), '--json');
    expect(errorOf(ran).code).toBe('USAGE');
    expect(ran.code).toBe(64);
  });

  it('refuses a call without a file, and a rendition that there is not', async () => {
    expect((await cli('issue')).code).toBe(64);
    for (const list of ['', 'pdf', 'ofd:SM2-SM3', 'pdf:SM2-SM3,', 'pdf:SM4'])
      expect((await cli('issue', SAMPLE, '--rendition', list)).code).toBe(64);
  });

  it('refuses a department that is not there, and names those that are', async () => {
    const { code, err } = await cli('issue', SAMPLE, '--department', '11999900MB0000002H');
    expect(code).toBe(64);
    expect(err).toContain(DEPARTMENT);
  });

  it('says that the passphrase is wrong, or missing', async () => {
    const wrong = await yinxin(['issue', SAMPLE, '--json'], { ...at.environment, YINXIN_PASSPHRASE: 'wrong' });
    expect(errorOf(wrong).code).toBe('KEYSTORE_LOCKED');
    expect(wrong.code).toBe(70);
    const environment = { ...at.environment, YINXIN_PASSPHRASE_FILE: out('none') };
    expect(errorOf(await yinxin(['issue', SAMPLE, '--json'], environment)).code).toBe('SETTING_INVALID');
  });
});

describe('yinxin verify', () => {
  it('begins its JSON with the stable members, in their order', async () => {
    const ran = await cli('verify', sm2, '--json');
    expect(ran.code).toBe(0);
    expect(Object.keys(ran.json)).toEqual([
      'verdict',
      'fragments',
      'signatures',
      'policy',
      'at',
      'summary',
      'reasons',
      'file',
      'licence',
      'findings',
    ]);
    const report = ran.json as { fragments: object; signatures: object[]; policy: object };
    expect(Object.keys(report.fragments)).toEqual(['integrity', 'seal', 'licence', 'issuer']);
    expect(Object.keys(report.signatures[0]!).slice(0, 5)).toEqual([
      'id',
      'kind',
      'indication',
      'subIndication',
      'intact',
    ]);
    expect(Object.keys(report.policy)).toEqual(['name', 'version', 'digest']);
    expect(report).toMatchObject({
      verdict: 'accepted',
      fragments: { integrity: 'passed', seal: 'passed', licence: 'passed', issuer: 'passed' },
      signatures: [
        { indication: 'TOTAL_PASSED', intact: true, coversWholeDocument: true, revocationChecked: true },
        {},
      ],
      policy: { name: 'strict' },
    });
  });

  it('accepts each rendition, in words of both languages', async () => {
    for (const path of licence.files) {
      const [english, chinese] = [await cli('verify', path, '--lang', 'en'), await cli('verify', path, '--lang', 'zh')];
      expect([english.code, chinese.code]).toEqual([0, 0]);
      expect(english.out).toContain('File intact');
      expect(chinese.out).toContain('文件完整');
      expect(() => JSON.parse(english.out) as unknown).toThrow();
    }
  });

  it('ends with 1 for a changed file and with 2 for one that cannot be judged', async () => {
    const bytes = Uint8Array.from(readFileSync(sm2));
    bytes[Math.floor(bytes.length / 3)]! ^= 1;
    const changed = await cli('verify', file('changed.pdf', bytes), '--json');
    expect(changed.code).toBe(1);
    expect(changed.json).toMatchObject({ verdict: 'refused', fragments: { integrity: 'failed' } });
    mkdirSync(out('no-lists'));
    const open = await cli('verify', sm2, '--crl', out('no-lists'), '--json');
    expect(open.code).toBe(2);
    expect(open.json).toMatchObject({ verdict: 'undetermined', signatures: [{ subIndication: 'TRY_LATER' }, {}] });
  });

  it('works without data directory and service, with a trust directory alone', async () => {
    const environment = { YINXIN_DATA: out('nowhere') };
    const ran = await yinxin(['verify', sm2, '--trust', join(at.data, 'trust'), '--json'], environment);
    expect(ran.code).toBe(0);
    expect(ran.json).toMatchObject({ verdict: 'accepted', fragments: { licence: 'not-applicable' } });
    expect(existsSync(out('nowhere'))).toBe(false);
    expect(errorOf(await yinxin(['verify', sm2, '--json'], environment)).code).toBe('TRUST_MALFORMED');
  });

  it('does not ask the registry with --offline, and takes lists from another folder', async () => {
    const ran = await cli('verify', sm2, '--offline', '--crl', join(at.data, 'trust', 'crls'), '--json');
    expect(ran.code).toBe(0);
    expect(ran.json).toMatchObject({ fragments: { licence: 'not-applicable' } });
  });

  it('judges for another time and by another policy', async () => {
    const past = await cli('verify', sm2, '--at', '2020-01-01T00:00:00Z', '--json');
    expect(past.json).toMatchObject({ at: '2020-01-01T00:00:00.000Z' });
    expect(past.code).not.toBe(0);
    const zone = await cli('verify', sm2, '--at', '2020-01-01T08:00:00+08:00', '--json');
    expect(zone.json).toMatchObject({ at: '2020-01-01T00:00:00.000Z' });
    expect((await cli('verify', sm2, '--policy', 'open', '--json')).json).toMatchObject({ policy: { name: 'open' } });
  });

  it('answers a report to any file at all', async () => {
    const ran = await cli('verify', 'package.json', '--json');
    expect(ran.json).toMatchObject({ file: { kind: 'unknown' } });
    expect([1, 2]).toContain(ran.code);
  });

  it.each<[string, () => string[]]>([
    ['no file', () => []],
    ['a file that is not there', () => [out('none.pdf')]],
    ['a folder', () => [at.scratch]],
    ['a policy that there is not', () => [sm2, '--policy', 'lenient']],
    ['a time that is none', () => [sm2, '--at', 'yesterday']],
    ['a number for a time', () => [sm2, '--at', '5']],
    ['a time of nowhere', () => [sm2, '--at', '2026-01-01T00:00:00']],
    ['a day that there is not', () => [sm2, '--at', '2026-02-30T00:00:00Z']],
    ['a folder of lists that is not there', () => [sm2, '--crl', out('none')]],
  ])('refuses %s as a mistake of the caller', async (_, argv) => {
    const ran = await cli('verify', ...argv(), '--json');
    expect(errorOf(ran).code).toBe('USAGE');
    expect(ran.code).toBe(64);
  });
});

describe('yinxin suspend, resume and revoke', () => {
  const change = (operation: string, ...more: string[]) =>
    cli(operation, licence.identifier, '--reason', '测试', '--basis', '测试依据', ...more);

  it('refuses a call without reason, basis or identifier, and a time that is none', async () => {
    for (const argv of [
      [],
      [licence.identifier],
      [licence.identifier, '--reason', 'x'],
      ['--reason', 'x', '--basis', 'x'],
    ])
      expect((await cli('suspend', ...argv)).code).toBe(64);
    expect((await change('suspend', '--at', 'tomorrow')).code).toBe(64);
  });

  it('says that there is no such licence', async () => {
    const ran = await cli('suspend', 'none', '--reason', 'x', '--basis', 'x', '--json');
    expect(errorOf(ran).code).toBe('LICENCE_NOT_FOUND');
    expect(ran.code).toBe(70);
  });

  it('suspends: the seal stays intact, and the verdict names the state', async () => {
    const ran = await change('suspend', '--lang', 'zh');
    expect(ran.code).toBe(0);
    expect(ran.out).toBe(`${licence.identifier}: 暂扣`);
    const verified = await cli('verify', sm2, '--json');
    expect(verified.code).toBe(1);
    expect(verified.json).toMatchObject({
      verdict: 'refused',
      fragments: { integrity: 'passed', seal: 'passed', licence: 'failed' },
      licence: { state: 'suspended' },
    });
  });

  it('resumes, with a time in the zone of the caller, once for one key', async () => {
    const later = new Date(Date.now() + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
    for (const _ of [1, 2]) {
      const ran = await change('resume', '--at', later, '--key', 'back', '--json');
      expect(ran.json).toMatchObject({ identifier: licence.identifier, state: 'valid' });
      expect((ran.json as { states: object[] }).states).toHaveLength(3);
    }
    expect((await cli('verify', sm2)).code).toBe(0);
  });

  it('revokes for good', async () => {
    expect((await change('revoke')).out).toBe(`${licence.identifier}: revoked`);
    const ran = await change('resume', '--json');
    expect(errorOf(ran)).toMatchObject({
      code: 'LICENCE_STATE_FORBIDS',
      details: { refusal: 'LICENCE_STATE_FORBIDS' },
    });
    expect((await cli('verify', sm2)).code).toBe(1);
  });
});

describe('yinxin client', () => {
  const key = (kid: string): Json => ({ kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43), kid });

  it('registers and gives a new key', async () => {
    const ran = await cli(
      'client',
      'register',
      'counter',
      '--department',
      DEPARTMENT,
      '--key',
      file('k1.json', key('k1')),
      '--json',
    );
    expect(ran.code).toBe(0);
    expect(ran.json).toMatchObject({
      id: 'counter',
      name: 'counter',
      scopes: ['licences:issue', 'licences:read'],
      state: 'active',
    });
    const again = await cli(
      'client',
      'register',
      'counter',
      '--department',
      DEPARTMENT,
      '--key',
      out('k1.json'),
      '--json',
    );
    expect(errorOf(again).code).toBe('CLIENT_EXISTS');
    const rotated = await cli('client', 'rotate', 'counter', '--key', file('k2.json', key('k2')), '--lang', 'zh');
    expect(rotated.out).toBe('客户端 counter 现有 2 个密钥');
  });

  it.each<[string, string[]]>([
    ['no id', ['register', '--department', DEPARTMENT]],
    ['no department', ['register', 'other']],
    ['no key', ['register', 'other', '--department', DEPARTMENT]],
    ['a key file that is not there', ['register', 'other', '--department', DEPARTMENT, '--key', '/none.json']],
    ['a key file that is not JSON', ['rotate', 'counter', '--key', 'README.md']],
    ['no id to rotate', ['rotate']],
  ])('refuses %s as a mistake of the caller', async (_, argv) => {
    expect((await cli('client', ...argv)).code).toBe(64);
  });

  it('refuses a key that is no public key', async () => {
    for (const content of [null, [], { ...(key('k') as object), d: 'x' }] as Json[]) {
      const ran = await cli('client', 'rotate', 'counter', '--key', file('bad.json', content), '--json');
      expect(errorOf(ran).code).toBe('CLIENT_INVALID');
    }
  });
});

describe('yinxin archive', () => {
  it('checks what was filed, from disk', async () => {
    const ran = await cli('archive', 'check', '--json');
    expect(ran.code).toBe(0);
    expect(ran.json).toMatchObject({ objects: 4, originals: 12, problems: [] });
    expect((await cli('archive', 'check', '--lang', 'zh')).out).toMatch(/^归档对象 4 个，.*问题 0 个$/);
  });

  it('exports a bag that sha512sum finds good', async () => {
    const ran = await cli('archive', 'export', licence.identifier, '--out', out('bag'), '--purpose', '移交', '--json');
    expect(ran.code).toBe(0);
    const { file: tarFile, items } = ran.json as { file: string; items: number };
    expect(items).toBe(4);
    execFileSync('tar', ['-xf', tarFile, '-C', out('bag')]);
    const [folder] = readdirSync(out('bag')).filter((name) => !name.endsWith('.tar'));
    execFileSync('sha512sum', ['--quiet', '-c', 'manifest-sha512.txt'], { cwd: join(out('bag'), folder!) });
  });

  it('refuses an export without folder or purpose, and of a licence that there is not', async () => {
    expect((await cli('archive', 'export', licence.identifier, '--out', out('x'))).code).toBe(64);
    expect((await cli('archive', 'export', licence.identifier, '--purpose', 'x')).code).toBe(64);
    const ran = await cli('archive', 'export', 'none', '--out', out('x'), '--purpose', 'x', '--json');
    expect(errorOf(ran).code).toBe('LICENCE_NOT_FOUND');
  });

  it('names the file that was changed on disk, and ends with 1', async () => {
    const names = readdirSync(join(at.data, 'archive'), { recursive: true }) as string[];
    const victim = join(
      at.data,
      'archive',
      names.find((name) => name.endsWith('pdf-sm2-sm3.pdf'))!,
    );
    const good = readFileSync(victim);
    const bad = Uint8Array.from(good);
    bad[1000]! ^= 1;
    writeFileSync(victim, bad);
    const ran = await cli('archive', 'check');
    writeFileSync(victim, good);
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/v1\/content\/data\/result\/pdf-sm2-sm3\.pdf: /);
  });
});

describe('yinxin journal', () => {
  it('checks the journal from the store alone', async () => {
    const ran = await cli('journal', 'check', '--json');
    expect(ran.code).toBe(0);
    expect(ran.json).toMatchObject({ events: 4, waitingEvents: 0, problems: [], intents: { open: 0, unknown: 0 } });
    expect((await cli('journal', 'check')).code).toBe(0);
  });

  it('prints the proof of a leaf', async () => {
    const { code, out: text } = await cli('journal', 'proof', '0');
    expect(code).toBe(0);
    expect(text).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex 0\n/);
    for (const index of ['-1', 'x', '1.5', '', '1e3']) expect((await cli('journal', 'proof', index)).code).toBe(64);
    expect((await cli('journal', 'proof')).code).toBe(64);
    expect((await cli('journal', 'proof', '999999')).code).toBe(70);
  });

  it('names a leaf that was changed, and ends with 1', async () => {
    const file = join(at.data, 'store', 'yinxin.sqlite');
    const change = async (content: (old: string) => string) => {
      const documents = await openSqliteDocuments({ file });
      const { doc, version } = (await documents.get('leaves', '0000000000000000'))!;
      await documents.replace('leaves', { ...doc, content: content(doc.content) }, version);
      await documents.close();
      return doc.content;
    };
    const good = await change((old) => 'A'.repeat(old.length));
    const ran = await cli('journal', 'check', '--json');
    await change(() => good);
    expect(ran.code).toBe(1);
    expect((ran.json as { problems: object[] }).problems).toContainEqual(
      expect.objectContaining({ code: 'LEAF_DAMAGED', subject: '0000000000000000' }),
    );
  });
});

describe('yinxin backup and restore', () => {
  it('brings everything back into an empty directory, the passphrase aside', async () => {
    const made = await cli('backup', out('backup'), '--json');
    expect(made.code).toBe(0);
    expect(made.json).toMatchObject({ damaged: [] });
    const elsewhere = { YINXIN_DATA: out('restored'), YINXIN_PASSPHRASE_FILE: join(at.data, 'passphrase') };
    const restored = await yinxin(['restore', out('backup'), '--json'], elsewhere);
    expect(restored.code).toBe(0);
    expect(restored.json).toMatchObject({ check: { sound: true, findings: [] } });
    expect(existsSync(out('restored/passphrase'))).toBe(false);
    for (const argv of [
      ['archive', 'check'],
      ['journal', 'check'],
    ])
      expect((await yinxin(argv, elsewhere)).code).toBe(0);
    expect((await yinxin(['verify', sm2], elsewhere)).code).toBe(1);
    expect((await yinxin(['issue', SAMPLE], elsewhere)).code).toBe(0);
  });

  it('names a backup that is older than what was seen elsewhere, and ends with 1', async () => {
    const ran = await yinxin(['restore', out('backup'), '--seen-size', '9999'], { YINXIN_DATA: out('old') });
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('NOT sound');
  });

  it('refuses to write over anything, a backup that is none, and calls without a folder', async () => {
    expect((await yinxin(['restore', out('backup')], at.environment)).code).toBe(70);
    expect((await cli('backup', out('backup'))).code).toBe(70);
    const nothing = await yinxin(['restore', out('none'), '--json'], { YINXIN_DATA: out('other') });
    expect(nothing.code).toBe(70);
    expect(errorOf(nothing).code).not.toBe('INTERNAL');
    for (const argv of [['backup'], ['restore'], ['restore', out('backup'), '--seen-size', 'x']])
      expect((await cli(...argv)).code).toBe(64);
  });
});

describe('yinxin beside a running service', () => {
  it('reads and refuses to write', async () => {
    const { openService } = await import('../../support/command-line.js');
    const { loadSettings, readPassphrase } = await import('../../../src/config/index.js');
    const settings = loadSettings({ ...at.environment, YINXIN_LOG: 'error' }, { templatesDirectory: 'templates' });
    const service = await openService(settings, readPassphrase(settings));
    try {
      for (const argv of [
        ['issue', SAMPLE],
        ['seal', 'renew', '--department', DEPARTMENT, '--suite', 'SM2-SM3'],
      ])
        expect(errorOf(await cli(...argv, '--json')).code).toBe('STORE_IN_USE');
      for (const argv of [
        ['verify', licence.files[2]!, '--offline'],
        ['archive', 'check'],
        ['journal', 'check'],
      ])
        expect((await cli(...argv)).code).toBe(0);
    } finally {
      await service.close();
    }
  });
});
