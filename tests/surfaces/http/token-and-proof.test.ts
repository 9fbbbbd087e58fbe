import { randomUUID } from 'node:crypto';
import { SignJWT, importJWK } from 'jose';
import type { JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openServer } from '../../../src/surfaces/http/index.js';
import type { HttpServer } from '../../../src/surfaces/http/index.js';
import { apiClient, newClientKey, send } from '../../support/api-client.js';
import type { ApiClient, ClientKey, HttpAnswer } from '../../support/api-client.js';
import { ALL_SCOPES, OWN_DEPARTMENT, PUBLIC_URL, openTestWorld } from '../../support/http-world.js';
import type { TestWorld } from '../../support/http-world.js';

const PATH = `/api/v1/archive/items?licence=1.2.156.3005.2.11999900MB0000001K`;
const seconds = () => Math.floor(Date.now() / 1000);

let t: TestWorld;
let server: HttpServer;
let baseUrl: string;
let key: ClientKey;
let api: ApiClient;

beforeAll(async () => {
  t = await openTestWorld();
  server = openServer(t.world);
  baseUrl = `http://127.0.0.1:${(await server.listen()).port}`;
  key = await t.addClient('desk', OWN_DEPARTMENT, ['archive:read', 'licences:read']);
  api = apiClient({ baseUrl, clientId: 'desk', privateJwk: key.privateJwk });
}, 120_000);

afterAll(async () => {
  await server.close();
  await t.close();
});

const codeOf = (answer: HttpAnswer) => [answer.status, answer.json<{ code: string }>().code];

async function sign(
  claims: Record<string, unknown>,
  header: Record<string, unknown>,
  jwk: JWK = key.privateJwk,
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', ...header }).sign(await importJWK(jwk, 'ES256'));
}

/** A request with this token and proof; the good answer is that the licence is not there. */
const use = async (token: string, proof: string, scheme = 'DPoP') =>
  codeOf(
    await send(baseUrl, { method: 'GET', path: PATH, headers: { Authorization: `${scheme} ${token}`, DPoP: proof } }),
  );
const GOOD = [404, 'LICENCE_NOT_FOUND'];

