import { createPrivateKey, sign as signWithNode } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { hash } from '#primitives';
import { suiteById } from '../../../src/core/crypto/index.js';
import { fromBase64, toHex, utf8 } from '../../../src/core/encoding/index.js';
import { readCertificate } from '../../../src/core/pki/index.js';
import { prepareCodeToken, sealCodeToken } from '../../../src/core/renditions/index.js';
import { changeLicenceState, issueLicence, verifyLicence, verifyLicenceCode } from '../../../src/operations/index.js';
import type { ChangeLicenceState } from '../../../src/operations/index.js';
import type { LicenceRecord } from '../../../src/ports/index.js';
import { ITEMS, OWNER, SEAL_CODE, caller, codeOnFace, request, smallWorld } from '../../support/small-world.js';
import type { SmallWorld } from '../../support/small-world.js';
import { testKey } from '../../support/mini-pki.js';

let world: SmallWorld;
let record: LicenceRecord;
let code: string;
beforeAll(async () => {
  world = await smallWorld();
  record = await issueLicence(world)(request());
  code = codeOnFace(world, record.id, 'ECDSA-P256-SHA256');
}, 60_000);

const status = (identifier: string) => verifyLicence(world)({ identifier });
const judge = (text: string) => verifyLicenceCode(world)({ code: text });
const change = (licence: LicenceRecord, operation: ChangeLicenceState['operation'], expectedVersion: number) =>
  changeLicenceState(world)({
    caller,
    identifier: licence.id,
    operation,
    idempotencyKey: `${operation}-${licence.id}`,
    expectedVersion,
    reason: '测试',
    legalBasis: '测试',
  });

describe('verifyLicence', () => {
  it('says of a licence that it was issued here, by whom, and its state, and nothing personal', async () => {
    const answer = await status(record.id);
    expect(answer).toEqual({
      identifier: record.id,
      known: true,
      wellFormed: true,
      state: 'valid',
      typeName: '居住证明',
      issuer: OWNER.name,
      validUntil: '2026-09-01',
      asOf: world.clock.now().toISOString(),
      words: { en: expect.stringContaining('valid'), zh: expect.stringContaining('有效') },
    });
    for (const value of Object.values(ITEMS)) if (value !== '男') expect(JSON.stringify(answer)).not.toContain(value);
  });

  it('names each state in its words', async () => {
    const licence = await issueLicence(world)(request({ idempotencyKey: 'states' }));
    await change(licence, 'suspend', 1);
    expect(await status(licence.id)).toMatchObject({
      state: 'suspended',
      words: { zh: expect.stringContaining('暂扣') },
    });
    await change(licence, 'revoke', 2);
    expect(await status(licence.id)).toMatchObject({
      state: 'revoked',
      words: { zh: expect.stringContaining('吊销') },
    });
  });

  it('names an expired licence as expired, from midnight in Shanghai', async () => {
    const now = world.clock.now().toISOString();
    world.clock.set('2026-09-01T15:59:59.999Z');
    expect((await status(record.id)).state).toBe('valid');
    world.clock.set('2026-09-01T16:00:00.000Z');
    expect((await status(record.id)).state).toBe('expired');
    world.clock.set(now);
  });

  it('does not call forged what it does not know: well-formed or mistyped', async () => {
    const other = record.id.replace(record.licence.number, '999900202600000000');
    const { words, ...unknown } = await status(other);
    expect(unknown).toMatchObject({
      known: false,
      wellFormed: false,
      state: null,
      typeName: null,
      issuer: null,
      validUntil: null,
    });
    expect(words.zh).toContain('输入有误');
  });

  it.each(['', ' ', 'x', '1.2.156.3005.2', '../../etc/passwd', '\u0000', '\ud800', '标识', 'a'.repeat(100_000)])(
    'takes %j for what it is: no identifier',
    async (text) => {
      expect(await status(text)).toMatchObject({ known: false, wellFormed: false });
    },
  );

  it('knows nothing of a licence that is reserved only', async () => {
    world.files.failNext('failed');
    await expect(issueLicence(world)(request({ idempotencyKey: 'reserved' }))).rejects.toThrow();
    const [reserved] = await world.documents.find('licences', { index: 'isReserved', equals: 1, limit: 1 });
    expect(await status(reserved!.doc.id)).toMatchObject({ known: false, wellFormed: true });
  });
});

