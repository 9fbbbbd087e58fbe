import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hash } from '#primitives';
import { Keystore, generateKey, openInlineKeeper } from '../../../src/adapters/keys/index.js';
import { checkSuiteSignature, suiteById } from '../../../src/core/crypto/index.js';
import type { SuiteId } from '../../../src/core/crypto/index.js';
import { der, utf8 } from '../../../src/core/encoding/index.js';
import type { Intent, JournalProof } from '../../../src/core/renditions/index.js';
import type { Keeper, KeyPurpose, SignRequest } from '../../../src/ports/keeper.js';
import { TEST_ORIGIN, ed25519LogKey, signNote, testLog } from '../../support/journal-keys.js';
import { intentAbout, proofOf } from '../../support/traced-intent.js';

const random = { bytes: (count: number) => Uint8Array.from(randomBytes(count)) };
const directory = mkdtempSync(join(tmpdir(), 'yinxin-keeper-'));
const keystore = { directory, passphrase: 'sample' };

const KEYS: readonly (readonly [string, KeyPurpose, SuiteId])[] = [
  ['seal-sm2', 'seal', 'SM2-SM3'],
  ['seal-rsa', 'seal', 'RSA-PKCS1-SHA256'],
  ['seal-pss', 'seal', 'RSA-PSS-SHA256'],
  ['seal-ecdsa', 'seal', 'ECDSA-P256-SHA256'],
  ['seal-sm2-other', 'seal', 'SM2-SM3'],
  ['data-sm2', 'data', 'SM2-SM3'],
  ['data-ecdsa', 'data', 'ECDSA-P256-SHA256'],
  ['journal-ed25519', 'journal', 'ED25519'],
  ['token-es256', 'token', 'ECDSA-P256-SHA256'],
  ['authority-root', 'authority', 'SM2-SM3'],
  ['seal-sm2-encryption', 'encryption', 'SM2-SM3'],
];

let keeper: Keeper;

beforeAll(async () => {
  const store = await Keystore.create({ ...keystore, random });
  await Promise.all(
    KEYS.map(async ([keyId, purpose, suite]) =>
      store.add({ keyId, purpose, suite, ...(await generateKey(suite, 2048)) }),
    ),
  );
  keeper = await openInlineKeeper({ keystore, journal: testLog }, random);
}, 60_000);

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const oid = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  data: '1.2.840.113549.1.7.1',
};
const attribute = (type: string, ...values: Uint8Array[]) => der.sequence(der.oid(type), der.setOf(...values));
const attributesOf = (digest: Uint8Array) =>
  der.setOf(attribute(oid.contentType, der.oid(oid.data)), attribute(oid.messageDigest, der.octetString(digest)));

const suiteOf = (keyId: string) => KEYS.find(([id]) => id === keyId)![2];
const digestOf = (keyId: string, content: Uint8Array) => hash(suiteById(suiteOf(keyId)).hash, content);

/** An honest request to seal the content. */
function sealRequest(keyId: string, content = utf8('document')): SignRequest & { proof: JournalProof } {
  const contentDigest = digestOf(keyId, content);
  const intent = intentAbout({ keyId, suite: suiteOf(keyId), kind: 'pdf', contentDigest });
  return { purpose: 'seal', keyId, message: attributesOf(contentDigest), proof: proofOf(intent) };
}

async function isSignedBy(keyId: string, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const key = (await keeper.keys()).find((one) => one.keyId === keyId)!;
  return checkSuiteSignature({ suite: suiteById(key.suite), spki: key.spki, message, signature });
}

const refusal = { code: 'KEY_REFUSED' };

describe('the keeper', () => {
  it('names its SM2 engine and has passed the self-test', async () => {
    const { sm2Engine, passed } = await keeper.selfTest();
    expect(sm2Engine).toMatch(/OpenSSL|noble/);
    expect(passed).toBe(true);
  });

  it('holds the keys that sign, and neither those of the authority nor those that decrypt', async () => {
    const held = (await keeper.keys()).map(({ keyId }) => keyId);
    expect(held).toHaveLength(9);
    expect(held).not.toContain('authority-root');
    expect(held).not.toContain('seal-sm2-encryption');
  });

  it.each(KEYS.filter(([, purpose]) => purpose === 'seal').map(([keyId, , suite]) => [suite, keyId]))(
    'seals with %s (%s) when the journal had the intent',
    async (_, keyId) => {
      const request = sealRequest(keyId);
      expect(await isSignedBy(keyId, request.message, await keeper.sign(request))).toBe(true);
    },
  );

  it.each(['data-sm2', 'data-ecdsa'])(
    'signs structured data with %s: the intent speaks of the payload',
    async (keyId) => {
      const payload = Buffer.from('{"sample":true}').toString('base64url');
      const message = utf8(`eyJhbGciOiJ4In0.${payload}`);
      const intent = intentAbout({
        keyId,
        suite: suiteOf(keyId),
        kind: 'sd-jwt',
        contentDigest: digestOf(keyId, utf8(payload)),
      });
      expect(
        await isSignedBy(
          keyId,
          message,
          await keeper.sign({ purpose: 'data', keyId, message, proof: proofOf(intent) }),
        ),
      ).toBe(true);
    },
  );

  it('signs a code token: the intent speaks of the whole message', async () => {
    const message = Uint8Array.of(0, 1, 2, 255);
    const intent = intentAbout({
      keyId: 'data-sm2',
      suite: 'SM2-SM3',
      kind: 'code',
      contentDigest: digestOf('data-sm2', message),
    });
    const signature = await keeper.sign({ purpose: 'data', keyId: 'data-sm2', message, proof: proofOf(intent) });
    expect(await isSignedBy('data-sm2', message, signature)).toBe(true);
  });

  it.each([
    ['journal', 'journal-ed25519'],
    ['token', 'token-es256'],
  ] as const)('signs for purpose %s without a proof', async (purpose, keyId) => {
    const message = utf8('text');
    expect(await isSignedBy(keyId, message, await keeper.sign({ purpose, keyId, message }))).toBe(true);
  });

  it.each([
    ['journal', 'seal-sm2'],
    ['token', 'seal-sm2'],
    ['token', 'journal-ed25519'],
    ['journal', 'token-es256'],
  ] as const)('refuses purpose %s to the key %s', async (purpose, keyId) => {
    await expect(keeper.sign({ purpose, keyId, message: sealRequest('seal-sm2').message })).rejects.toMatchObject(
      refusal,
    );
  });

  it('refuses the purpose seal to a data key, with proof and all', async () => {
    await expect(keeper.sign(sealRequest('data-sm2'))).rejects.toMatchObject(refusal);
  });

  it.each(['nobody', 'authority-root', 'seal-sm2-encryption'])('does not know %s', async (keyId) => {
    await expect(keeper.sign({ purpose: 'token', keyId, message: utf8('x') })).rejects.toMatchObject({
      code: 'KEY_NOT_FOUND',
    });
  });
});

