import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Json } from '../../../src/core/errors/index.js';
import type { Seal } from '../../../src/core/seal/index.js';
import { issueLicence, verifyDocument, verifyLicence } from '../../../src/operations/index.js';
import type { IssueLicence, Sequencer } from '../../../src/operations/index.js';
import type { LicenceRecord } from '../../../src/ports/index.js';
import {
  ALL,
  BUSINESS,
  ITEMS,
  SEAL_CODE,
  callerOf,
  codeOf,
  expectSound,
  filesOf,
  request,
  smallWorld,
} from '../../support/small-world.js';
import type { SmallWorld } from '../../support/small-world.js';

let world: SmallWorld;
let issue: (command: IssueLicence) => Promise<LicenceRecord>;
beforeAll(async () => {
  world = await smallWorld();
  issue = issueLicence(world);
}, 60_000);

const reportsOf = async (record: LicenceRecord) =>
  Promise.all(
    (await filesOf(world, record)).map((bytes) =>
      verifyDocument(world)({ bytes, policy: 'strict', askRegistry: true }),
    ),
  );
const countOf = async (collection: 'licences' | 'intents') =>
  (await world.documents.scan(collection, { limit: 1000 })).length;

/** Refused with this code, and no number, identifier or key was spent on it. */
async function expectRefused(command: IssueLicence, code: string): Promise<void> {
  const before = await world.documents.digest();
  await expect(issue(command)).rejects.toThrow(codeOf(code));
  expect(await world.documents.digest()).toBe(before);
}

describe('issueLicence', () => {
  it('gives a licence in every rendition asked for, each of which is accepted and bound to one commitment', async () => {
    const record = await issue(request({ idempotencyKey: 'happy', renditions: ALL }));
    expect(record).toMatchObject({
      phase: 'issued',
      isReserved: 0,
      hasPending: 1,
      requiredSuites: ['ECDSA-P256-SHA256', 'SM2-SM3'],
      sealCode: SEAL_CODE,
      states: [{ state: 'valid', from: world.clock.now().toISOString(), until: null }],
      events: [{ operation: 'issue', actor: 'counter', licence: record.id }],
      renditions: [
        { kind: 'pdf', suite: 'SM2-SM3', mediaType: 'application/pdf' },
        { kind: 'pdf', suite: 'ECDSA-P256-SHA256', mediaType: 'application/pdf' },
        { kind: 'sd-jwt', suite: 'SM2-SM3', mediaType: 'application/dc+sd-jwt' },
      ],
    });
    expect(record.pending.map(({ kind }) => kind)).toEqual(['journal-event', 'archive']);
    expect((await world.documents.get('licences', record.id))!.doc).toEqual(record);
    for (const report of await reportsOf(record)) {
      expect(report).toMatchObject({ verdict: 'accepted', licence: { identifier: record.id, state: 'valid' } });
      expect(report.signatures[0]).toMatchObject({
        indication: 'TOTAL_PASSED',
        revocationChecked: true,
        binding: { licence: record.id, commitment: record.commitment },
      });
    }
    await expectSound(world);
  });

  it('takes the first suite of the type where the request names none, and the day of Shanghai', async () => {
    const own = await smallWorld();
    own.clock.set('2026-03-02T16:00:00.000Z');
    const record = await issueLicence(own)(request({ renditions: undefined }));
    expect(record.renditions.map(({ suite }) => suite)).toEqual(['SM2-SM3']);
    expect(record.licence).toMatchObject({ issuedOn: '2026-03-03', validFrom: '2026-03-03', validUntil: '2026-09-02' });
    await own.close();
  });

  it('makes a rendition once that is asked for twice', async () => {
    const record = await issue(request({ idempotencyKey: 'twice', renditions: [ALL[1]!, ALL[1]!] }));
    expect(record.renditions).toHaveLength(1);
  });
});

