import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Keystore,
  initAuthority,
  issueSigner,
  readProfiles,
  renewSigner,
  revokeCertificate,
} from '../../../src/adapters/keys/index.js';
import type { Authority, IssuedSigner } from '../../../src/adapters/keys/index.js';
import { TrustDirectory } from '../../../src/adapters/trust/index.js';
import type { SuiteId } from '../../../src/core/crypto/index.js';
import { equalBytes, fromBase64 } from '../../../src/core/encoding/index.js';
import { commonNameOf, organisationOf, readCertificate, verifyCertificateList } from '../../../src/core/pki/index.js';

const random = { bytes: (count: number) => Uint8Array.from(randomBytes(count)) };
const now = new Date('2026-11-24T08:00:00.500Z');
const DAY = 86_400_000;
const order = { now, journalOrigin: 'journal.example/yinxin' };
const owner = { code: '11999900MB0000001K', name: '样本县市场监督管理局' };
const seal = { purpose: 'seal', sealCode: '99990000000001', owner, now, rsaBits: 2048 } as const;
const SUITES: readonly SuiteId[] = ['SM2-SM3', 'RSA-PKCS1-SHA256', 'ECDSA-P256-SHA256'];

let directory: string;
let authority: Authority;
const signers = new Map<SuiteId, IssuedSigner>();

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'yinxin-authority-'));
  const keystore = await Keystore.create({ directory: join(directory, 'keys'), passphrase: 'sample', random });
  authority = {
    directory,
    keystore,
    profiles: await readProfiles('certs/profiles'),
    random,
    crlBase: 'http://127.0.0.1:8080/crls',
  };
  await initAuthority(authority, order);
  for (const suite of SUITES) signers.set(suite, await issueSigner(authority, { ...seal, suite }));
}, 60_000);

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const snapshot = () =>
  (readdirSync(directory, { recursive: true }) as string[])
    .sort()
    .map((name) => `${name} ${statSync(join(directory, name)).mtimeMs}`)
    .filter((line) => !statSync(join(directory, line.split(' ')[0]!)).isDirectory());

const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const atTime = (later: number) => String(Math.floor((now.getTime() + later) / 1000));

const familyOf = (suite: SuiteId) => (suite.startsWith('SM2') ? 'sm2' : suite.startsWith('RSA') ? 'rsa' : 'ecdsa');
const certificateFile = (keyId: string) => join(directory, 'authority', 'certificates', `${keyId}.cer`);

describe('initAuthority', () => {
  it('writes a trust directory of three roots, three issuing authorities, six CRLs and the journal', async () => {
    const trust = new TrustDirectory(join(directory, 'trust'));
    expect(await trust.anchors()).toHaveLength(3);
    const intermediates = await trust.intermediates();
    expect(intermediates).toHaveLength(3);
    expect(readdirSync(join(directory, 'trust', 'crls'))).toHaveLength(6);
    const [journal] = await trust.journals();
    expect(journal!.origin).toBe('journal.example/yinxin');
    expect(journal!.keys.map(({ suite }) => suite)).toEqual(['ED25519', 'SM2-SM3']);
  });

  it('issues CRLs that their issuers signed, fresh from now on, with number 1', async () => {
    const trust = new TrustDirectory(join(directory, 'trust'));
    for (const issuer of [...(await trust.anchors()), ...(await trust.intermediates())]) {
      const [crl] = await trust.crlsOf(issuer.subject.der);
      expect(crl!.number).toBe(1n);
      expect(crl!.thisUpdate.toISOString()).toBe('2026-11-24T08:00:00.000Z');
      expect(crl!.nextUpdate!.getTime()).toBeGreaterThan(now.getTime() + 29 * DAY);
      expect(crl!.revoked.size).toBe(0);
      expect(await verifyCertificateList({ crl: crl!, issuer })).toMatchObject({ usable: true });
    }
  });

  it('changes nothing when it is run again', async () => {
    const before = snapshot();
    expect((await initAuthority(authority, order)).changed).toBe(false);
    expect(snapshot()).toEqual(before);
  });

  it('issues the CRLs anew of which less than half the time is left, with the next number', async () => {
    const later = new Date(now.getTime() + 16 * DAY);
    expect((await initAuthority(authority, { ...order, now: later })).changed).toBe(true);
    const trust = new TrustDirectory(join(directory, 'trust'));
    const [issuing] = await trust.intermediates();
    const [root] = await trust.anchors();
    expect((await trust.crlsOf(issuing!.subject.der))[0]!.number).toBe(2n);
    expect((await trust.crlsOf(root!.subject.der))[0]!.number).toBe(1n);
  });
});

