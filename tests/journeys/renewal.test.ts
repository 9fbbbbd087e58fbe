import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCertificate } from '../../src/core/pki/index.js';
import { fromBase64, toHex } from '../../src/core/encoding/index.js';
import { issueLicence, verifyDocument, verifyLicenceCode } from '../../src/operations/index.js';
import type { LicenceRecord } from '../../src/ports/index.js';
import { initialisedData, withNextKey, yinxin } from '../support/command-line.js';
import type { DataDirectory } from '../support/command-line.js';
import { ALL, SEAL_CODE, codeOnFace, expectSound, filesOf, request, smallWorld } from '../support/small-world.js';
import type { SmallWorld } from '../support/small-world.js';

const SAMPLE = 'templates/residence-certificate/sample.json';

describe('a signer key is renewed by the operator', () => {
  let at: DataDirectory;
  let before: string[];
  let after: string[];
  const cli = (...argv: string[]) => yinxin(argv, at.environment);
  const issue = async (key: string) => {
    const renditions = ['--rendition', 'pdf:SM2-SM3,pdf:RSA-PKCS1-SHA256,sd-jwt:SM2-SM3'];
    const ran = await cli('issue', SAMPLE, '--key', key, '--out', join(at.scratch, key), ...renditions, '--json');
    return (ran.json as { files: string[] }).files;
  };
  const renew = (suite: string, ...more: string[]) =>
    cli('seal', 'renew', '--department', '11999900MB0000001K', '--suite', suite, ...more, '--json');

  beforeAll(async () => {
    at = await initialisedData();
    before = await issue('before');
    for (const argv of [['SM2-SM3'], ['SM2-SM3', '--data'], ['RSA-PKCS1-SHA256']] as [string, ...string[]][])
      expect((await renew(...argv)).code).toBe(0);
    after = await issue('after');
  });
  afterAll(() => at.remove());

  it('says which key signs from now on', async () => {
    const ran = await renew('ECDSA-P256-SHA256');
    expect(ran.json).toEqual({ seal: '99990010000001', key: 'seal-99990010000001-ecdsa-p256-sha256-2' });
  });

  it('accepts the licences of the old key and those issued afterwards', async () => {
    for (const file of [...before, ...after]) expect((await cli('verify', file)).code).toBe(0);
  });

  it('finds nothing wrong with archive and journal', async () => {
    expect((await cli('archive', 'check')).code).toBe(0);
    expect((await cli('journal', 'check')).code).toBe(0);
  });

  it('refuses a suite that there is not, or that the seal does not have', async () => {
    expect((await renew('SM4')).code).toBe(64);
    expect((await renew('ECDSA-P384-SHA384')).json).toMatchObject({ error: { code: 'SEAL_KEY_MISSING' } });
    expect((await cli('seal', 'renew', '--suite', 'SM2-SM3')).code).toBe(64);
  });

  it('leaves the old certificates where they were', () => {
    for (const n of [1, 2])
      readFileSync(join(at.data, 'authority', 'certificates', `seal-99990010000001-sm2-sm3-${n}.cer`));
  });
});

describe('signer keys are renewed between two licences of one second', () => {
  let world: SmallWorld;
  let before: LicenceRecord;
  let after: LicenceRecord;

  beforeAll(async () => {
    world = await smallWorld();
    world.clock.advance(250);
    before = await issueLicence(world)(request({ renditions: ALL, idempotencyKey: 'before' }));
    world.clock.advance(250);
    for (const suite of ['SM2-SM3', 'ECDSA-P256-SHA256'] as const) {
      const [seal, data] = [
        await world.authority.renew('seal', suite, world.clock.now()),
        await world.authority.renew('data', suite, world.clock.now()),
      ];
      await world.changeSeal((old) => ({
        ...old,
        keys: withNextKey(old.keys, seal, world.clock.now()),
        dataKeys: withNextKey(old.dataKeys, data, world.clock.now()),
      }));
    }
    world.clock.advance(1000);
    after = await issueLicence(world)(request({ renditions: ALL, idempotencyKey: 'after' }));
  });

  it('accepts both, by file and by code', async () => {
    for (const record of [before, after]) {
      for (const bytes of await filesOf(world, record))
        expect(await verifyDocument(world)({ bytes, policy: 'strict', askRegistry: true })).toMatchObject({
          verdict: 'accepted',
        });
      for (const suite of ['SM2-SM3', 'ECDSA-P256-SHA256'] as const)
        expect(await verifyLicenceCode(world)({ code: codeOnFace(world, record.id, suite) })).toMatchObject({
          verdict: 'accepted',
        });
    }
    await expectSound(world);
  });

  it('signs the second with the new certificates', async () => {
    const { keys } = (await world.documents.get('seals', SEAL_CODE))!.doc.seal;
    const idOf = (n: number) =>
      readCertificate(fromBase64(keys.filter(({ suite }) => suite === 'SM2-SM3')[n]!.certificates[0]!)).id;
    const signerOf = async (record: LicenceRecord) => {
      const [bytes] = await filesOf(world, record);
      const report = await verifyDocument(world)({ bytes: bytes!, policy: 'strict', askRegistry: true });
      return report.signatures[0]!.signer!.certificate;
    };
    expect(await signerOf(before)).toBe(idOf(0));
    expect(await signerOf(after)).toBe(idOf(1));
    expect(toHex(fromBase64(keys[0]!.certificates[0]!))).not.toBe(toHex(fromBase64(keys[2]!.certificates[0]!)));
  });
});
