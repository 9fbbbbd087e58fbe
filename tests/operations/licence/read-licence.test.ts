import { beforeAll, describe, expect, it } from '@jest/globals';
import { changeLicenceState, getRendition, issueLicence, readLicence } from '../../../src/operations/index.js';
import type { LicenceRecord } from '../../../src/ports/index.js';
import {
  ALL,
  BUSINESS,
  ITEMS,
  SCOPES,
  OWNER,
  caller,
  callerOf,
  codeOf,
  request,
  smallWorld,
} from '../../support/small-world.js';
import type { SmallWorld } from '../../support/small-world.js';

const PERSONAL = Object.keys(ITEMS);
const withoutScope = callerOf(
  OWNER.code,
  SCOPES.filter((scope) => scope !== 'licences:read-personal'),
);
const stranger = callerOf('11999900MB0000002H');

let world: SmallWorld;
let record: LicenceRecord;
beforeAll(async () => {
  world = await smallWorld();
  record = await issueLicence(world)(request({ renditions: ALL }));
}, 60_000);

const accesses = async () => (await world.documents.scan('accesses', { limit: 1000 })).map(({ doc }) => doc);

describe('readLicence', () => {
  it.each([
    ['without a purpose', caller, null],
    ['without the scope, whatever the purpose', withoutScope, '核查'],
  ])('leaves the personal items out %s', async (_, who, purpose) => {
    const before = await accesses();
    const view = await readLicence(world)({ caller: who, identifier: record.id, purpose });
    expect(view.items).toEqual({});
    expect([...view.personalItemsLeftOut].sort()).toEqual([...PERSONAL].sort());
    expect(view.state).toBe('valid');
    const shown = JSON.stringify([view.items, view.metadata]);
    for (const value of Object.values(ITEMS)) if (value !== '男') expect(shown).not.toContain(value);
    expect(await accesses()).toEqual(before);
  });

  it('shows them for scope and purpose, and writes down who, what for and when, and not what', async () => {
    const view = await readLicence(world)({ caller, identifier: record.id, purpose: '入学资格核查' });
    expect(view.items).toEqual(ITEMS);
    expect(view.personalItemsLeftOut).toEqual([]);
    expect(JSON.stringify(view.metadata)).toContain('苏和𬭎');
    const written = (await accesses()).at(-1)!;
    expect(written).toMatchObject({
      licence: record.id,
      clientId: 'counter',
      purpose: '入学资格核查',
      at: world.clock.now().toISOString(),
    });
    expect(JSON.stringify(written)).not.toContain('苏和𬭎');
  });

  it('shows nothing when the record of it cannot be written', async () => {
    world.documents.failNext('insert', 'accesses', 'failed');
    const read = readLicence(world)({ caller, identifier: record.id, purpose: '核查' });
    await expect(read).rejects.toThrow(codeOf('STORE_UNAVAILABLE'));
  });

  it('refuses a purpose that says nothing', () =>
    expect(readLicence(world)({ caller, identifier: record.id, purpose: ' ' })).rejects.toThrow(
      codeOf('PURPOSE_REQUIRED'),
    ));

  it('shows what is not personal to everyone of the department', async () => {
    const items = { ...businessItems };
    const other = await issueLicence(world)(request({ idempotencyKey: 'business', type: BUSINESS, items }));
    const view = await readLicence(world)({ caller: withoutScope, identifier: other.id, purpose: null });
    expect(view.items).toMatchObject({ name: '示例市青禾食品有限公司', creditCode: '91999900MA00000A9C' });
    expect(view.personalItemsLeftOut).toEqual(['legalRepresentative']);
    expect(JSON.stringify(view.metadata)).not.toContain('林知远');
  });

  it('says what state the licence is in now', async () => {
    const licence = await issueLicence(world)(request({ idempotencyKey: 'later' }));
    const stateNow = async () => (await readLicence(world)({ caller, identifier: licence.id, purpose: null })).state;
    await changeLicenceState(world)({
      caller,
      identifier: licence.id,
      operation: 'suspend',
      idempotencyKey: 'later',
      expectedVersion: 1,
      reason: '测试',
      legalBasis: '测试',
      effectiveAt: '2026-03-03T00:00:00.000Z',
    });
    expect(await stateNow()).toBe('valid');
    world.clock.set('2026-03-03T00:00:00.000Z');
    expect(await stateNow()).toBe('suspended');
  });

  it('refuses another department as if there were no such licence', async () => {
    const refused = codeOf('LICENCE_NOT_FOUND');
    await expect(readLicence(world)({ caller: stranger, identifier: record.id, purpose: null })).rejects.toThrow(
      refused,
    );
    await expect(readLicence(world)({ caller, identifier: 'none', purpose: null })).rejects.toThrow(refused);
  });
});

const businessItems = {
  creditCode: '91999900MA00000A9C',
  copyKind: '正本',
  name: '示例市青禾食品有限公司',
  kind: '有限责任公司（自然人独资）',
  legalRepresentative: '林知远',
  registeredCapital: '壹佰万元整',
  establishedOn: '2024-03-15',
  address: '示例省示例市青禾区样本路18号一层101室',
  scope: '一般项目：食用农产品零售。',
};

describe('getRendition', () => {
  const ask = (changes: object) =>
    getRendition(world)({ caller, identifier: record.id, kind: 'pdf', suite: 'SM2-SM3', purpose: '打印', ...changes });

  it('gives the file byte for byte, and writes the read down', async () => {
    const before = (await accesses()).length;
    const { rendition, bytes } = await ask({});
    expect(rendition).toEqual(record.renditions[0]);
    expect(bytes).toEqual(await world.files.get(record.renditions[0]!.file));
    const all = await accesses();
    expect(all).toHaveLength(before + 1);
    expect(all.filter(({ purpose }) => purpose === '打印')).toHaveLength(1);
  });

  it.each([
    ['a kind that was not made', { kind: 'ofd' }, 'RENDITION_NOT_FOUND'],
    ['a suite that was not made', { suite: 'RSA-PSS-SHA256' }, 'RENDITION_NOT_FOUND'],
    ['no purpose', { purpose: '' }, 'PURPOSE_REQUIRED'],
    ['another department', { caller: stranger }, 'LICENCE_NOT_FOUND'],
  ])('refuses %s and writes nothing down', async (_, changes, code) => {
    const before = await accesses();
    await expect(ask(changes)).rejects.toThrow(codeOf(code));
    expect(await accesses()).toEqual(before);
  });
});
