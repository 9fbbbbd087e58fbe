import { beforeAll, describe, expect, it } from '@jest/globals';
import { changeLicenceState, issueLicence, verifyDocument } from '../../../src/operations/index.js';
import type { VerifyDocument } from '../../../src/operations/index.js';
import type { LicenceRecord } from '../../../src/ports/index.js';
import { utf8 } from '../../../src/core/encoding/index.js';
import { ALL, SEAL_CODE, caller, codeOf, filesOf, request, smallWorld } from '../../support/small-world.js';
import type { SmallWorld } from '../../support/small-world.js';

let world: SmallWorld;
let record: LicenceRecord;
let files: Uint8Array[];
beforeAll(async () => {
  world = await smallWorld();
  record = await issueLicence(world)(request({ renditions: ALL }));
  files = await filesOf(world, record);
}, 60_000);

const verify = (bytes: Uint8Array, changes: Partial<VerifyDocument> = {}) =>
  verifyDocument(world)({ bytes, policy: 'strict', askRegistry: true, ...changes });
const flip = (bytes: Uint8Array, at: number) => {
  const changed = Uint8Array.from(bytes);
  changed[at]! ^= 1;
  return changed;
};

describe('verifyDocument', () => {
  it('accepts what was issued, in each rendition, with all four fragments passed', async () => {
    for (const bytes of files)
      expect(await verify(bytes)).toMatchObject({
        verdict: 'accepted',
        fragments: { integrity: 'passed', seal: 'passed', licence: 'passed', issuer: 'passed' },
        policy: { name: 'strict' },
        at: world.clock.now().toISOString(),
      });
  });

  it('leaves the store as it was', async () => {
    const before = await world.documents.digest();
    await verify(files[0]!);
    expect(await world.documents.digest()).toBe(before);
  });

  it('refuses one changed byte', async () => {
    for (const bytes of files) {
      const report = await verify(flip(bytes, Math.floor(bytes.length / 3)));
      expect(report.verdict).toBe('refused');
      expect(report.reasons.length).toBeGreaterThan(0);
    }
  });

  it('says offline that it did not ask for the state', async () => {
    expect(await verify(files[0]!, { askRegistry: false })).toMatchObject({
      verdict: 'accepted',
      fragments: { licence: 'not-applicable' },
      licence: { state: null },
    });
  });

  it('leaves open what a registry that is not at hand would have to say', async () => {
    const report = await verifyDocument({ ...world, registry: null })({
      bytes: files[0]!,
      policy: 'strict',
      askRegistry: true,
    });
    expect(report).toMatchObject({
      verdict: 'undetermined',
      fragments: { integrity: 'passed', licence: 'undetermined' },
    });
  });

  it('names a licence that the registry does not hold', async () => {
    const other = await smallWorld();
    const report = await verifyDocument({ ...world, registry: other.registry })({
      bytes: files[0]!,
      policy: 'strict',
      askRegistry: true,
    });
    expect(report.verdict).not.toBe('accepted');
    expect(report.fragments).toMatchObject({ integrity: 'passed' });
    await other.close();
  });

  it('leaves open without a list of revoked certificates, and without an anchor', async () => {
    const blind = { ...world, revocation: { crlsOf: () => Promise.resolve([]) } };
    expect(await verifyDocument(blind)({ bytes: files[0]!, policy: 'strict', askRegistry: true })).toMatchObject({
      verdict: 'undetermined',
      signatures: [{ indication: 'INDETERMINATE', subIndication: 'TRY_LATER', revocationChecked: false }, {}],
    });
    const trust = {
      anchors: () => Promise.resolve([]),
      intermediates: () => world.trust.intermediates(),
      journals: () => world.trust.journals(),
    };
    const report = await verifyDocument({ ...world, trust })({ bytes: files[0]!, policy: 'strict', askRegistry: true });
    expect(report.verdict).not.toBe('accepted');
    expect(report.signatures[0]).toMatchObject({ subIndication: 'NO_CERTIFICATE_CHAIN_FOUND' });
  });

  it('judges for another time when it is asked to', async () => {
    const at = new Date('2026-03-01T00:00:00.000Z');
    const report = await verify(files[0]!, { at });
    expect(report).toMatchObject({ at: at.toISOString() });
    expect(report.verdict).not.toBe('accepted');
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['text', utf8('not a licence')],
    ['the beginning of a PDF', utf8('%PDF-1.7\n')],
    ['random bytes', Uint8Array.from({ length: 4096 }, (_, i) => (i * 197) & 255)],
  ])('answers a report, not an error, to %s', async (_, bytes) => {
    const report = await verify(bytes);
    expect(report.verdict).not.toBe('accepted');
    expect(report.file.bytes).toBe(bytes.length);
  });

  it('refuses a policy that there is not', () =>
    expect(verify(files[0]!, { policy: 'lenient' })).rejects.toThrow(codeOf('POLICY_UNKNOWN')));

  it('names the suspended licence while the seal is intact, and accepts it again when it is given back', async () => {
    const change = (operation: 'suspend' | 'resume', expectedVersion: number) =>
      changeLicenceState(world)({
        caller,
        identifier: record.id,
        operation,
        idempotencyKey: operation,
        expectedVersion,
        reason: '测试',
        legalBasis: '测试',
      });
    await change('suspend', 1);
    for (const bytes of files)
      expect(await verify(bytes)).toMatchObject({
        verdict: 'refused',
        fragments: { integrity: 'passed', seal: 'passed', licence: 'failed', issuer: 'passed' },
        licence: { state: 'suspended' },
        signatures: expect.arrayContaining([expect.objectContaining({ indication: 'TOTAL_PASSED', intact: true })]),
      });
    world.clock.advance(1000);
    await change('resume', 2);
    expect(await verify(files[0]!)).toMatchObject({ verdict: 'accepted' });
  });

  it('leaves open whether a seal is older than the suspension of the seal itself', async () => {
    const at = world.clock.now().toISOString();
    const before = (await world.documents.get('seals', SEAL_CODE))!.doc.seal.states;
    await world.changeSeal((seal) => ({
      ...seal,
      states: [
        { ...before[0]!, until: at },
        { state: 'suspended', from: at, until: null, reason: '测试' },
      ],
    }));
    world.clock.advance(1000);
    expect(await verify(files[0]!)).toMatchObject({
      verdict: 'undetermined',
      fragments: { integrity: 'passed', seal: 'undetermined' },
      reasons: [{ code: 'SEAL_OUT_OF_USE_NO_PROOF' }],
    });
    await world.changeSeal((seal) => ({ ...seal, states: before }));
    expect(await verify(files[0]!)).toMatchObject({ verdict: 'accepted' });
  });
});
