import { beforeEach, beforeAll, describe, expect, it } from '@jest/globals';
import { changeLicenceState, issueLicence } from '../../../src/operations/index.js';
import type { ChangeLicenceState } from '../../../src/operations/index.js';
import type { LicenceRecord } from '../../../src/ports/index.js';
import { caller, callerOf, codeOf, request, smallWorld } from '../../support/small-world.js';
import type { SmallWorld } from '../../support/small-world.js';

let world: SmallWorld;
let record: LicenceRecord;
let count = 0;
beforeAll(async () => {
  world = await smallWorld();
}, 60_000);
beforeEach(async () => {
  record = await issueLicence(world)(request({ idempotencyKey: `licence ${count++}` }));
  world.clock.advance(60_000);
});

type Operation = ChangeLicenceState['operation'];
const command = (operation: Operation, changes: Partial<ChangeLicenceState> = {}): ChangeLicenceState => ({
  caller,
  identifier: record.id,
  operation,
  idempotencyKey: operation,
  expectedVersion: 1,
  reason: '测试',
  legalBasis: '测试依据',
  ...changes,
});
const change = (operation: Operation, changes: Partial<ChangeLicenceState> = {}) =>
  changeLicenceState(world)(command(operation, changes));
const stored = async () => (await world.documents.get('licences', record.id))!.doc;

describe('changeLicenceState', () => {
  it('writes state, event and the work that follows in one document', async () => {
    const { record: changed } = await change('suspend');
    const at = world.clock.now().toISOString();
    expect(await stored()).toEqual(changed);
    expect(changed.states).toMatchObject([
      { state: 'valid', until: at },
      { state: 'suspended', from: at, until: null },
    ]);
    const event = changed.events.at(-1)!;
    expect(event).toMatchObject({
      operation: 'suspend',
      actor: 'counter',
      reason: '测试',
      legalBasis: '测试依据',
      effectiveAt: at,
      recordedAt: at,
    });
    expect(changed.pending.filter(({ eventId }) => eventId === event.id).map(({ kind }) => kind)).toEqual([
      'journal-event',
      'archive',
    ]);
  });

  it.each<[readonly Operation[], Operation, boolean]>([
    [[], 'suspend', true],
    [[], 'resume', false],
    [[], 'revoke', true],
    [['suspend'], 'suspend', false],
    [['suspend'], 'resume', true],
    [['suspend'], 'revoke', true],
    [['suspend', 'resume'], 'suspend', true],
    [['revoke'], 'suspend', false],
    [['revoke'], 'resume', false],
    [['revoke'], 'revoke', false],
  ])('after %j: %s is allowed = %s', async (before, operation, allowed) => {
    for (const [i, one] of before.entries())
      await change(one, { expectedVersion: i + 1, idempotencyKey: `before ${i}` });
    const act = change(operation, { expectedVersion: before.length + 1, idempotencyKey: 'now' });
    if (allowed) expect((await act).record.events).toHaveLength(before.length + 2);
    else
      await expect(act).rejects.toMatchObject({
        code: 'LICENCE_STATE_FORBIDS',
        more: { details: { refusal: 'LICENCE_STATE_FORBIDS' } },
      });
  });

  it.each<[string, Partial<ChangeLicenceState>, string]>([
    ['without a reason', { reason: ' ' }, 'LICENCE_EVENT_INCOMPLETE'],
    ['without a legal basis', { legalBasis: '' }, 'LICENCE_EVENT_INCOMPLETE'],
    ['at a time that is none', { effectiveAt: 'tomorrow' }, 'LICENCE_TIME_FORBIDS'],
    ['before the licence was issued', { effectiveAt: '2026-03-01T00:00:00.000Z' }, 'LICENCE_TIME_FORBIDS'],
  ])('refuses a change %s', async (_, changes, refusal) => {
    const before = await world.documents.digest();
    await expect(change('suspend', changes)).rejects.toMatchObject({
      code: 'LICENCE_STATE_FORBIDS',
      more: { details: { refusal } },
    });
    expect(await world.documents.digest()).toBe(before);
  });

  it('refuses a licence of another department, one that is not issued, and one that is not there, alike', async () => {
    await expect(change('suspend', { caller: callerOf('11999900MB0000002H') })).rejects.toThrow(
      codeOf('LICENCE_NOT_FOUND'),
    );
    await expect(change('suspend', { identifier: 'none' })).rejects.toThrow(codeOf('LICENCE_NOT_FOUND'));
    world.files.failNext('failed');
    await expect(issueLicence(world)(request({ idempotencyKey: `never ${count}` }))).rejects.toThrow();
    const [reserved] = await world.documents.find('licences', { index: 'isReserved', equals: 1, limit: 1 });
    await expect(change('suspend', { identifier: reserved!.doc.id })).rejects.toThrow(codeOf('LICENCE_NOT_FOUND'));
  });
});

