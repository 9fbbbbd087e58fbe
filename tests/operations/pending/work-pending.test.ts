import { beforeEach, describe, expect, it } from '@jest/globals';
import { TrustError } from '../../../src/core/errors/index.js';
import { changeLicenceState, checkJournal, issueLicence, workPending } from '../../../src/operations/index.js';
import type { Archives, LicenceRecord } from '../../../src/ports/index.js';
import { caller, expectSound, request, smallWorld } from '../../support/small-world.js';
import type { SmallWorld } from '../../support/small-world.js';

let world: SmallWorld;
let record: LicenceRecord;
beforeEach(async () => {
  world = await smallWorld();
  record = await issueLicence(world)(request());
}, 60_000);

const work = () => workPending(world)();
const stored = async (id = record.id) => (await world.documents.get('licences', id))!.doc;
const leaves = async () => (await checkJournal(world.documents, world.sequencer.verifier)).leaves;
const objects = async () => {
  const paths: string[] = [];
  for await (const path of world.archives.list()) paths.push(path);
  return paths;
};
const failingArchives = (inner: Archives, write: Archives['write']): Archives => ({ ...inner, write });
const lost = () => Promise.reject(new TrustError('STORE_UNAVAILABLE', { en: 'no disk', zh: '无磁盘' }));

async function expectDoneOnce(): Promise<void> {
  expect(await stored()).toMatchObject({ pending: [], hasPending: 0 });
  const [event] = (await stored()).events;
  expect(await world.sequencer.proofOf(`event:${event!.id}`)).toBeDefined();
  expect(await world.documents.get('archives', event!.id)).toBeDefined();
  expect(await objects()).toHaveLength(1);
  await expectSound(world);
}

describe('workPending', () => {
  it('makes one leaf and one archive item of an event, and finds nothing to do afterwards', async () => {
    const before = await leaves();
    expect(await work()).toEqual({ done: 2, failed: 0 });
    await expectDoneOnce();
    expect(await leaves()).toBe(before + 1);
    const digest = await world.documents.digest();
    expect(await work()).toEqual({ done: 0, failed: 0 });
    expect(await world.documents.digest()).toBe(digest);
  });

  it('works on events that come while it works', async () => {
    const change = changeLicenceState(world);
    const suspended = change({
      caller,
      identifier: record.id,
      operation: 'suspend',
      idempotencyKey: 's',
      expectedVersion: 1,
      reason: '测试',
      legalBasis: '测试',
    });
    await Promise.all([work(), suspended]);
    await work();
    expect(await stored()).toMatchObject({ pending: [], hasPending: 0, events: [{}, { operation: 'suspend' }] });
    expect(await objects()).toHaveLength(2);
    await expectSound(world);
  });

  it('does nothing twice when two passes run at once', async () => {
    const outcomes = await Promise.all([work(), work()]);
    expect(outcomes.map(({ failed }) => failed)).toEqual([0, 0]);
    await expectDoneOnce();
  });

  it('goes through more licences than one page holds', async () => {
    for (let i = 0; i < 120; i++) {
      const event = { ...record.events[0]!, id: `event-${i}`, licence: `copy-${i}` };
      await world.documents.insert('licences', {
        ...record,
        id: `copy-${String(i).padStart(3, '0')}`,
        typeAndNumber: `copy/${i}`,
        requestKey: `copy/${i}`,
        events: [event],
        pending: [{ id: `${event.id}/journal`, kind: 'journal-event', eventId: event.id }],
      });
    }
    expect(await work()).toEqual({ done: 122, failed: 0 });
    await expectSound(world);
  });
});

describe('workPending after a crash', () => {
  it.each(['failed', 'failed but written'] as const)('between doing and crossing off (%s)', async (fault) => {
    world.documents.failNext('replace', 'licences', fault);
    const outcome = await work();
    expect(outcome).toEqual({ done: 0, failed: 2 });
    const left = fault === 'failed' ? 2 : 0;
    expect((await stored()).pending).toHaveLength(left);
    await world.restart();
    expect(await work()).toEqual({ done: left, failed: 0 });
    await expectDoneOnce();
  });

  it.each(['failed', 'failed but written'] as const)('between object and catalogue (%s)', async (fault) => {
    world.documents.failNext('insert', 'archives', fault);
    expect(await work()).toEqual({ done: 1, failed: 1 });
    await world.restart();
    // The report inside says another time now; the object on disk is the one that counts.
    world.clock.advance(60_000);
    expect(await work()).toEqual({ done: 1, failed: 0 });
    await expectDoneOnce();
  });
});

describe('workPending when work fails', () => {
  it('keeps what failed, does the rest, and says so without personal data', async () => {
    const { archives } = world;
    world.archives = failingArchives(archives, lost);
    expect(await work()).toEqual({ done: 1, failed: 1 });
    expect((await stored()).pending.map(({ kind }) => kind)).toEqual(['archive']);
    expect(world.logged.at(-1)).toMatchObject({
      event: 'pending.failed',
      licence: record.id,
      kind: 'archive',
      code: 'STORE_UNAVAILABLE',
    });
    expect(JSON.stringify(world.logged)).not.toMatch(/苏和|999999199001010016/);
    world.archives = archives;
    expect(await work()).toEqual({ done: 1, failed: 0 });
    await expectDoneOnce();
  });

  it('does not let one licence stop another', async () => {
    const second = await issueLicence(world)(request({ idempotencyKey: 'second' }));
    world.documents.failNext('replace', 'licences', 'failed');
    expect(await work()).toEqual({ done: 2, failed: 2 });
    expect(await work()).toEqual({ done: 2, failed: 0 });
    for (const id of [record.id, second.id]) expect((await stored(id)).pending).toEqual([]);
  });
});
