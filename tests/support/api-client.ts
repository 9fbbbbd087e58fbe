import { createHash, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { JWK } from 'jose';

/** A P-256 key pair as JWKs; the public one is what `registerClient` takes. */
export interface ClientKey {
  readonly privateJwk: JWK;
  readonly publicJwk: Readonly<Record<string, string>>;
}

export async function newClientKey(kid: string = randomUUID()): Promise<ClientKey> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const publicJwk = { kty: 'EC', crv: 'P-256', x: jwk.x!, y: jwk.y!, kid, alg: 'ES256' };
  return { privateJwk: { ...jwk, kid }, publicJwk };
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  text(): string;
  json<T = unknown>(): T;
}

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** One plain HTTP request, as it is written: a GET may have a body, a length may be false. */
export function send(baseUrl: string, { method, path, headers = {}, body }: HttpRequest): Promise<HttpAnswer> {
  const make = baseUrl.startsWith('https:') ? httpsRequest : httpRequest;
  const url = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const isChunked = headers['Transfer-Encoding'] !== undefined;
    const length = body === undefined || isChunked ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const request = make(
      { host: url.hostname, port: url.port, method, path, headers: { ...length, ...headers }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const text = () => bytes.toString('utf8');
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            bytes,
            text,
            json: <T>() => JSON.parse(text()) as T,
          });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

export interface ApiClientOptions {
  /** Where the service listens. */
  readonly baseUrl: string;
  readonly clientId: string;
  /** With `kid`. */
  readonly privateJwk: JWK;
  /** What the service calls itself; asked of the service when absent. */
  readonly publicUrl?: string;
}

export interface ApiRequest extends HttpRequest {
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly scope?: string;
}

export interface ApiClient {
  /** A token of the client's own, kept until shortly before its end. All scopes when none is named. */
  token(scope?: string): Promise<string>;
  /** With token and proof. Headers given here win. */
  send(request: ApiRequest): Promise<HttpAnswer>;
  /** A DPoP proof by this client's key. */
  proof(
    method: string,
    path: string,
    accessToken: string | null,
    changes?: Readonly<Record<string, unknown>>,
  ): Promise<string>;
  /** A client assertion. */
  assertion(changes?: Readonly<Record<string, unknown>>): Promise<string>;
  /** The request for a token, as it stands, for tests that break it. */
  askForToken(parts?: {
    readonly assertion?: string;
    readonly proof?: string;
    readonly scope?: string;
  }): Promise<HttpAnswer>;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A caller as integrators write one: `private_key_jwt` for the token, DPoP for every request. */
export function apiClient(options: ApiClientOptions): ApiClient {
  const { baseUrl, clientId, privateJwk } = options;
  const key = importJWK(privateJwk, 'ES256');
  const { kty, crv, x, y } = privateJwk;
  const tokens = new Map<string, { readonly text: string; readonly until: number }>();
  let issuer: Promise<string> | undefined =
    options.publicUrl === undefined ? undefined : Promise.resolve(options.publicUrl);

  const publicUrl = (): Promise<string> =>
    (issuer ??= send(baseUrl, { method: 'GET', path: '/.well-known/oauth-authorization-server' }).then(
      (answer) => answer.json<{ issuer: string }>().issuer,
    ));
  const seconds = () => Math.floor(Date.now() / 1000);

  const client: ApiClient = {
    async proof(method, path, accessToken, changes = {}) {
      const claims = {
        jti: randomUUID(),
        iat: seconds(),
        htm: method,
        htu: (await publicUrl()) + path.split('?')[0]!,
        ...(accessToken !== null && { ath: createHash('sha256').update(accessToken).digest('base64url') }),
        ...changes,
      };
      return new SignJWT(claims)
        .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } })
        .sign(await key);
    },

    async assertion(changes = {}) {
      const now = seconds();
      const claims = {
        iss: clientId,
        sub: clientId,
        aud: await publicUrl(),
        iat: now,
        exp: now + 60,
        jti: randomUUID(),
        ...changes,
      };
      return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: privateJwk.kid }).sign(await key);
    },

    async askForToken({ assertion, proof, scope } = {}) {
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: assertion ?? (await client.assertion()),
        ...(scope !== undefined && { scope }),
      });
      return send(baseUrl, {
        method: 'POST',
        path: '/oauth/token',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          DPoP: proof ?? (await client.proof('POST', '/oauth/token', null)),
        },
        body: form.toString(),
      });
    },

    async token(scope) {
      const known = tokens.get(scope ?? '');
      if (known && known.until > seconds()) return known.text;
      const answer = await client.askForToken({ scope });
      if (answer.status !== 200) throw new Error(`no token: ${answer.status} ${answer.text()}`);
      const { access_token: text, expires_in: life } = answer.json<{ access_token: string; expires_in: number }>();
      tokens.set(scope ?? '', { text, until: seconds() + life - 30 });
      return text;
    },

    async send({ method, path, headers = {}, body, json, scope }) {
      const token = await client.token(scope);
      return send(baseUrl, {
        method,
        path,
        headers: {
          Authorization: `DPoP ${token}`,
          DPoP: await client.proof(method, path, token),
          ...(json !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        body: json === undefined ? body : JSON.stringify(json),
      });
    },
  };
  return client;
}