describe('issueSigner', () => {
  it.each(SUITES)(
    'names the owner and the seal as decision 25 asks, and chains to the issuing authority: %s',
    (suite) => {
      const [leaf, issuing, ...rest] = signers.get(suite)!.certificates.map((one) => readCertificate(fromBase64(one)));
      expect(rest).toEqual([]);
      expect(organisationOf(leaf!.subject)).toBe('11999900MB0000001K样本县市场监督管理局');
      expect(commonNameOf(leaf!.subject)).toBe('99990000000001');
      expect(equalBytes(leaf!.issuer.der, issuing!.subject.der)).toBe(true);
      expect(equalBytes(leaf!.authorityKeyId!, issuing!.subjectKeyId!)).toBe(true);
      expect([...leaf!.keyUsage!].sort()).toEqual(['digitalSignature', 'nonRepudiation']);
      expect(leaf!.extendedKeyUsage).toBeUndefined();
      expect(leaf!.basicConstraints).toEqual({ ca: false });
      expect(leaf!.crlUrls).toEqual([`http://127.0.0.1:8080/crls/${familyOf(suite)}-issuing.crl`]);
      expect(leaf!.policies).toHaveLength(1);
      expect(leaf!.notBefore.toISOString()).toBe('2026-11-24T08:00:00.000Z');
      expect(leaf!.notAfter.toISOString()).toBe('2029-11-24T07:59:59.000Z');
    },
  );

  it('answers the signer in force when it is asked again', async () => {
    expect(await issueSigner(authority, { ...seal, suite: 'SM2-SM3' })).toEqual(signers.get('SM2-SM3'));
  });

  it('gives a seal a second pair that can encrypt and not sign', () => {
    const text = openssl(
      'x509',
      '-in',
      certificateFile(`${signers.get('RSA-PKCS1-SHA256')!.keyId}-encryption`),
      '-noout',
      '-text',
    );
    expect(text).toMatch(/Key Encipherment, Data Encipherment\n/);
    expect(text).not.toMatch(/Digital Signature/);
    expect(authority.keystore.find(`${signers.get('SM2-SM3')!.keyId}-encryption`)!.purpose).toBe('encryption');
  });

  it('refuses a seal code that could not be a file name', async () => {
    await expect(issueSigner(authority, { ...seal, sealCode: '../x', suite: 'SM2-SM3' })).rejects.toThrow(TypeError);
  });
});

describe('renewSigner', () => {
  it('makes a new key and certificate and ends the use of the old one without revoking it', async () => {
    const data = { ...seal, purpose: 'data', suite: 'ECDSA-P256-SHA256' } as const;
    const first = await issueSigner(authority, data);
    const later = new Date(now.getTime() + 20 * DAY);
    const { previous, next } = await renewSigner(authority, { ...data, now: later });
    expect(previous).toEqual({ ...first, until: next.from });
    expect(next.keyId).not.toBe(first.keyId);
    expect(next.certificates[0]).not.toBe(first.certificates[0]);
    expect(await issueSigner(authority, { ...data, now: later })).toEqual(next);
    const trust = new TrustDirectory(join(directory, 'trust'));
    const leaf = readCertificate(fromBase64(first.certificates[0]!));
    expect((await trust.crlsOf(leaf.issuer.der))[0]!.revoked.has(leaf.serial)).toBe(false);
  });
});

describe('revokeCertificate', () => {
  it('puts the certificate with time and reason on a new CRL', async () => {
    const later = new Date(now.getTime() + 21 * DAY);
    const victim = await issueSigner(authority, { ...seal, sealCode: '99990000000002', suite: 'SM2-SM3' });
    await revokeCertificate(authority, { keyId: victim.keyId, reason: 'keyCompromise', now: later });
    const leaf = readCertificate(fromBase64(victim.certificates[0]!));
    const [crl] = await new TrustDirectory(join(directory, 'trust')).crlsOf(leaf.issuer.der);
    expect([...crl!.revoked.keys()]).toEqual([leaf.serial]);
    expect(crl!.revoked.get(leaf.serial)).toMatchObject({
      at: new Date('2026-12-15T08:00:00.000Z'),
      reason: 'keyCompromise',
    });
  });

  it('says which key it does not know', async () => {
    await expect(revokeCertificate(authority, { keyId: 'nobody', reason: 'superseded', now })).rejects.toMatchObject({
      code: 'KEY_NOT_FOUND',
    });
  });

  it('will not let a root revoke itself', async () => {
    const root = { keyId: 'authority-sm2-root', reason: 'superseded', now } as const;
    await expect(revokeCertificate(authority, root)).rejects.toMatchObject({ code: 'KEY_REFUSED' });
  });
});