describe('issueLicence when the same key comes again', () => {
  it('gives the same licence for the same request and signs nothing', async () => {
    const command = request({ idempotencyKey: 'again' });
    const first = await issue(command);
    const signed = world.keeper.signatures.length;
    expect(await issue(command)).toEqual(first);
    expect(await issueLicence(world)(command)).toEqual(first);
    expect(world.keeper.signatures).toHaveLength(signed);
  });

  it.each<[string, Partial<IssueLicence>]>([
    ['other items', { items: { ...ITEMS, purpose: '另一用途' } }],
    ['another type', { type: BUSINESS }],
    ['a number', { number: '999900202612345678' }],
    ['other renditions', { renditions: ALL }],
    ['no mark as sample', { sample: false }],
    ['another department', { caller: callerOf('11999900MB0000002H') }],
  ])('refuses it with %s', async (_, change) => {
    await issue(request({ idempotencyKey: 'reused' }));
    await expectRefused(request({ idempotencyKey: 'reused', ...change }), 'IDEMPOTENCY_KEY_REUSED');
  });

  it('makes one licence of requests that come at once', async () => {
    const [licences, signed] = [await countOf('licences'), world.keeper.signatures.length];
    const records = await Promise.all(Array.from({ length: 5 }, () => issue(request({ idempotencyKey: 'at once' }))));
    expect(new Set(records.map(({ id }) => id)).size).toBe(1);
    expect(await countOf('licences')).toBe(licences + 1);
    // Code, data and seal.
    expect(world.keeper.signatures).toHaveLength(signed + 3);
  });

  it('refuses the other one of two different requests that come at once', async () => {
    const outcomes = await Promise.allSettled([
      issue(request({ idempotencyKey: 'race' })),
      issue(request({ idempotencyKey: 'race', sample: false })),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((outcomes[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('goes on with the licence when the one it waits for fails', async () => {
    world.files.failNext('failed');
    const command = request({ idempotencyKey: 'waiting' });
    const [first, second] = await Promise.allSettled([issue(command), issue(command)]);
    expect(first.status).toBe('rejected');
    expect(second).toMatchObject({ status: 'fulfilled', value: { phase: 'issued' } });
  });
});

describe('issueLicence refuses', () => {
  it('an unknown type', () => expectRefused(request({ idempotencyKey: 'r1', type: 'x' }), 'LICENCE_TYPE_UNKNOWN'));

  it('wrong items, naming every one of them by a pointer, without quoting them', async () => {
    const items = {
      ...ITEMS,
      name: 'Bob',
      sex: undefined,
      citizenNumber: '999999199001010017',
      extra: 1,
    } as unknown as Record<string, Json>;
    delete items['sex'];
    const before = await world.documents.digest();
    const error: unknown = await issue(request({ idempotencyKey: 'r2', items, number: '1' })).catch(
      (one: unknown) => one,
    );
    const { errors } = (error as { more: { details: { errors: { field: string; en: string; zh: string }[] } } }).more
      .details;
    expect(errors.map(({ field }) => field).sort()).toEqual([
      '/items/citizenNumber',
      '/items/extra',
      '/items/name',
      '/items/sex',
      '/number',
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/Bob|199001010017/);
    expect(await world.documents.digest()).toBe(before);
  });

  it('a number that is taken, and never gives it twice', async () => {
    const number = '999900202600000007';
    const record = await issue(request({ idempotencyKey: 'n1', number }));
    expect(record.licence.number).toBe(number);
    await expectRefused(request({ idempotencyKey: 'n2', number }), 'LICENCE_NUMBER_TAKEN');
  });

  it.each<[string, NonNullable<IssueLicence['renditions']>[number]]>([
    ['a seal in a suite that the type does not have', { kind: 'pdf', suite: 'ECDSA-P384-SHA384' }],
    ['data in a suite that no data key signs', { kind: 'sd-jwt', suite: 'RSA-PKCS1-SHA256' }],
    ['a suite that there is not', { kind: 'sd-jwt', suite: 'XYZ' as 'SM2-SM3' }],
  ])('%s', (_, rendition) =>
    expectRefused(request({ idempotencyKey: 'r3', renditions: [rendition] }), 'SUITE_NOT_OFFERED'),
  );

  it('a department without a seal', () =>
    expectRefused(request({ idempotencyKey: 'r4', caller: callerOf('11999900MB0000002H') }), 'SEAL_NOT_FOUND'));

  it('a suite for which the seal has no key', () =>
    expectRefused(
      request({ idempotencyKey: 'r5', renditions: [{ kind: 'pdf', suite: 'RSA-PSS-SHA256' }] }),
      'SEAL_KEY_MISSING',
    ));

  it.each([
    ['suspended', 'SEAL_SUSPENDED'],
    ['cancelled', 'SEAL_CANCELLED'],
  ] as const)('a seal that is %s, until it is in use again', async (state, code) => {
    const from = world.clock.now().toISOString();
    const before = (await world.documents.get('seals', SEAL_CODE))!.doc.seal.states;
    const withStates = (states: Seal['states']) => world.changeSeal((seal) => ({ ...seal, states }));
    await withStates([
      { ...before[0]!, until: from },
      { state, from, until: null, reason: '测试' },
    ]);
    await expectRefused(request({ idempotencyKey: `seal ${state}` }), code);
    await withStates(before);
    expect((await issue(request({ idempotencyKey: `seal ${state}` }))).phase).toBe('issued');
  });

  it('a character that no font has, with its code point and field, and the number stays free', async () => {
    const number = '999900202600000008';
    // U+323AF, the last of CJK extension H.
    const items = { ...ITEMS, name: '样本\u{323af}' };
    const before = await world.documents.digest();
    await expect(issue(request({ idempotencyKey: 'g1', number, items }))).rejects.toMatchObject({
      code: 'GLYPH_MISSING',
      more: { details: { codePoint: 'U+323AF' } },
    });
    expect(await world.documents.digest()).toBe(before);
    expect((await issue(request({ idempotencyKey: 'g1', number }))).licence.number).toBe(number);
  });

  it('a photograph that cannot be drawn', async () => {
    const photo = 'iVBORw0KGgoAAAANSUhEUgAAALQAAADwCAIAAAAmZtkf';
    await expectRefused(request({ idempotencyKey: 'g2', items: { ...ITEMS, photo } }), 'PICTURE_UNSUPPORTED');
  });
});

describe('issueLicence draws a number', () => {
  /** The same number for the first `times`, then others. */
  const worldWithRepeatedNumbers = (times: number): SmallWorld => ({
    ...world,
    random: {
      bytes: (count) => (count === 16 && times-- > 0 ? new Uint8Array(16).fill(9) : world.random.bytes(count)),
    },
  });

  it('again when it is taken by chance', async () => {
    const first = await issueLicence(worldWithRepeatedNumbers(1))(request({ idempotencyKey: 'c1' }));
    const second = await issueLicence(worldWithRepeatedNumbers(1))(request({ idempotencyKey: 'c2' }));
    expect(second.licence.number).not.toBe(first.licence.number);
  });

  it('and gives up when chance is no chance', async () => {
    let calls = 0;
    // Each attempt draws a number and then a salt for each item.
    const draws = 1 + Object.keys(ITEMS).length;
    const bytes = (count: number) =>
      calls++ % draws === 0 ? new Uint8Array(count).fill(9) : world.random.bytes(count);
    const broken = { ...world, random: { bytes } };
    await expect(issueLicence(broken)(request({ idempotencyKey: 'c3' }))).rejects.toThrow(
      codeOf('LICENCE_NUMBER_TAKEN'),
    );
  });
});

describe('issueLicence releases nothing', () => {
  it('that its own verification does not accept; with the missing list there the request goes on', async () => {
    const blind = { ...world, revocation: { crlsOf: () => Promise.resolve([]) } };
    const command = request({ idempotencyKey: 'own' });
    await expect(issueLicence(blind)(command)).rejects.toMatchObject({
      code: 'OUTPUT_NOT_ACCEPTED',
      more: { details: { kind: 'pdf', suite: 'ECDSA-P256-SHA256' } },
    });
    const [reserved] = await world.documents.find('licences', { index: 'isReserved', equals: 1, limit: 2 });
    expect(reserved!.doc).toMatchObject({ phase: 'reserved', renditions: [], events: [] });
    expect(await verifyLicence(world)({ identifier: reserved!.doc.id })).toMatchObject({ known: false, state: null });
    expect((await issue(command)).id).toBe(reserved!.doc.id);
    await expectSound(world);
  });
});

describe('issueLicence with a journal that many witnesses sign', () => {
  /** Signature lines of keys that nobody here knows are passed over, and they take room. */
  const witnessed = (lines: number): Sequencer => ({
    ...world.sequencer,
    append: async (entries) => {
      const leaves = await world.sequencer.append(entries);
      const line = `— witness.example ${Buffer.alloc(100, 1).toString('base64')}\n`;
      return leaves.map((leaf) => ({ ...leaf, proof: leaf.proof + line.repeat(lines) }));
    },
  });

  it('makes more room for the seal when the first estimate was too small', async () => {
    const before = world.keeper.signatures.length;
    const record = await issueLicence({ ...world, sequencer: witnessed(50) })(request({ idempotencyKey: 'wide' }));
    const seals = world.keeper.signatures.slice(before).filter(({ intent }) => intent.binding.kind === 'pdf');
    expect(seals).toHaveLength(2);
    expect(record.renditions[0]!.intentId).toBe(seals[1]!.intent.id);
    expect((await reportsOf(record))[0]).toMatchObject({ verdict: 'accepted' });
    await expectSound(world);
  });
});
