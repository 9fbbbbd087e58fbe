import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importPkcs12 } from '../../../src/adapters/keys/index.js';
import { utf8 } from '../../../src/core/encoding/index.js';
import { commonNameOf, readCertificate } from '../../../src/core/pki/index.js';

const folder = mkdtempSync(join(tmpdir(), 'yinxin-pkcs12-'));
const at = (name: string) => join(folder, name);
const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });

/** As old tools and new ones write them. */
const FORMS = {
  '3des': ['-legacy', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
  rc2: ['-legacy', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-RC2-40', '-macalg', 'sha1'],
  aes: ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'sha1'],
  'aes-sha256': ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'sha256'],
} as const;

beforeAll(() => {
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
    '-subj',
    '/CN=old authority',
    '-days',
    '30',
  );
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at('leaf.key'),
    '-out',
    at('leaf.csr'),
    '-subj',
    '/CN=99990000000001',
  );
  openssl(
    'x509',
    '-req',
    '-in',
    at('leaf.csr'),
    '-CA',
    at('ca.pem'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-out',
    at('leaf.pem'),
  );
  for (const [name, options] of Object.entries(FORMS))
    openssl(
      'pkcs12',
      '-export',
      '-inkey',
      at('leaf.key'),
      '-in',
      at('leaf.pem'),
      '-certfile',
      at('ca.pem'),
      '-passout',
      'pass:old tool',
      '-out',
      at(`${name}.p12`),
      ...options,
    );
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', at('ec.key'));
  openssl('req', '-x509', '-new', '-key', at('ec.key'), '-out', at('ec.pem'), '-subj', '/CN=ec', '-days', '30');
  openssl(
    'pkcs12',
    '-export',
    '-inkey',
    at('ec.key'),
    '-in',
    at('ec.pem'),
    '-passout',
    'pass:old tool',
    '-macalg',
    'sha1',
    '-out',
    at('ec.p12'),
  );
}, 30_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('importPkcs12', () => {
  it.each(Object.keys(FORMS))('opens a file of form %s: the key, its certificate first, then its issuer', (name) => {
    const { key, spki, certificates } = importPkcs12(readFileSync(at(`${name}.p12`)), 'old tool');
    expect(certificates.map((der) => commonNameOf(readCertificate(der).subject))).toEqual([
      '99990000000001',
      'old authority',
    ]);
    expect(readCertificate(certificates[0]!).spki).toEqual(spki);
    const message = utf8('message');
    const signature = sign(
      'sha256',
      message,
      createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' }),
    );
    expect(verify('sha256', message, createPublicKey(readFileSync(at('leaf.pem'))), signature)).toBe(true);
  });

  it.each(Object.keys(FORMS))('says that the password is wrong, for form %s', (name) => {
    expect(() => importPkcs12(readFileSync(at(`${name}.p12`)), 'wrong')).toThrow(
      expect.objectContaining({ code: 'KEYSTORE_LOCKED' }),
    );
  });

  it.each([
    ['a file that is something else', () => utf8('hello')],
    ['an empty file', () => new Uint8Array(0)],
    ['a file cut off', () => readFileSync(at('aes.p12')).subarray(0, 900)],
    ['a certificate', () => readFileSync(at('leaf.pem'))],
    ['a key that is not RSA', () => readFileSync(at('ec.p12'))],
  ])('calls %s malformed, without any other error', (_, bytes) => {
    expect(() => importPkcs12(bytes(), 'old tool')).toThrow(expect.objectContaining({ code: 'KEYSTORE_MALFORMED' }));
  });
});
