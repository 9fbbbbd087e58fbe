import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openServer } from '../../../src/surfaces/http/index.js';
import type { HttpServer } from '../../../src/surfaces/http/index.js';
import { apiClient, send } from '../../support/api-client.js';
import type { ApiClient, HttpAnswer } from '../../support/api-client.js';
import { complaints } from '../../support/contract.js';
import { ALL_SCOPES, OWN_DEPARTMENT, openTestWorld } from '../../support/http-world.js';
import type { TestWorld } from '../../support/http-world.js';

const sample = JSON.parse(readFileSync('templates/residence-certificate/sample.json', 'utf8')) as {
  items: Record<string, string>;
};
const purpose = { Purpose: encodeURIComponent('核对样本') };

let t: TestWorld;
let server: HttpServer;
let baseUrl: string;
let api: ApiClient;
let identifier: string;

interface Summary {
  readonly identifier: string;
  readonly state: string;
  readonly renditions: readonly { readonly href: string; readonly sha256: string }[];
}

beforeAll(async () => {
  t = await openTestWorld();
  server = openServer(t.world);
  baseUrl = `http://127.0.0.1:${(await server.listen()).port}`;
  const { privateJwk } = await t.addClient('desk', OWN_DEPARTMENT, ALL_SCOPES);
  api = apiClient({ baseUrl, clientId: 'desk', privateJwk });
  identifier = (await issue('answers-0001')).json<Summary>().identifier;
  await t.workPending();
}, 120_000);

afterAll(async () => {
  await server.close();
  await t.close();
});

const issue = (key: string, changes: object = {}) =>
  api.send({
    method: 'POST',
    path: '/api/v1/licences',
    json: {
      ...sample,
      renditions: [
        { kind: 'pdf', suite: 'SM2-SM3' },
        { kind: 'sd-jwt', suite: 'ECDSA-P256-SHA256' },
      ],
      ...changes,
    },
    headers: { 'Idempotency-Key': key, 'Accept-Language': 'en' },
  });
const open = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  send(baseUrl, { method, path, headers });
const own = (path: string, headers: Record<string, string> = {}) => api.send({ method: 'GET', path, headers });
const change = (
  act: string,
  headers: Record<string, string>,
  json: object = { reason: '样本', legalBasis: '样本条例' },
) => api.send({ method: 'POST', path: `/api/v1/licences/${identifier}/${act}`, json, headers });
const codeOf = (answer: HttpAnswer) => [answer.status, answer.json<{ code: string }>().code];

