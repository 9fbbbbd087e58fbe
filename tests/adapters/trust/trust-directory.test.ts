import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TrustDirectory } from '../../../src/adapters/trust/index.js';
import { toBase64 } from '../../../src/core/encoding/index.js';
import { commonNameOf, readCertificate } from '../../../src/core/pki/index.js';
import { testLog } from '../../support/journal-keys.js';

const root = mkdtempSync(join(tmpdir(), 'yinxin-trust-'));
const made = join(root, 'made');
const directory = join(root, 'trust');
const at = (...path: string[]) => join(directory, ...path);
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: made, stdio: ['ignore', 'pipe', 'pipe'] });
const JOURNALS = [
  {
    origin: testLog.origin,
    keys: testLog.keys.map(({ name, suite, spki }) => ({ name, suite, spki: toBase64(spki) })),
  },
];

// Made by openssl: what others write must be readable, PEM and DER.
beforeAll(() => {
  mkdirSync(made);
  for (const name of ['one', 'two']) {
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
      '-subj',
      `/CN=${name}`,
      '-days',
      '30',
    );
    openssl('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`);
  }
  writeFileSync(
    join(made, 'ca.cnf'),
    '[ca]\ndefault_ca=a\n[a]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ncrl_extensions=e\n[e]\nauthorityKeyIdentifier=keyid\n',
  );
  writeFileSync(join(made, 'index.txt'), '');
  writeFileSync(join(made, 'number'), '07');
  for (const [name, from] of [
    ['old', '20260101000000Z'],
    ['new', '20260201000000Z'],
  ] as const) {
    openssl(
      'ca',
      '-gencrl',
      '-config',
      'ca.cnf',
      '-keyfile',
      'one.key',
      '-cert',
      'one.pem',
      '-out',
      `${name}.pem`,
      '-crl_lastupdate',
      from,
      '-crl_nextupdate',
      '20300101000000Z',
    );
    openssl('crl', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.crl`);
  }
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeEach(() => {
  rmSync(directory, { recursive: true, force: true });
  for (const folder of ['anchors', 'intermediates', 'crls']) mkdirSync(at(folder), { recursive: true });
  cpSync(join(made, 'one.pem'), at('anchors', 'one.pem'));
  cpSync(join(made, 'old.crl'), at('crls', 'a.crl'));
  writeFileSync(at('journals.json'), JSON.stringify(JOURNALS));
});

const names = (list: readonly { subject: Parameters<typeof commonNameOf>[0] }[]) =>
  list.map(({ subject }) => commonNameOf(subject));
const malformed = (file: string) => ({ code: 'TRUST_MALFORMED', more: { details: { file } } });

describe('TrustDirectory', () => {
  it('reads certificates in PEM and DER, several in one file, and leaves other files alone', async () => {
    cpSync(join(made, 'two.der'), at('anchors', 'two.cer'));
    writeFileSync(
      at('intermediates', 'both.pem'),
      `a comment\n${readFileSync(join(made, 'one.pem'), 'utf8')}\n${readFileSync(join(made, 'two.pem'), 'utf8')}`,
    );
    writeFileSync(at('anchors', 'README.txt'), 'who put these here, and why');
    const trust = new TrustDirectory(directory);
    expect(names(await trust.anchors())).toEqual(['one', 'two']);
    expect(names(await trust.intermediates())).toEqual(['one', 'two']);
  });

  it('gives the CRLs of an issuer, newest first, and none of another', async () => {
    cpSync(join(made, 'new.pem'), at('crls', 'b.pem'));
    const trust = new TrustDirectory(directory);
    const [one] = await trust.anchors();
    const dates = (await trust.crlsOf(one!.subject.der)).map(({ thisUpdate }) => thisUpdate.toISOString().slice(0, 10));
    expect(dates).toEqual(['2026-02-01', '2026-01-01']);
    const two = readCertificate(Uint8Array.from(readFileSync(join(made, 'two.der'))));
    expect(await trust.crlsOf(two.subject.der)).toEqual([]);
  });

  it('gives the journals with their keys', async () => {
    const [journal] = await new TrustDirectory(directory).journals();
    expect(journal!.origin).toBe(testLog.origin);
    expect(journal!.keys.map(({ spki }) => toBase64(spki))).toEqual(testLog.keys.map(({ spki }) => toBase64(spki)));
  });

  it('needs anchors only', async () => {
    for (const rest of ['intermediates', 'crls', 'journals.json']) rmSync(at(rest), { recursive: true });
    const trust = new TrustDirectory(directory);
    expect([await trust.intermediates(), await trust.journals(), await trust.crlsOf(new Uint8Array(0))]).toEqual([
      [],
      [],
      [],
    ]);
    rmSync(at('anchors'), { recursive: true });
    await expect(new TrustDirectory(directory).anchors()).rejects.toMatchObject(malformed('anchors'));
  });

  it('reads nothing twice, and anew when a file is added, changed or removed', async () => {
    const trust = new TrustDirectory(directory, { lookEveryMs: 0 });
    const first = await trust.anchors();
    expect(await trust.anchors()).toBe(first);
    cpSync(join(made, 'two.pem'), at('anchors', 'two.pem'));
    expect(names(await trust.anchors())).toEqual(['one', 'two']);
    rmSync(at('anchors', 'one.pem'));
    expect(names(await trust.anchors())).toEqual(['two']);
    cpSync(join(made, 'one.pem'), at('anchors', 'two.pem'));
    utimesSync(at('anchors', 'two.pem'), 1, 1);
    expect(names(await trust.anchors())).toEqual(['one']);
  });

  it('answers from its last look until the time for another has come', async () => {
    const trust = new TrustDirectory(directory, { lookEveryMs: 3_600_000 });
    expect(names(await trust.anchors())).toEqual(['one']);
    cpSync(join(made, 'two.pem'), at('anchors', 'two.pem'));
    expect(names(await trust.anchors())).toEqual(['one']);
  });

  it('does not keep a failure', async () => {
    writeFileSync(at('anchors', 'bad.cer'), 'hello');
    const trust = new TrustDirectory(directory, { lookEveryMs: 3_600_000 });
    await expect(trust.anchors()).rejects.toMatchObject(malformed('anchors/bad.cer'));
    rmSync(at('anchors', 'bad.cer'));
    expect(names(await trust.anchors())).toEqual(['one']);
  });

  it.each([
    ['anchors/bad.cer', 'hello'],
    ['anchors/bad.pem', '-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----'],
    ['anchors/key.pem', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'],
    ['intermediates/empty.der', ''],
    ['crls/bad.crl', '0\u0000'],
    ['journals.json', 'not json'],
    ['journals.json', '{}'],
    ['journals.json', '[{"origin":"x","keys":[]}]'],
    ['journals.json', '[{"origin":1,"keys":[{}]}]'],
    [
      'journals.json',
      JSON.stringify([{ origin: 'x', keys: [{ ...JOURNALS[0]!.keys[0], suite: 'ECDSA-P256-SHA256' }] }]),
    ],
    ['journals.json', JSON.stringify([{ origin: 'x', keys: [{ ...JOURNALS[0]!.keys[0], suite: 'SM2-SM3' }] }])],
  ])('believes nothing while %s cannot be read, and goes on once it is gone', async (file, text) => {
    const path = at(...file.split('/'));
    writeFileSync(path, text);
    const trust = new TrustDirectory(directory);
    await expect(trust.anchors()).rejects.toMatchObject(malformed(file));
    await expect(trust.journals()).rejects.toMatchObject(malformed(file));
    rmSync(path);
    expect(names(await trust.anchors())).toEqual(['one']);
  });
});