describe('openssl, a stranger', () => {
  const trustFile = (...path: string[]) => join(directory, 'trust', ...path);

  it.each(['RSA-PKCS1-SHA256', 'ECDSA-P256-SHA256'] as const)('accepts the chain and the CRLs of %s', (suite) => {
    const family = familyOf(suite);
    const crls = [`${family}-root`, `${family}-issuing`].map((name) =>
      openssl('crl', '-inform', 'DER', '-in', trustFile('crls', `${name}.crl`)),
    );
    writeFileSync(join(directory, 'crls.pem'), crls.join(''));
    const answer = openssl(
      'verify',
      '-x509_strict',
      '-crl_check_all',
      '-attime',
      atTime(22 * DAY),
      '-CAfile',
      trustFile('anchors', `${family}-root.cer`),
      '-untrusted',
      trustFile('intermediates', `${family}-issuing.cer`),
      '-CRLfile',
      join(directory, 'crls.pem'),
      certificateFile(signers.get(suite)!.keyId),
    );
    expect(answer).toMatch(/: OK/);
  });

  it('accepts the SM2 chain, step by step', () => {
    const steps = [
      [trustFile('anchors', 'sm2-root.cer'), trustFile('intermediates', 'sm2-issuing.cer')],
      [trustFile('intermediates', 'sm2-issuing.cer'), certificateFile(signers.get('SM2-SM3')!.keyId)],
    ] as const;
    for (const [issuer, subject] of steps) {
      const args = [
        'verify',
        '-partial_chain',
        '-vfyopt',
        'distid:1234567812345678',
        '-attime',
        atTime(60_000),
        '-CAfile',
        issuer,
        subject,
      ];
      expect(openssl(...args)).toMatch(/: OK/);
    }
  });

  it('shows the profiles of time stamp and OCSP certificates', () => {
    const timestamp = openssl('x509', '-in', certificateFile('authority-ecdsa-timestamp'), '-noout', '-text');
    expect(timestamp).toMatch(/X509v3 Extended Key Usage: critical\s+Time Stamping\n/);
    const ocsp = openssl('x509', '-in', certificateFile('authority-sm2-ocsp'), '-noout', '-text');
    expect(ocsp).toMatch(/OCSP Signing/);
    expect(ocsp).toMatch(/OCSP No Check/);
  });

  it('shows root and issuing authority as authorities, the second with path length 0', () => {
    const root = openssl('x509', '-in', trustFile('anchors', 'sm2-root.cer'), '-noout', '-text');
    expect(root).toMatch(/X509v3 Basic Constraints: critical\s+CA:TRUE\n/);
    expect(root).toMatch(/X509v3 Key Usage: critical\s+Certificate Sign, CRL Sign\n/);
    expect(root).not.toMatch(/CRL Distribution/);
    expect(openssl('x509', '-in', trustFile('intermediates', 'rsa-issuing.cer'), '-noout', '-text')).toMatch(
      /CA:TRUE, pathlen:0/,
    );
  });
});

describe('readProfiles', () => {
  it('names the profile that is wrong', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yinxin-profiles-'));
    for (const name of readdirSync('certs/profiles'))
      writeFileSync(join(folder, name), readFileSync(join('certs/profiles', name)));
    writeFileSync(join(folder, 'ocsp.json'), '{"name":"ocsp"}');
    await expect(readProfiles(folder)).rejects.toMatchObject({
      code: 'TEMPLATE_MALFORMED',
      more: { details: { file: 'ocsp.json' } },
    });
    rmSync(folder, { recursive: true });
  });
});

describe('serial numbers', () => {
  it('are positive, of 16 octets, and all different', () => {
    const serials = [...signers.values()].map((one) => readCertificate(fromBase64(one.certificates[0]!)).serial);
    expect(new Set(serials).size).toBe(serials.length);
    for (const serial of serials) expect(serial.toString(16)).toMatch(/^1[0-9a-f]{30}$/);
  });
});