describe('the keeper refuses a seal', () => {
  const honest = sealRequest('seal-sm2');
  const other = sealRequest('seal-sm2', utf8('another document'));
  const intent = honest.proof.intent;
  const digest = digestOf('seal-sm2', utf8('document'));
  const changed = (change: Partial<Intent>) => proofOf({ ...intent, ...change });
  const [text, note] = [honest.proof.proof.split('\n\n')[0]!, honest.proof.proof.split('\n\n').slice(1).join('\n\n')];

  it.each<[string, Partial<{ message: Uint8Array; proof: JournalProof }>]>([
    ['for other content than the intent', { message: other.message }],
    ['whose intent names another key of the same suite', { proof: changed({ keyId: 'seal-sm2-other' }) }],
    ['whose intent names another suite', { proof: changed({ suite: 'ECDSA-P256-SHA256' }) }],
    [
      'whose intent was changed after the journal had it',
      { proof: { intent: { ...intent, at: '2020-01-01T00:00:00.000Z' }, proof: honest.proof.proof } },
    ],
    ['whose proof is about another intent', { proof: { intent, proof: other.proof.proof } }],
    ['whose salt is short', { proof: changed({ salt: 'AAAA' }) }],
    ['whose salt is not base64url', { proof: changed({ salt: '****' }) }],
    ['without an intent', { proof: { proof: honest.proof.proof } as JournalProof }],
    ['without a proof', { proof: { intent } as JournalProof }],
    ['with nothing at all for a proof', { proof: undefined }],
    ['whose proof is empty', { proof: { intent, proof: '' } }],
    ['whose index is another', { proof: { intent, proof: honest.proof.proof.replace('index 2', 'index 1') } }],
    ['whose path is missing', { proof: { intent, proof: `${text.split('\n').slice(0, 2).join('\n')}\n\n${note}` } }],
    [
      'whose checkpoint has one signature only',
      { proof: { intent, proof: honest.proof.proof.trimEnd().split('\n').slice(0, -1).join('\n') + '\n' } },
    ],
    [
      'whose checkpoint is signed by strangers',
      { proof: proofOf(intent, (body) => signNote(body, [ed25519LogKey(TEST_ORIGIN, 'stranger')])) },
    ],
    ['whose checkpoint is of another journal', { proof: proofOf(intent, signNote, 'journal.example/other') }],
    ['that is not a SET of attributes', { message: utf8('document') }],
    ['that is a certificate body, say', { message: der.sequence(der.integer(1)) }],
    ['with no message digest', { message: der.setOf(attribute(oid.contentType, der.oid(oid.data))) }],
    [
      'with two message digests',
      {
        message: der.setOf(
          attribute(oid.messageDigest, der.octetString(digest)),
          attribute(oid.messageDigest, der.octetString(digest)),
        ),
      },
    ],
    [
      'with two values of the message digest',
      { message: der.setOf(attribute(oid.messageDigest, der.octetString(digest), der.octetString(digest))) },
    ],
    ['with bytes behind the SET', { message: Uint8Array.of(...honest.message, 0) }],
    [
      'with an attribute of three parts',
      { message: der.setOf(der.sequence(der.oid(oid.messageDigest), der.setOf(der.octetString(digest)), der.null())) },
    ],
  ])('%s', async (_, change) => {
    await expect(keeper.sign({ ...honest, ...change })).rejects.toMatchObject(refusal);
  });

  it.each(['no-dot', 'two.dots.here', 'empty.', '.empty', 'not base64.payload', 'header.pay load'])(
    'of structured data that reads "%s"',
    async (text) => {
      const intentOf = intentAbout({
        keyId: 'data-sm2',
        suite: 'SM2-SM3',
        kind: 'sd-jwt',
        contentDigest: digestOf('data-sm2', utf8(text.split('.').at(-1)!)),
      });
      const request = { purpose: 'data', keyId: 'data-sm2', message: utf8(text), proof: proofOf(intentOf) } as const;
      await expect(keeper.sign(request)).rejects.toMatchObject(refusal);
    },
  );
});