describe('changeLicenceState guards against what came between', () => {
  it('by the number of events the caller has seen', async () => {
    for (const expectedVersion of [0, 2])
      await expect(change('suspend', { expectedVersion })).rejects.toThrow(codeOf('LICENCE_CHANGED_MEANWHILE'));
    await change('suspend');
    await expect(change('revoke')).rejects.toThrow(codeOf('LICENCE_CHANGED_MEANWHILE'));
  });

  it('and lets one of two changes through that come at once', async () => {
    const outcomes = await Promise.allSettled([change('suspend'), change('revoke')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'LICENCE_CHANGED_MEANWHILE' },
    });
    expect((await stored()).events).toHaveLength(2);
  });

  /** Background work that writes the document just before our own write does, `times` times. */
  function disturb(times: number): void {
    world.documents.beforeWrite = async (write, collection) => {
      if (write !== 'replace' || collection !== 'licences' || times-- <= 0) return;
      const { beforeWrite } = world.documents;
      world.documents.beforeWrite = () => undefined;
      const { doc, version } = (await world.documents.get('licences', record.id))!;
      await world.documents.replace('licences', doc, version);
      world.documents.beforeWrite = beforeWrite;
    };
  }

  it('but not against background work: the change is made again on what it left', async () => {
    disturb(7);
    expect((await change('suspend')).record.events).toHaveLength(2);
    disturb(0);
  });

  it('unless background work never ends', async () => {
    disturb(8);
    await expect(change('suspend')).rejects.toThrow(codeOf('STORE_CONFLICT'));
    disturb(0);
    expect((await stored()).events).toHaveLength(1);
  });
});

describe('changeLicenceState when the same key comes again', () => {
  it('changes nothing and answers the licence as it is', async () => {
    const first = await change('suspend');
    world.clock.advance(1000);
    expect(await change('suspend')).toEqual(first);
    await change('resume', { expectedVersion: 2 });
    // The old command is carried out already, whatever came after it.
    expect((await change('suspend')).record.events).toHaveLength(3);
  });

  it('does so too when the first answer was lost', async () => {
    world.documents.failNext('replace', 'licences', 'failed but written');
    await expect(change('suspend')).rejects.toThrow(codeOf('STORE_UNAVAILABLE'));
    expect((await change('suspend')).record.events).toHaveLength(2);
    world.documents.failNext('replace', 'licences', 'failed');
    await expect(change('resume', { expectedVersion: 2 })).rejects.toThrow(codeOf('STORE_UNAVAILABLE'));
    expect((await change('resume', { expectedVersion: 2 })).record.events).toHaveLength(3);
  });

  it.each<[string, Partial<ChangeLicenceState>]>([
    ['another operation', { operation: 'revoke' }],
    ['another reason', { reason: '另一事由' }],
    ['another legal basis', { legalBasis: '另一依据' }],
    ['another time', { effectiveAt: '2026-03-20T00:00:00.000Z' }],
  ])('refuses it with %s', async (_, changes) => {
    await change('suspend');
    await expect(change('suspend', changes)).rejects.toThrow(codeOf('IDEMPOTENCY_KEY_REUSED'));
  });

  it('takes the key of another client, or for another licence, for another key', async () => {
    await change('suspend');
    const other = { ...caller, clientId: 'other' };
    await expect(change('suspend', { caller: other })).rejects.toThrow(codeOf('LICENCE_CHANGED_MEANWHILE'));
    const second = await issueLicence(world)(request({ idempotencyKey: `second ${count}` }));
    expect((await change('suspend', { identifier: second.id })).record.id).toBe(second.id);
  });
});
