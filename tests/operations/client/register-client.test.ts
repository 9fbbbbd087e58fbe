import { beforeEach, describe, expect, it } from '@jest/globals';
import { createMemoryDocuments } from '../../../src/adapters/storage/index.js';
import { registerClient, rotateClientKey } from '../../../src/operations/index.js';
import type { RegisterClient } from '../../../src/operations/index.js';
import type { Documents } from '../../../src/ports/index.js';

const key = (kid: string) => ({ kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43), kid });
const command: RegisterClient = {
  id: 'counter-1',
  name: '窗口系统',
  departmentCode: '11999900MB0000001K',
  scopes: ['licences:issue', 'licences:read'],
  key: key('k1'),
};
const code = (value: string) => expect.objectContaining({ code: value });

let documents: Documents;
let world: { documents: Documents; clock: { now(): Date } };
beforeEach(() => {
  documents = createMemoryDocuments();
  world = { documents, clock: { now: () => new Date('2026-03-02T00:00:00.000Z') } };
});

describe('registerClient', () => {
  it('keeps the client with its one public key', async () => {
    const record = await registerClient(world)(command);
    expect(record).toEqual({
      id: 'counter-1',
      name: '窗口系统',
      departmentCode: '11999900MB0000001K',
      scopes: ['licences:issue', 'licences:read'],
      keys: [key('k1')],
      state: 'active',
      createdAt: '2026-03-02T00:00:00.000Z',
    });
    expect((await documents.get('clients', 'counter-1'))!.doc).toEqual(record);
  });

  it('keeps of a key what it needs, whatever else a tool wrote there', async () => {
    const exported = { ...key('k1'), ext: true, key_ops: ['verify'] } as unknown as RegisterClient['key'];
    expect((await registerClient(world)({ ...command, key: exported })).keys).toEqual([key('k1')]);
  });

  it('refuses an id that is taken, at once too', async () => {
    const outcomes = await Promise.allSettled([registerClient(world)(command), registerClient(world)(command)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((outcomes[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'CLIENT_EXISTS' });
    await expect(registerClient(world)({ ...command, key: key('other') })).rejects.toThrow(code('CLIENT_EXISTS'));
    expect((await documents.get('clients', 'counter-1'))!.doc.keys).toEqual([key('k1')]);
  });

  it.each<[string, Partial<RegisterClient>]>([
    ['an id with a slash', { id: 'a/b' }],
    ['an id of one character', { id: 'a' }],
    ['a department that is no credit code', { departmentCode: '11999900MB00000010' }],
    ['a scope that there is not', { scopes: ['licences:issue', 'everything'] }],
    ['a key of another curve', { key: { ...key('k'), crv: 'P-384' } }],
    ['a key of another kind', { key: { ...key('k'), kty: 'RSA' } }],
    ['a key with a short coordinate', { key: { ...key('k'), y: 'y' } }],
    ['a key without a name', { key: { ...key('k'), kid: '' } }],
    ['a key whose name is no text', { key: { ...key('k'), kid: 7 as unknown as string } }],
    ['a private key', { key: { ...key('k'), d: 'd'.repeat(43) } }],
    ['no key at all', { key: null as unknown as RegisterClient['key'] }],
  ])('refuses %s', async (_, change) => {
    await expect(registerClient(world)({ ...command, ...change })).rejects.toThrow(code('CLIENT_INVALID'));
    expect(await documents.scan('clients', { limit: 1 })).toEqual([]);
  });
});

describe('rotateClientKey', () => {
  const rotate = (kid: string) => rotateClientKey(world)({ id: 'counter-1', key: key(kid) });
  const kids = async () => (await documents.get('clients', 'counter-1'))!.doc.keys.map(({ kid }) => kid);

  it('keeps the newest old key beside the new one, and no more', async () => {
    await registerClient(world)(command);
    await rotate('k2');
    expect(await kids()).toEqual(['k1', 'k2']);
    await rotate('k3');
    expect(await kids()).toEqual(['k2', 'k3']);
  });

  it('puts a key of the same name in the place of the old one', async () => {
    await registerClient(world)(command);
    await rotate('k1');
    expect(await kids()).toEqual(['k1']);
  });

  it('does not know who was not registered, and takes no private key', async () => {
    await expect(rotate('k2')).rejects.toThrow(code('CLIENT_UNKNOWN'));
    await registerClient(world)(command);
    const bad = { id: 'counter-1', key: { ...key('k2'), d: 'x' } };
    await expect(rotateClientKey(world)(bad)).rejects.toThrow(code('CLIENT_INVALID'));
  });
});