describe('the token endpoint', () => {
  it('says where it is', async () => {
    const answer = await send(baseUrl, { method: 'GET', path: '/.well-known/oauth-authorization-server' });
    expect(answer.json()).toMatchObject({
      issuer: PUBLIC_URL,
      token_endpoint: `${PUBLIC_URL}/oauth/token`,
      scopes_supported: ALL_SCOPES,
    });
  });

  it('gives a token for ten minutes with all scopes of the client, or those asked for', async () => {
    const all = await api.askForToken();
    expect(all.json()).toMatchObject({ token_type: 'DPoP', expires_in: 600, scope: 'archive:read licences:read' });
    const one = await api.askForToken({ scope: 'archive:read' });
    expect(one.json()).toMatchObject({ scope: 'archive:read' });
    expect(one.headers['cache-control']).toBe('no-store');
  });

  it('takes its own address as audience too', async () => {
    const assertion = await api.assertion({ aud: [`${PUBLIC_URL}/oauth/token`] });
    expect((await api.askForToken({ assertion })).status).toBe(200);
  });

  const wrongAssertions: Readonly<Record<string, () => Promise<string>>> = {
    'that is no JWT': () => Promise.resolve('a.b.c'),
    'of a client that is not registered': () => api.assertion({ iss: 'nobody', sub: 'nobody' }),
    'that another speaks for the client': () => api.assertion({ iss: 'other' }),
    'for another server': () => api.assertion({ aud: 'https://other.example' }),
    'for this server and another': () => api.assertion({ aud: [PUBLIC_URL, 'https://other.example'] }),
    'without end': () => api.assertion({ exp: undefined }),
    'that has ended': () => api.assertion({ iat: seconds() - 300, exp: seconds() - 60 }),
    'that lives too long': () => api.assertion({ exp: seconds() + 3600 }),
    'from before the start of the service': () => api.assertion({ iat: seconds() - 3600 }),
    'from the future': () => api.assertion({ iat: seconds() + 120 }),
    'without jti': () => api.assertion({ jti: undefined }),
    'signed by another key': async () => {
      const { privateJwk } = await newClientKey('desk-key');
      return apiClient({ baseUrl, clientId: 'desk', privateJwk, publicUrl: PUBLIC_URL }).assertion();
    },
    'with a key id that the client does not have': async () => {
      const privateJwk = { ...key.privateJwk, kid: 'other' };
      return apiClient({ baseUrl, clientId: 'desk', privateJwk, publicUrl: PUBLIC_URL }).assertion();
    },
    'signed with a shared secret': async () =>
      new SignJWT({ iss: 'desk', sub: 'desk', aud: PUBLIC_URL, iat: seconds(), exp: seconds() + 60, jti: randomUUID() })
        .setProtectedHeader({ alg: 'HS256', kid: 'desk-key' })
        .sign(new TextEncoder().encode(JSON.stringify(key.publicJwk))),
  };

  it.each(Object.keys(wrongAssertions))('refuses an assertion %s, always in the same words', async (name) => {
    const answer = await api.askForToken({ assertion: await wrongAssertions[name]!() });
    expect(codeOf(answer)).toEqual([401, 'CLIENT_REFUSED']);
    expect(answer.json()).toMatchObject({
      error: 'invalid_client',
      error_description: 'the client could not be authenticated',
    });
  });

  it('refuses an assertion the second time', async () => {
    const assertion = await api.assertion();
    expect((await api.askForToken({ assertion })).status).toBe(200);
    expect(codeOf(await api.askForToken({ assertion }))).toEqual([401, 'CLIENT_REFUSED']);
  });

  it('refuses a wrong or used proof', async () => {
    const proof = await api.proof('POST', '/oauth/token', null);
    expect((await api.askForToken({ proof })).status).toBe(200);
    const again = await api.askForToken({ proof });
    expect(codeOf(again)).toEqual([400, 'TOKEN_DPOP_INVALID']);
    expect(again.json()).toMatchObject({ error: 'invalid_dpop_proof' });
    const elsewhere = await api.proof('POST', '/oauth/other', null);
    expect(codeOf(await api.askForToken({ proof: elsewhere }))).toEqual([400, 'TOKEN_DPOP_INVALID']);
  });

  it('does not widen what the client may do', async () => {
    const answer = await api.askForToken({ scope: 'archive:read licences:issue' });
    expect(codeOf(answer)).toEqual([400, 'TOKEN_SCOPE_INVALID']);
    expect(answer.json()).toMatchObject({ error: 'invalid_scope' });
  });

  it('refuses a form that names a field twice', async () => {
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded',
      DPoP: await api.proof('POST', '/oauth/token', null),
    };
    const answer = await send(baseUrl, { method: 'POST', path: '/oauth/token', headers, body: 'scope=a&scope=b' });
    expect(codeOf(answer)).toEqual([400, 'FORM_MALFORMED']);
    expect(answer.json()).toMatchObject({ error: 'invalid_request' });
  });
});