describe('a licence', () => {
  it('is issued with its address and version, and given again for the same key', async () => {
    const first = await issue('answers-0001');
    const again = await issue('answers-0001');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.json()).toEqual(first.json());
    expect(first.headers).toMatchObject({
      location: `/api/v1/licences/${identifier}`,
      etag: '"1"',
      'cache-control': 'no-store',
    });
    expect(complaints('LicenceSummary', first.json())).toEqual([]);
  });

  it('is refused for a key that stands for another request', async () => {
    expect(codeOf(await issue('answers-0001', { sample: false }))).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('names every wrong face item at once, in the language that was asked for', async () => {
    const items = { ...sample.items, citizenNumber: '999999199001010010', residentSince: '2023-13-01' };
    const answer = await issue('answers-0002', { items });
    expect(codeOf(answer)).toEqual([422, 'LICENCE_ITEMS_INVALID']);
    const { errors } = answer.json<{ errors: { field: string; detail: string }[] }>();
    expect(errors.map(({ field }) => field)).toEqual(['/items/citizenNumber', '/items/residentSince']);
    expect(errors[0]!.detail).toMatch(/^[ -~]+$/);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  it('is read without its personal items, and with them for a purpose, which is on record', async () => {
    const without = (await own(`/api/v1/licences/${identifier}`)).json<{
      items: object;
      personalItemsLeftOut: string[];
    }>();
    expect(without.items).not.toHaveProperty('name');
    expect(without.personalItemsLeftOut).toContain('name');
    const answer = await own(`/api/v1/licences/${identifier}`, purpose);
    expect(answer.json()).toMatchObject({ items: { name: sample.items['name'] }, personalItemsLeftOut: [] });
    const [access] = await t.documents.scan('accesses', { limit: 1 });
    expect(access!.doc).toMatchObject({ licence: identifier, clientId: 'desk', purpose: '核对样本' });
  });

  it('refuses a purpose that is not percent-encoded UTF-8', async () => {
    const answer = await own(`/api/v1/licences/${identifier}`, { Purpose: '%E6%A0' });
    expect(answer.json()).toMatchObject({ code: 'REQUEST_INVALID', errors: [{ field: 'Purpose' }] });
  });

  it('gives its files with the digest that the summary names', async () => {
    const { renditions } = (await issue('answers-0001')).json<Summary>();
    const answers = await Promise.all(renditions.map(({ href }) => own(href, purpose)));
    expect(answers.map(({ headers }) => headers['content-type'])).toEqual(['application/pdf', 'application/dc+sd-jwt']);
    answers.forEach(({ bytes, headers }, i) => {
      const digest = createHash('sha256').update(bytes);
      expect(headers['repr-digest']).toBe(`sha-256=:${digest.copy().digest('base64')}:`);
      expect(digest.digest('hex')).toBe(renditions[i]!.sha256);
    });
    expect(codeOf(await own(`/api/v1/licences/${identifier}/renditions/pdf/RSA-PSS-SHA256`, purpose))).toEqual([
      404,
      'RENDITION_NOT_FOUND',
    ]);
    expect(codeOf(await own(renditions[0]!.href))).toEqual([400, 'REQUEST_INVALID']);
  });
});

describe('a file', () => {
  it('is judged by anyone: accepted as issued, refused with one byte changed', async () => {
    const { renditions } = (await issue('answers-0001')).json<Summary>();
    const { bytes } = await own(renditions[0]!.href, purpose);
    const verify = (body: Uint8Array, query = '') =>
      send(baseUrl, {
        method: 'POST',
        path: `/api/v1/verifications${query}`,
        headers: { 'Content-Type': 'application/pdf' },
        body,
      });
    const good = await verify(bytes);
    expect(good.json()).toMatchObject({
      verdict: 'accepted',
      policy: { name: 'strict' },
      licence: { identifier, state: 'valid' },
    });
    expect(complaints('VerificationReport', good.json())).toEqual([]);
    const bad = Buffer.from(bytes);
    bad[1000] = bad[1000]! ^ 1;
    expect((await verify(bad)).json()).toMatchObject({ verdict: 'refused' });
    expect((await verify(bytes, '?policy=open&at=2020-01-01T00:00:00Z')).json()).toMatchObject({
      at: '2020-01-01T00:00:00.000Z',
    });
    expect(codeOf(await verify(bytes, '?at=2016-12-31T23:59:60Z&policy=none'))).toEqual([400, 'REQUEST_INVALID']);
  }, 20_000);

  it('has an answer for its identifier and for its code', async () => {
    const status = await open(`/api/v1/verifications/licences/${identifier}`);
    expect(status.json()).toMatchObject({ known: true, state: 'valid' });
    expect(complaints('LicenceStatus', status.json())).toEqual([]);
    expect((await open('/api/v1/verifications/licences/1.2.156.3005.2.AAAAAAAAAAAAAA')).json()).toMatchObject({
      known: false,
    });
    const code = await send(baseUrl, {
      method: 'POST',
      path: '/api/v1/verifications/codes',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ code: 'https://licences.example/v#nonsense' }),
    });
    expect(code.json()).toMatchObject({ verdict: 'refused', status: null });
    expect(complaints('CodeReport', code.json())).toEqual([]);
  });
});

describe('the journal', () => {
  it('gives checkpoint, tile, inclusion and consistency', async () => {
    const checkpoint = (await open('/journal/checkpoint')).text();
    const size = Number(checkpoint.split('\n')[1]);
    expect(size).toBeGreaterThan(3);
    const tile = await open(`/journal/tile/0/000.p/${size}`);
    expect(tile.bytes.length).toBe(32 * size);
    expect(tile.headers['cache-control']).toContain('immutable');
    expect((await open('/journal/inclusion/0')).text()).toContain('c2sp.org/tlog-proof');
    expect(
      (await open(`/journal/consistency?from=1&to=${size}`)).json<{ hashes: string[] }>().hashes.length,
    ).toBeGreaterThan(0);
  });

  it.each([
    ['/journal/tile/0/000', 404, 'TREE_RANGE'],
    ['/journal/tile/0/x000/000.p/1', 400, 'REQUEST_INVALID'],
    ['/journal/tile/00/000.p/1', 400, 'REQUEST_INVALID'],
    ['/journal/tile/0/000.p/256', 400, 'REQUEST_INVALID'],
    ['/journal/inclusion/9007199254740991', 404, 'TREE_RANGE'],
    ['/journal/inclusion/1e3', 400, 'REQUEST_INVALID'],
    ['/journal/consistency?from=3&to=2', 404, 'TREE_RANGE'],
    ['/journal/consistency?from=1&to=2&to=3', 400, 'REQUEST_INVALID'],
    ['/journal/consistency', 400, 'REQUEST_INVALID'],
  ])('refuses %s', async (path, status, code) => {
    expect(codeOf(await open(path))).toEqual([status, code]);
  });
});

describe('the archive', () => {
  it('lists, shows and exports what was filed', async () => {
    const { items } = (await own(`/api/v1/archive/items?licence=${identifier}`)).json<{ items: { id: string }[] }>();
    const detail = await own(`/api/v1/archive/items/${items[0]!.id}`);
    expect(complaints('ArchiveItemDetail', detail.json())).toEqual([]);
    const bag = await api.send({
      method: 'POST',
      path: '/api/v1/archive/exports',
      json: { items: [items[0]!.id] },
      headers: { ...purpose, 'Idempotency-Key': 'answers-export' },
    });
    expect(bag.status).toBe(200);
    expect(bag.headers).toMatchObject({
      'content-type': 'application/x-tar',
      'content-disposition': expect.stringMatching(/^attachment; filename="[\w-]+\.tar"$/),
    });
    expect(bag.bytes.includes('bagit.txt')).toBe(true);
  });
});

describe('a change of state', () => {
  it('needs If-Match, and the version that the licence has', async () => {
    const key = { 'Idempotency-Key': 'change-0001' };
    expect(codeOf(await change('suspend', key))).toEqual([428, 'IF_MATCH_REQUIRED']);
    expect(codeOf(await change('suspend', { ...key, 'If-Match': '1' }))).toEqual([400, 'REQUEST_INVALID']);
    expect(codeOf(await change('suspend', { ...key, 'If-Match': '"7"' }))).toEqual([412, 'LICENCE_CHANGED_MEANWHILE']);
    const suspended = await change('suspend', { ...key, 'If-Match': '"1"' });
    expect([suspended.status, suspended.headers.etag, suspended.json<Summary>().state]).toEqual([
      200,
      '"2"',
      'suspended',
    ]);
    const again = await change('suspend', { ...key, 'If-Match': '"1"' });
    expect(again.json()).toEqual(suspended.json());
  });

  it('is refused where the state forbids it', async () => {
    const answer = await change('suspend', { 'Idempotency-Key': 'change-0002', 'If-Match': '"2"' });
    expect(codeOf(answer)).toEqual([409, 'LICENCE_STATE_FORBIDS']);
    expect(answer.json<{ detail: string }>().detail).toContain('暂扣');
  });

  it('takes one instant in any offset', async () => {
    const effectiveAt = new Date(Date.now() + 60_000).toISOString().replace('Z', '+00:00');
    const json = { reason: '样本', legalBasis: '样本条例', effectiveAt };
    const resumed = await change('resume', { 'Idempotency-Key': 'change-0003', 'If-Match': '"2"' }, json);
    expect([resumed.status, resumed.json<Summary>().state]).toEqual([200, 'suspended']);
    const revoked = await change(
      'revoke',
      { 'Idempotency-Key': 'change-0004', 'If-Match': '"3"' },
      { ...json, effectiveAt: new Date(Date.now() + 120_000).toISOString() },
    );
    expect([revoked.status, revoked.headers.etag]).toEqual([200, '"4"']);
  });
});

describe('every answer', () => {
  it('has the headers that keep a browser from doing harm', async () => {
    const { headers } = await open('/livez');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000',
      'cache-control': 'no-store',
    });
  });

  it('carries the request id of the sender where it is well-formed, else one of our own', async () => {
    expect((await open('/livez', { 'X-Request-Id': 'gateway-0001' })).headers['x-request-id']).toBe('gateway-0001');
    expect((await open('/livez', { 'X-Request-Id': 'a b' })).headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('speaks Chinese unless English is preferred', async () => {
    const detail = async (language: string) =>
      (await open('/api/v1/nothing', { 'Accept-Language': language })).json<{ detail: string }>().detail;
    expect(await detail('zh-CN,zh;q=0.9,en;q=0.5')).toBe('该地址不存在');
    expect(await detail('fr')).toBe('该地址不存在');
    expect(await detail('en-GB,zh;q=0.5')).toBe('there is nothing at this address');
  });

  it('says which methods an address knows, and answers HEAD as GET without the body', async () => {
    const answer = await open('/livez', {}, 'DELETE');
    expect([...codeOf(answer), answer.headers.allow]).toEqual([405, 'METHOD_NOT_ALLOWED', 'GET, HEAD']);
    const head = await open('/livez', {}, 'HEAD');
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
  });

  it('is logged by the name of its route, without address and without what was sent', async () => {
    const before = t.log.length;
    await open(`/api/v1/verifications/licences/${identifier}`);
    const line = JSON.parse(t.log.slice(before).join('')) as Record<string, unknown>;
    expect(line).toMatchObject({
      event: 'http.request',
      method: 'GET',
      route: 'verifyLicence',
      status: 200,
      clientId: null,
    });
    expect(JSON.stringify(line)).not.toContain(identifier);
  });
});
