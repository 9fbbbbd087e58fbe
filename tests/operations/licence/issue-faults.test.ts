import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  checkJournal,
  closeOpenIntents,
  issueLicence,
  verifyDocument,
  verifyLicence,
} from '../../../src/operations/index.js';
import type { LicenceRecord } from '../../../src/ports/index.js';
import type { Fault } from '../../support/faulty-documents.js';
import { expectSound, filesOf, request, smallWorld } from '../../support/small-world.js';
import type { SmallWorld } from '../../support/small-world.js';

/** Every step of issuing that leaves something behind, and how to make it fail once. */
const STEPS: readonly (readonly [string, (world: SmallWorld, fault: Fault) => void])[] = [
  ['reserve', ({ documents }, fault) => documents.failNext('insert', 'licences', fault)],
  ['insert the intent', ({ documents }, fault) => documents.failNext('insert', 'intents', fault)],
  ['sequence', ({ documents }, fault) => documents.failNext('replace', 'journal', fault)],
  ['sign', ({ keeper }, fault) => keeper.failNext(fault)],
  ['keep the signature', ({ documents }, fault) => documents.failNext('replace', 'intents', fault)],
  ['put the file', ({ files }, fault) => files.failNext(fault)],
  ['publish', ({ documents }, fault) => documents.failNext('replace', 'licences', fault)],
];
const FAULTS: readonly Fault[] = ['failed', 'failed but written'];
const ROWS = STEPS.flatMap(([step, plan]) => FAULTS.map((fault) => ({ step, fault, plan })));

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld();
}, 60_000);

const byKey = async (key: string): Promise<LicenceRecord | undefined> =>
  (await world.documents.find('licences', { index: 'requestKey', equals: `counter/${key}`, limit: 1 }))[0]?.doc;

/** What is out is accepted; what is not out is unknown to everyone. */
async function expectReleasedRightly(record: LicenceRecord | undefined): Promise<void> {
  if (!record) return;
  if (record.phase !== 'issued') {
    expect(record.renditions).toEqual([]);
    expect(await verifyLicence(world)({ identifier: record.id })).toMatchObject({ known: false });
    return;
  }
  for (const bytes of await filesOf(world, record))
    expect(await verifyDocument(world)({ bytes, policy: 'strict', askRegistry: true })).toMatchObject({
      verdict: 'accepted',
    });
}

describe.each(ROWS)('issueLicence when it cannot $step ($fault)', ({ step, fault, plan }) => {
  const isFatal = step === 'sequence';

  it('leaves nothing wrong behind, and after a restart the same request succeeds', async () => {
    const key = `${step} ${fault} restart`;
    plan(world, fault);
    await expect(issueLicence(world)(request({ idempotencyKey: key }))).rejects.toMatchObject({
      code: isFatal ? 'JOURNAL_STATE_UNKNOWN' : expect.stringMatching(/UNAVAILABLE/),
    });
    const reserved = await byKey(key);
    await expectReleasedRightly(reserved);
    expect(reserved?.phase).toBe(
      step === 'reserve' && fault === 'failed'
        ? undefined
        : step === 'publish' && fault !== 'failed'
          ? 'issued'
          : 'reserved',
    );

    await world.restart();
    expect(await world.documents.find('intents', { index: 'isOpen', equals: 1, limit: 10 })).toEqual([]);
    const record = await issueLicence(world)(request({ idempotencyKey: key }));
    expect(record.phase).toBe('issued');
    if (reserved) expect(record.id).toBe(reserved.id);
    await expectReleasedRightly(record);
    await expectSound(world);
  });

  it('succeeds in the same process when the request comes again', async () => {
    const key = `${step} ${fault} again`;
    const issue = issueLicence(world);
    plan(world, fault);
    await expect(issue(request({ idempotencyKey: key }))).rejects.toThrow();
    const again = issue(request({ idempotencyKey: key }));
    // Whether the head was written is not known: only a new process may go on.
    if (isFatal) {
      await expect(again).rejects.toMatchObject({ code: 'JOURNAL_STATE_UNKNOWN' });
      await world.restart();
    } else expect(await again).toMatchObject({ phase: 'issued' });
    await expectSound(world);
  });
});

describe('what signWithIntent leaves of a failed signature', () => {
  const outcomes = async () => (await checkJournal(world.documents, world.sequencer.verifier)).intents;

  it('is an open intent, which the next process closes as unknown and counts', async () => {
    await closeOpenIntents(world)();
    const before = await outcomes();
    world.keeper.failNext('failed but written');
    await expect(issueLicence(world)(request({ idempotencyKey: 'unknown' }))).rejects.toThrow();
    expect((await outcomes()).open).toBe(1);
    expect(await closeOpenIntents(world)()).toBe(1);
    expect(await outcomes()).toMatchObject({ open: 0, unknown: before.unknown + 1 });
    expect(world.logged.at(-1)).toMatchObject({ event: 'intents.closed-as-unknown', count: 1 });
    expect(await closeOpenIntents(world)()).toBe(0);
  });

  it('closes more intents than one page holds', async () => {
    const [found] = await world.documents.scan('intents', { limit: 1 });
    for (let i = 0; i < 101; i++)
      await world.documents.insert('intents', { ...found!.doc, id: `open-${i}`, outcome: 'open', isOpen: 1 });
    expect(await closeOpenIntents(world)()).toBe(101);
  });
});