describe('a proof', () => {
  const wrongProofs: Readonly<Record<string, (token: string) => Promise<string>>> = {
    'that is missing': () => Promise.resolve(''),
    'that is no JWT': () => Promise.resolve('proof'),
    'for another method': (token) => api.proof('POST', PATH, token),
    'for another path': (token) => api.proof('GET', '/api/v1/archive/items/x', token),
    'for another host': (token) => api.proof('GET', PATH, token, { htu: `https://other.example${PATH.split('?')[0]}` }),
    'that is too old': (token) => api.proof('GET', PATH, token, { iat: seconds() - 61 }),
    'from the future': (token) => api.proof('GET', PATH, token, { iat: seconds() + 65 }),
    'without iat': (token) => api.proof('GET', PATH, token, { iat: undefined }),
    'without jti': (token) => api.proof('GET', PATH, token, { jti: undefined }),
    'with an empty jti': (token) => api.proof('GET', PATH, token, { jti: '' }),
    'for another token': () => api.proof('GET', PATH, 'another'),
    'without the hash of the token': (token) => api.proof('GET', PATH, token, { ath: undefined }),
    'with the private key in it': async (token) => sign(await claims(token), { typ: 'dpop+jwt', jwk: key.privateJwk }),
    'of another type': async (token) => sign(await claims(token), { typ: 'JWT', jwk: publicPart() }),
    'whose key is not on the curve': async (token) =>
      sign(await claims(token), { typ: 'dpop+jwt', jwk: { ...publicPart(), x: 'A'.repeat(43) } }),
    'whose key did not sign it': async (token) =>
      sign(await claims(token), { typ: 'dpop+jwt', jwk: publicPart() }, (await newClientKey()).privateJwk),
  };
  const publicPart = (): JWK => ({ kty: 'EC', crv: 'P-256', x: key.publicJwk['x'], y: key.publicJwk['y'] });
  const claims = async (token: string) =>
    JSON.parse(Buffer.from((await api.proof('GET', PATH, token)).split('.')[1]!, 'base64url').toString()) as Record<
      string,
      unknown
    >;

  it('lets the holder of the key in, once', async () => {
    const token = await api.token();
    const proof = await api.proof('GET', PATH, token);
    expect(await use(token, proof)).toEqual(GOOD);
    expect(await use(token, proof)).toEqual([401, 'DPOP_INVALID']);
  });

  it('may name the address with query and in capital letters', async () => {
    const token = await api.token();
    expect(await use(token, await api.proof('GET', PATH, token, { htu: `HTTPS://LICENCES.example${PATH}` }))).toEqual(
      GOOD,
    );
  });

  it.each(Object.keys(wrongProofs))('%s is refused', async (name) => {
    const token = await api.token();
    expect(await use(token, await wrongProofs[name]!(token))).toEqual([401, 'DPOP_INVALID']);
  });

  it('twice in one request is refused', async () => {
    const token = await api.token();
    const [one, two] = [await api.proof('GET', PATH, token), await api.proof('GET', PATH, token)];
    expect(await use(token, `${one}, ${two}`)).toEqual([401, 'DPOP_INVALID']);
  });
});

describe('a token', () => {
  it.each(['Bearer', 'dpop  '])('is not taken with the scheme "%s"', async (scheme) => {
    const token = await api.token();
    expect(await use(token, await api.proof('GET', PATH, token), scheme)).toEqual([401, 'TOKEN_MISSING']);
  });

  it.each([
    [
      'with its content changed',
      (token: string) => token.replace(/\.(.)/, (_, c: string) => `.${c === 'e' ? 'f' : 'e'}`),
    ],
    ['without its signature', (token: string) => token.slice(0, token.lastIndexOf('.') + 1)],
    [
      'that says it needs none',
      (token: string) =>
        `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${token.split('.')[1]}.`,
    ],
  ])('%s is refused', async (_, broken) => {
    const token = broken(await api.token());
    expect(await use(token, await api.proof('GET', PATH, token))).toEqual([401, 'TOKEN_INVALID']);
  });

  it('is not the client assertion, though a key of ours signed neither', async () => {
    const token = await api.assertion();
    expect(await use(token, await api.proof('GET', PATH, token))).toEqual([401, 'TOKEN_INVALID']);
  });

  it('ends with the client: disabled, or with a scope less, it works no more', async () => {
    const short = await t.addClient('short', OWN_DEPARTMENT, ['archive:read']);
    const client = apiClient({ baseUrl, clientId: 'short', privateJwk: short.privateJwk });
    const ask = async () => codeOf(await client.send({ method: 'GET', path: PATH }));
    expect(await ask()).toEqual(GOOD);
    const { doc, version } = (await t.documents.get('clients', 'short'))!;
    await t.documents.replace('clients', { ...doc, scopes: [] }, version);
    expect(await ask()).toEqual([403, 'SCOPE_MISSING']);
    await t.documents.replace('clients', { ...doc, state: 'disabled' }, version + 1);
    expect(await ask()).toEqual([401, 'TOKEN_INVALID']);
    expect(codeOf(await client.askForToken())).toEqual([401, 'CLIENT_REFUSED']);
  });

  it('outlives a restart of the service, and proofs from before it do not', async () => {
    const token = await api.token();
    const old = await api.proof('GET', PATH, token, { iat: seconds() - 5 });
    const second = openServer(t.world);
    const url = `http://127.0.0.1:${(await second.listen()).port}`;
    const ask = (proof: string) =>
      send(url, { method: 'GET', path: PATH, headers: { Authorization: `DPoP ${token}`, DPoP: proof } });
    expect(codeOf(await ask(old))).toEqual([401, 'DPOP_INVALID']);
    expect(codeOf(await ask(await api.proof('GET', PATH, token)))).toEqual(GOOD);
    await second.close();
  });
});
