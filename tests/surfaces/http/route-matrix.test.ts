import { readFileSync } from 'node:fs';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openServer } from '../../../src/surfaces/http/index.js';
import type { HttpServer } from '../../../src/surfaces/http/index.js';
import { apiClient, newClientKey, send } from '../../support/api-client.js';
import type { ApiClient, HttpAnswer } from '../../support/api-client.js';
import { complaints, contractOperations } from '../../support/contract.js';
import { ALL_SCOPES, OTHER_DEPARTMENT, OWN_DEPARTMENT, PUBLIC_URL, openTestWorld } from '../../support/http-world.js';
import type { TestWorld } from '../../support/http-world.js';

/** Stands wherever a sender could write personal data, and must come back nowhere. */
const MARKER = '欧阳不可见';
const sample = JSON.parse(readFileSync('templates/residence-certificate/sample.json', 'utf8')) as { items: object };
const withMarker = { ...sample, items: { ...sample.items, name: MARKER } };
const stateChange = { reason: MARKER, legalBasis: '样本条例第一条' };
const purpose = { Purpose: encodeURIComponent('核对样本') };

interface GoodRequest {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly type: string; readonly text: string };
  /** What a client of another department is told; null: the route has no departments. */
  readonly elsewhere: string | null;
}

const jsonBody = (value: unknown) => ({ type: 'application/json', text: JSON.stringify(value) });
const change: GoodRequest = {
  headers: { 'Idempotency-Key': 'matrix-change', 'If-Match': '"1"' },
  body: jsonBody(stateChange),
  elsewhere: 'LICENCE_NOT_FOUND',
};

/** A request that each operation would accept. */
const GOOD: Readonly<Record<string, GoodRequest>> = {
  listLicenceTypes: { elsewhere: null },
  getLicenceType: { path: { code: '11999900MB0000001K003' }, elsewhere: null },
  issueLicence: {
    headers: { 'Idempotency-Key': 'matrix-issue' },
    body: jsonBody(withMarker),
    elsewhere: 'SEAL_NOT_FOUND',
  },
  getLicence: { headers: purpose, elsewhere: 'LICENCE_NOT_FOUND' },
  getRendition: { path: { kind: 'pdf', suite: 'SM2-SM3' }, headers: purpose, elsewhere: 'LICENCE_NOT_FOUND' },
  suspendLicence: change,
  resumeLicence: change,
  revokeLicence: change,
  verifyDocument: { body: { type: 'application/octet-stream', text: `%PDF-1.7 ${MARKER}` }, elsewhere: null },
  getRevocationList: { path: { name: 'sm2-issuing.crl' }, elsewhere: null },
  verifyLicence: { elsewhere: null },
  verifyLicenceCode: { body: jsonBody({ code: MARKER }), elsewhere: null },
  getCheckpoint: { elsewhere: null },
  getTile: { path: { level: '0', index: '000.p/1' }, elsewhere: null },
  getInclusionProof: { path: { index: '0' }, elsewhere: null },
  getConsistencyProof: { query: 'from=1&to=2', elsewhere: null },
  listArchiveItems: { query: 'licence={identifier}', elsewhere: 'LICENCE_NOT_FOUND' },
  getArchiveItem: { elsewhere: 'ARCHIVE_ITEM_NOT_FOUND' },
  exportArchive: {
    headers: { ...purpose, 'Idempotency-Key': 'matrix-export' },
    body: jsonBody({ items: ['{item}'] }),
    elsewhere: 'ARCHIVE_ITEM_NOT_FOUND',
  },
  createToken: { body: { type: 'application/x-www-form-urlencoded', text: '' }, elsewhere: null },
  getAuthorizationServer: { elsewhere: null },
  getLiveness: { elsewhere: null },
  getReadiness: { elsewhere: null },
};

let t: TestWorld;
let server: HttpServer;
let baseUrl: string;
let desk: ApiClient;
let other: ApiClient;
const scopeless = new Map<string, ApiClient>();
const values: Record<string, string> = {};

beforeAll(async () => {
  t = await openTestWorld();
  server = openServer(t.world);
  baseUrl = `http://127.0.0.1:${(await server.listen()).port}`;
  const add = async (id: string, department: string, scopes: readonly string[]) => {
    const { privateJwk } = await t.addClient(id, department, scopes);
    return apiClient({ baseUrl, clientId: id, privateJwk, publicUrl: PUBLIC_URL });
  };
  desk = await add('desk', OWN_DEPARTMENT, ALL_SCOPES);
  other = await add('other', OTHER_DEPARTMENT, ALL_SCOPES);
  for (const scope of ALL_SCOPES)
    scopeless.set(
      scope,
      await add(
        `without-${scope.replace(':', '-')}`,
        OWN_DEPARTMENT,
        ALL_SCOPES.filter((one) => one !== scope),
      ),
    );
  const issued = await desk.send({
    method: 'POST',
    path: '/api/v1/licences',
    json: withMarker,
    headers: { 'Idempotency-Key': 'matrix-first' },
  });
  values['identifier'] = issued.json<{ identifier: string }>().identifier;
  await t.workPending();
  const { items } = (
    await desk.send({ method: 'GET', path: `/api/v1/archive/items?licence=${values['identifier']}` })
  ).json<{ items: { id: string }[] }>();
  values['item'] = items[0]!.id;
}, 120_000);

