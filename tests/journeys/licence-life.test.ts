import { beforeAll, describe, expect, it } from '@jest/globals';
import { validateBag } from '../../src/core/archive/index.js';
import {
  changeLicenceState,
  checkArchive,
  checkJournal,
  exportArchive,
  issueLicence,
  listArchiveItems,
  verifyDocument,
  verifyLicence,
  verifyLicenceCode,
  workPending,
} from '../../src/operations/index.js';
import type { ChangeLicenceState } from '../../src/operations/index.js';
import type { LicenceRecord } from '../../src/ports/index.js';
import { readTar } from '../support/read-tar.js';
import { ALL, caller, codeOnFace, expectSound, filesOf, request, smallWorld } from '../support/small-world.js';
import type { SmallWorld } from '../support/small-world.js';

const HOUR = 3_600_000;

describe('the life of a licence', () => {
  let world: SmallWorld;
  let record: LicenceRecord;
  beforeAll(async () => {
    world = await smallWorld();
    record = await issueLicence(world)(request({ renditions: ALL }));
  });

  /** What everyone is told now: by each file, by the number, by the code on the face. */
  async function expectTold(state: string, verdict: 'accepted' | 'refused'): Promise<void> {
    for (const bytes of await filesOf(world, record))
      expect(await verifyDocument(world)({ bytes, policy: 'strict', askRegistry: true })).toMatchObject({
        verdict,
        fragments: {
          integrity: 'passed',
          seal: 'passed',
          licence: verdict === 'accepted' ? 'passed' : 'failed',
          issuer: 'passed',
        },
        licence: { identifier: record.id, state },
      });
    expect(await verifyLicence(world)({ identifier: record.id })).toMatchObject({ known: true, state });
    for (const suite of ['SM2-SM3', 'ECDSA-P256-SHA256'] as const)
      expect(await verifyLicenceCode(world)({ code: codeOnFace(world, record.id, suite) })).toMatchObject({
        verdict,
        signature: 'passed',
        status: { state },
      });
  }

  async function change(operation: ChangeLicenceState['operation'], expectedVersion: number): Promise<void> {
    world.clock.advance(HOUR);
    const reasons = { idempotencyKey: `${operation} ${expectedVersion}`, reason: '测试', legalBasis: '测试依据' };
    await changeLicenceState(world)({ caller, identifier: record.id, operation, expectedVersion, ...reasons });
    await workPending(world)();
  }

  it('is issued and in force', async () => {
    await workPending(world)();
    await expectTold('valid', 'accepted');
  });

  it('is suspended: intact and not in force', async () => {
    await change('suspend', 1);
    await expectTold('suspended', 'refused');
  });

  it('is given back', async () => {
    await change('resume', 2);
    await expectTold('valid', 'accepted');
  });

  it('is revoked for good', async () => {
    await change('revoke', 3);
    await expectTold('revoked', 'refused');
    await expect(change('resume', 4)).rejects.toMatchObject({ code: 'LICENCE_STATE_FORBIDS' });
  });

  it('was in force at the times when it was, whoever asks later', async () => {
    const [bytes] = await filesOf(world, record);
    const issuedAt = Date.parse(record.events[0]!.effectiveAt);
    const verdicts = [];
    for (const hours of [0.5, 1.5, 2.5, 3.5]) {
      const at = new Date(issuedAt + hours * HOUR);
      verdicts.push(
        (await verifyDocument(world)({ bytes: bytes!, policy: 'strict', askRegistry: true, at })).licence!.state,
      );
    }
    expect(verdicts).toEqual(['valid', 'suspended', 'valid', 'revoked']);
  });

  it('has left four items in the archive and four leaves in the journal, all of them whole', async () => {
    expect(await checkArchive(world)()).toMatchObject({ objects: 4, originals: 12, problems: [] });
    const check = await checkJournal(world.documents, world.sequencer.verifier);
    expect(check).toMatchObject({ events: 4, waitingEvents: 0, problems: [] });
    await expectSound(world);
  });

  it('goes out as one bag that a stranger can check', async () => {
    const items = (await listArchiveItems(world)({ caller, licence: record.id })).map(({ id }) => id);
    const { name, bytes } = await exportArchive(world)({ caller, items, purpose: '移交档案馆' });
    const entries = readTar(bytes).map((file) => ({
      path: file.path.slice(name.length + 1),
      kind: 'file' as const,
      size: file.bytes.length,
      read: () => Promise.resolve(file.bytes),
    }));
    expect(await validateBag(entries)).toMatchObject({ complete: true, valid: true, findings: [] });
    expect(entries.filter(({ path }) => path.endsWith('data/procedure/event.json'))).toHaveLength(4);
  });
});