describe('verifyLicenceCode', () => {
  it('accepts the code on the face, alone or with the address in front', async () => {
    for (const text of [code, `https://licences.example/v#${code}`])
      expect(await judge(text)).toMatchObject({
        verdict: 'accepted',
        signature: 'passed',
        status: { identifier: record.id, state: 'valid' },
        at: world.clock.now().toISOString(),
      });
  });

  it('accepts the code that an SM2 key signed', async () => {
    const licence = await issueLicence(world)(
      request({ idempotencyKey: 'sm2', renditions: [{ kind: 'pdf', suite: 'SM2-SM3' }] }),
    );
    expect(await judge(codeOnFace(world, licence.id, 'SM2-SM3'))).toMatchObject({ verdict: 'accepted' });
  });

  it.each(['', 'x', 'https://licences.example/v#', 'YX1~E~a', '\u0000', '\ud800~', 'YX1'.repeat(10_000)])(
    'refuses %j as no code at all',
    async (text) => {
      expect(await judge(text)).toMatchObject({ verdict: 'refused', signature: 'failed', status: null });
    },
  );

  it('refuses the code when any character of it is changed', async () => {
    const positions = Array.from({ length: code.length }, (_, i) => i).filter((i) => i % 7 === 0);
    for (const i of positions) {
      const other = code[i] === 'A' ? 'B' : 'A';
      const report = await judge(code.slice(0, i) + other + code.slice(i + 1));
      expect(report.verdict).not.toBe('accepted');
      expect(report.signature).not.toBe('passed');
    }
  });

  it('names the state where the code is right and the licence is not in force', async () => {
    const licence = await issueLicence(world)(request({ idempotencyKey: 'off' }));
    await change(licence, 'suspend', 1);
    expect(await judge(codeOnFace(world, licence.id, 'ECDSA-P256-SHA256'))).toMatchObject({
      verdict: 'refused',
      signature: 'passed',
      status: { state: 'suspended' },
    });
  });

  const p256 = suiteById('ECDSA-P256-SHA256');
  /** A code for this licence as whoever holds `key` could write it. */
  const written = (key: ReturnType<typeof testKey>, changes: Partial<Parameters<typeof prepareCodeToken>[0]> = {}) => {
    const prepared = prepareCodeToken({
      suite: p256,
      spki: key.spki,
      issuer: OWNER.code,
      identifier: record.id,
      commitment: record.commitment.sha256,
      issuedAt: world.clock.now(),
      ...changes,
    });
    return sealCodeToken(prepared, key.sign(prepared.message));
  };

  it('leaves open a code that a key nobody knows here has signed', async () => {
    expect(await judge(written(testKey('ECDSA-P256-SHA256')))).toMatchObject({
      verdict: 'undetermined',
      signature: 'undetermined',
      status: null,
    });
  });

  it('refuses a code that names our key and was signed by another', async () => {
    const [ours] = (await world.documents.get('seals', SEAL_CODE))!.doc.seal.dataKeys.filter(
      ({ suite }) => suite === p256.id,
    );
    const { spki } = readCertificate(fromBase64(ours!.certificates[0]!));
    expect(await judge(written(testKey('ECDSA-P256-SHA256'), { spki }))).toMatchObject({
      verdict: 'refused',
      signature: 'failed',
      words: { zh: expect.stringContaining('伪造') },
    });
  });

  /** Signed by the department's own key, as one with the keeper in his hands could. */
  async function signedByUs(changes: Partial<Parameters<typeof prepareCodeToken>[0]>): Promise<string> {
    const key = (await world.documents.get('seals', SEAL_CODE))!.doc.seal.dataKeys.find(
      ({ suite }) => suite === p256.id,
    )!;
    const { pkcs8, spki } = world.authority.keys.get(key.keyId)!;
    const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
    const sign = (message: Uint8Array) => Uint8Array.from(signWithNode('sha256', message, privateKey));
    return written({ suite: p256, spki, sign }, changes);
  }

  it('refuses a right signature over another commitment than the registry holds', async () => {
    const commitment = toHex(hash('sha256', utf8('other data')));
    expect(await judge(await signedByUs({ commitment }))).toMatchObject({
      verdict: 'refused',
      signature: 'passed',
      status: { known: true },
      words: { zh: expect.stringContaining('不一致') },
    });
  });

  it('leaves open a right signature for a licence that is not in the registry', async () => {
    expect(await judge(await signedByUs({ identifier: record.id.replace('999900', '999901') }))).toMatchObject({
      verdict: 'undetermined',
      signature: 'passed',
      status: { known: false },
    });
  });

  it('refuses a right signature that claims a time at which the key was not in use', async () => {
    for (const issuedAt of ['2026-03-01T23:59:59.000Z', '2020-01-01T00:00:00.000Z'])
      expect(await judge(await signedByUs({ issuedAt: new Date(issuedAt) }))).toMatchObject({ verdict: 'refused' });
  });

  it('goes on accepting old codes when the data key was renewed', async () => {
    world.clock.advance(1000);
    const now = world.clock.now();
    const next = await world.authority.renew('data', 'ECDSA-P256-SHA256', now);
    await world.changeSeal((seal) => ({
      ...seal,
      dataKeys: [...seal.dataKeys.map((key) => (key.suite === next.suite ? { ...key, until: next.from } : key)), next],
    }));
    world.clock.advance(1000);
    const late = await issueLicence(world)(request({ idempotencyKey: 'renewed' }));
    for (const text of [code, codeOnFace(world, late.id, 'ECDSA-P256-SHA256')])
      expect(await judge(text)).toMatchObject({ verdict: 'accepted' });
  });
});