afterAll(async () => {
  await server.close();
  await t.close();
});

type Operation = (typeof contractOperations)[number];
type Parts = { path: string; headers: Record<string, string>; body: string | undefined };

function partsOf({ operationId, template }: Operation): Parts {
  const good = GOOD[operationId]!;
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => good.path?.[name] ?? values[name] ?? '');
  return {
    path: fill(template) + (good.query === undefined ? '' : `?${fill(good.query)}`),
    headers: { ...good.headers, ...(good.body && { 'Content-Type': good.body.type }), 'Accept-Language': 'en' },
    body: good.body && fill(good.body.text),
  };
}

/** Adds what the caller proves itself with; the token endpoint has its own way. */
async function signed(operation: Operation, parts: Parts, client: ApiClient, token?: string): Promise<Parts> {
  if (operation.operationId === 'createToken') {
    const body = parts.body === '' ? await tokenForm(client) : parts.body;
    return { ...parts, body, headers: { ...parts.headers, DPoP: await client.proof('POST', '/oauth/token', null) } };
  }
  if (operation.scopes.length === 0) return parts;
  const text = token ?? (await client.token());
  return {
    ...parts,
    headers: {
      ...parts.headers,
      Authorization: `DPoP ${text}`,
      DPoP: await client.proof(operation.method, parts.path, text),
    },
  };
}

const tokenForm = async (client: ApiClient, more: Record<string, string> = {}) =>
  new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await client.assertion(),
    ...more,
  }).toString();

const sendParts = (operation: Operation, { path, headers, body }: Parts) =>
  send(baseUrl, { method: operation.method, path, headers, body });

/** Sends, and holds that nothing was written and nothing personal came out. */
async function sendInVain(operation: Operation, parts: Parts): Promise<HttpAnswer> {
  const before = await t.documents.digest();
  const answer = await sendParts(operation, parts);
  expect(await t.documents.digest()).toBe(before);
  expect(answer.text()).not.toContain(MARKER);
  expect(t.log.join('')).not.toContain(MARKER);
  return answer;
}

function expectProblem(operation: Operation, answer: HttpAnswer, status: number, code: string): void {
  const isToken = operation.operationId === 'createToken';
  expect([answer.status, answer.json<{ code: string }>().code]).toEqual([status, code]);
  expect(answer.headers['content-type']).toBe(isToken ? 'application/json' : 'application/problem+json');
  expect(complaints(isToken ? 'TokenProblem' : 'Problem', answer.json())).toEqual([]);
}

const STATUS: Readonly<Record<string, number>> = { SEAL_NOT_FOUND: 409 };
const largest = (operation: Operation) => (operation.operationId === 'verifyDocument' ? 2_000_000 : 1_048_576);

it('has a good request for every operation of the contract', () => {
  expect(contractOperations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(GOOD).sort());
});

