import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { hash } from '#primitives';
import { Keystore, generateKey, openKeeper } from '../../../src/adapters/keys/index.js';
import { checkSuiteSignature, suiteById } from '../../../src/core/crypto/index.js';
import { der, utf8 } from '../../../src/core/encoding/index.js';
import type { Keeper } from '../../../src/ports/keeper.js';
import { testLog } from '../../support/journal-keys.js';
import { intentAbout, proofOf } from '../../support/traced-intent.js';

const random = { bytes: (count: number) => Uint8Array.from(randomBytes(count)) };
const directory = mkdtempSync(join(tmpdir(), 'yinxin-keeper-'));
const keystore = { directory, passphrase: 'sample' };
// A worker runs JavaScript only. Beside node_modules, so that the packages are found from there.
const compiled = resolve('node_modules', '.cache', `keeper-worker-${process.pid}.mjs`);
const script = pathToFileURL(compiled);
let keeper: Keeper;

beforeAll(async () => {
  mkdirSync(resolve('node_modules', '.cache'), { recursive: true });
  await build({
    entryPoints: ['src/adapters/keys/keeper-worker.ts'],
    outfile: compiled,
    bundle: true,
    packages: 'external',
    alias: { '#primitives': resolve('src/core/primitives/node.ts') },
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  const store = await Keystore.create({ ...keystore, random });
  await store.add({ keyId: 'seal-sm2', purpose: 'seal', suite: 'SM2-SM3', ...(await generateKey('SM2-SM3')) });
  await store.add({
    keyId: 'token-es256',
    purpose: 'token',
    suite: 'ECDSA-P256-SHA256',
    ...(await generateKey('ECDSA-P256-SHA256')),
  });
  keeper = await openKeeper({ keystore, journal: testLog }, script);
}, 30_000);

afterAll(async () => {
  await keeper.close();
  rmSync(directory, { recursive: true, force: true });
  rmSync(compiled, { force: true });
});

const keyOf = async (keyId: string) => (await keeper.keys()).find((key) => key.keyId === keyId)!;

describe('the keeper in its thread', () => {
  it('tells its keys and its engine', async () => {
    expect((await keeper.keys()).map(({ keyId }) => keyId)).toEqual(['seal-sm2', 'token-es256']);
    expect((await keeper.selfTest()).passed).toBe(true);
  });

  it('answers many requests at once, each with its own signature', async () => {
    const { spki } = await keyOf('token-es256');
    const messages = Array.from({ length: 50 }, (_, i) => utf8(`message ${i}`));
    const signatures = await Promise.all(
      messages.map((message) => keeper.sign({ purpose: 'token', keyId: 'token-es256', message })),
    );
    for (const [i, message] of messages.entries())
      expect(
        await checkSuiteSignature({ suite: suiteById('ECDSA-P256-SHA256'), spki, message, signature: signatures[i]! }),
      ).toBe(true);
  });

  it('seals with a proof, and refuses without one, in the same batch', async () => {
    const contentDigest = hash('sm3', utf8('document'));
    const message = der.setOf(der.sequence(der.oid('1.2.840.113549.1.9.4'), der.setOf(der.octetString(contentDigest))));
    const proof = proofOf(intentAbout({ keyId: 'seal-sm2', suite: 'SM2-SM3', kind: 'pdf', contentDigest }));
    const [good, bad] = await Promise.allSettled([
      keeper.sign({ purpose: 'seal', keyId: 'seal-sm2', message, proof }),
      keeper.sign({ purpose: 'seal', keyId: 'seal-sm2', message, proof: { ...proof, proof: '' } }),
    ]);
    expect(bad).toMatchObject({
      status: 'rejected',
      reason: { code: 'KEY_REFUSED', words: { zh: expect.stringContaining('拒绝签名') } },
    });
    const signature = (good as PromiseFulfilledResult<Uint8Array>).value;
    expect(
      await checkSuiteSignature({
        suite: suiteById('SM2-SM3'),
        spki: (await keyOf('seal-sm2')).spki,
        message,
        signature,
      }),
    ).toBe(true);
  });

  it('does not start with a wrong passphrase, a missing keystore or a missing script', async () => {
    const journal = testLog;
    await expect(openKeeper({ keystore: { ...keystore, passphrase: 'wrong' }, journal }, script)).rejects.toMatchObject(
      { code: 'KEYSTORE_LOCKED' },
    );
    await expect(
      openKeeper({ keystore: { ...keystore, directory: '/nowhere' }, journal }, script),
    ).rejects.toMatchObject({ code: 'KEYSTORE_MALFORMED' });
    const missing = pathToFileURL('/nowhere/worker.mjs');
    await expect(openKeeper({ keystore, journal }, missing)).rejects.toMatchObject({ code: 'KEEPER_UNAVAILABLE' });
  });

  it('tells those who wait that it is gone, and those who come later', async () => {
    const closing = await openKeeper({ keystore, journal: testLog }, script);
    const request = { purpose: 'token', keyId: 'token-es256', message: utf8('x') } as const;
    const waiting = closing.sign(request);
    const gone = expect(waiting).rejects.toMatchObject({ code: 'KEEPER_UNAVAILABLE' });
    await closing.close();
    await gone;
    await expect(closing.sign(request)).rejects.toMatchObject({ code: 'KEEPER_UNAVAILABLE' });
  });
});