describe.each(contractOperations)('$operationId', (operation) => {
  const hasCaller = operation.scopes.length > 0;
  const isToken = operation.operationId === 'createToken';
  const isJson = GOOD[operation.operationId]?.body?.type === 'application/json';
  const itWhere = (applies: boolean) => (applies ? it : () => undefined);

  it('without a token', async () => {
    const answer = await sendInVain(operation, partsOf(operation));
    if (isToken) return expectProblem(operation, answer, 400, 'REQUEST_INVALID');
    if (!hasCaller && !isToken) return expect(answer.status).toBe(200);
    expectProblem(operation, answer, 401, 'TOKEN_MISSING');
    expect(answer.headers['www-authenticate']).toBe('DPoP algs="ES256"');
  });

  it('with the token of another key', async () => {
    if (!hasCaller && !isToken) return expect((await sendInVain(operation, partsOf(operation))).status).toBe(200);
    const stranger = apiClient({
      baseUrl,
      clientId: 'desk',
      privateJwk: (await newClientKey('desk-key')).privateJwk,
      publicUrl: PUBLIC_URL,
    });
    // A stolen token, proved by the thief's own key; at the token endpoint the thief's own assertion.
    const parts = await signed(operation, partsOf(operation), stranger, await desk.token());
    const answer = await sendInVain(operation, parts);
    if (isToken) return expectProblem(operation, answer, 401, 'CLIENT_REFUSED');
    expectProblem(operation, answer, 401, 'DPOP_INVALID');
    expect(answer.headers['www-authenticate']).toBe('DPoP error="invalid_dpop_proof", algs="ES256"');
  });

  itWhere(hasCaller)('with a token that another server signed', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const now = Math.floor(Date.now() / 1000);
    const forged = await new SignJWT({ scope: ALL_SCOPES.join(' '), client_id: 'desk', cnf: { jkt: 'any' } })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
      .setIssuer(PUBLIC_URL)
      .setAudience(PUBLIC_URL)
      .setSubject('desk')
      .setJti('forged-token')
      .setIssuedAt(now)
      .setExpirationTime(now + 600)
      .sign(privateKey);
    const answer = await sendInVain(operation, await signed(operation, partsOf(operation), desk, forged));
    expectProblem(operation, answer, 401, 'TOKEN_INVALID');
  });

  itWhere(hasCaller || isToken)('with the wrong scope', async () => {
    if (isToken) {
      const client = scopeless.get('licences:issue')!;
      const body = await tokenForm(client, { scope: 'licences:read licences:issue' });
      const answer = await sendInVain(operation, await signed(operation, { ...partsOf(operation), body }, client));
      return expectProblem(operation, answer, 400, 'TOKEN_SCOPE_INVALID');
    }
    for (const scope of operation.scopes) {
      const answer = await sendInVain(operation, await signed(operation, partsOf(operation), scopeless.get(scope)!));
      expectProblem(operation, answer, 403, 'SCOPE_MISSING');
      expect(answer.headers['www-authenticate']).toContain('error="insufficient_scope"');
    }
  });

  itWhere(hasCaller)('with the wrong department', async () => {
    const elsewhere = GOOD[operation.operationId]!.elsewhere!;
    const answer = await sendInVain(operation, await signed(operation, partsOf(operation), other));
    expectProblem(operation, answer, STATUS[elsewhere] ?? 404, elsewhere);
  });

  it('with a malformed body', async () => {
    const parts = await signed(operation, { ...partsOf(operation), body: `{"items":{"name":"${MARKER}"` }, desk);
    const answer = await sendInVain(operation, parts);
    // A file that is no licence is not a malformed request: it is a report.
    if (operation.operationId === 'verifyDocument') return expect(answer.json()).toMatchObject({ verdict: 'refused' });
    const code = isToken ? 'REQUEST_INVALID' : 'JSON_MALFORMED';
    expectProblem(operation, answer, 400, operation.hasBody ? code : 'BODY_NOT_EXPECTED');
  });

  itWhere(isJson)('with a body in which a member is named twice', async () => {
    const body = `{"reason":"${MARKER}","reason":"b"}`;
    const answer = await sendInVain(operation, await signed(operation, { ...partsOf(operation), body }, desk));
    expectProblem(operation, answer, 400, 'JSON_MALFORMED');
  });

  it.each(['with a length', 'in chunks'])('with an oversized body %s', async (way) => {
    const body = MARKER + 'x'.repeat(largest(operation));
    const parts = await signed(operation, { ...partsOf(operation), body }, desk);
    if (way === 'in chunks') parts.headers['Transfer-Encoding'] = 'chunked';
    const answer = await sendInVain(operation, parts);
    expectProblem(
      operation,
      answer,
      operation.hasBody ? 413 : 400,
      operation.hasBody ? 'BODY_TOO_LARGE' : 'BODY_NOT_EXPECTED',
    );
  });

  it('with an unknown field', async () => {
    const parts = partsOf(operation);
    const { body } = GOOD[operation.operationId]!;
    if (body?.type === 'application/json')
      parts.body = JSON.stringify({ ...(JSON.parse(parts.body!) as object), surprise: MARKER });
    else if (isToken) parts.body = await tokenForm(desk, { surprise: MARKER });
    else parts.path += `${parts.path.includes('?') ? '&' : '?'}surprise=${encodeURIComponent(MARKER)}`;
    const answer = await sendInVain(operation, await signed(operation, parts, desk));
    expectProblem(operation, answer, 400, 'REQUEST_INVALID');
    const field = body && operation.operationId !== 'verifyDocument' ? '/surprise' : 'surprise';
    expect(answer.json()).toMatchObject({ errors: [{ field, code: 'FIELD_UNKNOWN' }] });
  });

  it('with the wrong content type', async () => {
    const parts = partsOf(operation);
    const answer = await sendInVain(
      operation,
      await signed(
        operation,
        { ...parts, body: MARKER, headers: { ...parts.headers, 'Content-Type': 'text/plain' } },
        desk,
      ),
    );
    expectProblem(
      operation,
      answer,
      operation.hasBody ? 415 : 400,
      operation.hasBody ? 'MEDIA_TYPE_UNSUPPORTED' : 'BODY_NOT_EXPECTED',
    );
  });
});
