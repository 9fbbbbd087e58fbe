import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openServer } from '../../../src/surfaces/http/index.js';
import type { HttpServer, HttpWorld } from '../../../src/surfaces/http/index.js';
import { send } from '../../support/api-client.js';
import { openTestWorld } from '../../support/http-world.js';
import type { TestWorld } from '../../support/http-world.js';

let t: TestWorld;
const servers: HttpServer[] = [];

beforeAll(async () => {
  t = await openTestWorld();
}, 120_000);

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await t.close();
});

async function start(changes: Partial<HttpWorld['settings']> = {}, more: Partial<HttpWorld> = {}) {
  const server = openServer({ ...t.world, ...more, settings: { ...t.world.settings, ...changes } });
  servers.push(server);
  return { server, baseUrl: `http://127.0.0.1:${(await server.listen()).port}` };
}

const STATUS = '/api/v1/verifications/licences/1.2.156.3005.2.AAAAAAAAAAAAAA';
const ask = (baseUrl: string, forwarded?: string, path = STATUS) =>
  send(baseUrl, { method: 'GET', path, headers: forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded } });

describe('the rate limit', () => {
  it('lets an address verify so often a minute and says when to come back', async () => {
    const { baseUrl } = await start({ verificationsPerMinute: 2 });
    const first = await ask(baseUrl);
    expect([first.status, first.headers['ratelimit-policy']]).toEqual([200, '"verification";q=2;w=60']);
    expect(first.headers['ratelimit']).toMatch(/^"verification";r=1;t=(59|60)$/);
    await ask(baseUrl);
    const third = await ask(baseUrl);
    expect([third.status, third.json<{ code: string }>().code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(50);
    // The page counts with the API; what needs no judgement is not counted.
    const page = await send(baseUrl, {
      method: 'POST',
      path: '/verify',
      headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
      body: '--b--',
    });
    expect([page.status, page.headers['content-type']]).toEqual([429, 'text/html; charset=utf-8']);
    expect((await ask(baseUrl, undefined, '/livez')).status).toBe(200);
  });

  it('does not believe X-Forwarded-For without a trusted proxy', async () => {
    const { baseUrl } = await start({ verificationsPerMinute: 1 });
    expect((await ask(baseUrl, '192.0.2.1')).status).toBe(200);
    expect((await ask(baseUrl, '192.0.2.2')).status).toBe(429);
  });

  it('counts by the address that the trusted proxy saw, whatever the sender claims before it', async () => {
    const { baseUrl } = await start({ verificationsPerMinute: 1, trustedProxies: 1 });
    expect((await ask(baseUrl, '192.0.2.1')).status).toBe(200);
    expect((await ask(baseUrl, '198.51.100.7, 192.0.2.1')).status).toBe(429);
    expect((await ask(baseUrl, '192.0.2.2')).status).toBe(200);
  });
});

/** Writes raw bytes, and answers what came back by the time the server closed or 64 KiB were seen. */
function raw(baseUrl: string, write: (socket: ReturnType<typeof connect>) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(baseUrl).port), '127.0.0.1');
    let seen = '';
    socket.on('data', (chunk: Buffer) => (seen += chunk.toString('latin1')));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(seen) : reject(error),
    );
    socket.on('close', () => resolve(seen));
    write(socket);
  });
}

describe('an upload', () => {
  it('that never ends is answered at the limit and cut soon after', async () => {
    const { baseUrl } = await start({ maxUploadBytes: 100_000 });
    const seen = await raw(baseUrl, (socket) => {
      socket.write(
        'POST /api/v1/verifications HTTP/1.1\r\nHost: x\r\nContent-Type: application/pdf\r\nTransfer-Encoding: chunked\r\n\r\n',
      );
      const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
      const timer = setInterval(() => socket.write(chunk), 5);
      socket.on('close', () => clearInterval(timer));
    });
    expect(seen).toMatch(/^HTTP\/1\.1 413 /);
    expect(seen).toContain('BODY_TOO_LARGE');
  }, 20_000);

  it('that declares too much is refused before it is sent', async () => {
    const { baseUrl } = await start({ maxUploadBytes: 100_000 });
    const seen = await raw(baseUrl, (socket) => {
      socket.write(
        'POST /api/v1/verifications HTTP/1.1\r\nHost: x\r\nContent-Type: application/pdf\r\nContent-Length: 100001\r\n\r\n',
      );
    });
    expect(seen).toMatch(/^HTTP\/1\.1 413 /);
  }, 20_000);

  it('that is compressed is refused', async () => {
    const { baseUrl } = await start();
    const headers = { 'Content-Type': 'application/pdf', 'Content-Encoding': 'gzip' };
    const answer = await send(baseUrl, { method: 'POST', path: '/api/v1/verifications', headers, body: 'x' });
    expect([answer.status, answer.json<{ code: string }>().code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });

  it('that breaks off is no failure of ours', async () => {
    const { baseUrl } = await start();
    const before = t.log.length;
    await raw(baseUrl, (socket) => {
      socket.write(
        'POST /api/v1/verifications HTTP/1.1\r\nHost: x\r\nContent-Type: application/pdf\r\nContent-Length: 1000\r\n\r\nabc',
      );
      setTimeout(() => socket.destroy(), 50);
    });
    await expect(until(() => t.log.slice(before).join('').includes('REQUEST_ABORTED'))).resolves.toBe(true);
    expect(t.log.slice(before).join('')).not.toContain('http.failed');
  });
});

async function until(holds: () => boolean): Promise<boolean> {
  for (let i = 0; i < 100 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 20));
  return holds();
}

describe('a failure of ours', () => {
  it('is told in fixed words and logged without what the error quotes', async () => {
    const verifyLicence = () => Promise.reject(new Error('SELECT 欧阳不可见'));
    const { baseUrl } = await start({}, { verifyLicence });
    const answer = await ask(baseUrl);
    expect(answer.json()).toMatchObject({ status: 500, code: 'INTERNAL', detail: '服务内部错误' });
    expect(answer.text() + t.log.join('')).not.toContain('欧阳');
    const failure = t.log
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find(({ event }) => event === 'http.failed');
    expect(failure).toMatchObject({ route: 'verifyLicence', code: 'INTERNAL' });
  });

  it('is an answer that the contract does not know: found in tests, logged in service', async () => {
    const verifyLicence = () => Promise.resolve({ surprise: true } as never);
    const strict = await start({}, { verifyLicence });
    expect((await ask(strict.baseUrl)).json()).toMatchObject({ status: 500, code: 'ANSWER_NOT_IN_CONTRACT' });
    const lenient = await start({}, { verifyLicence, strictAnswers: false });
    expect((await ask(lenient.baseUrl)).json()).toEqual({ surprise: true });
    expect(t.log.join('')).toContain('http.answer-not-in-contract');
  });

  it('shows in readiness with its causes', async () => {
    const causes = [{ part: 'store', detail: 'not writable' }];
    const { baseUrl } = await start({}, { readiness: () => Promise.resolve(causes) });
    const answer = await ask(baseUrl, undefined, '/readyz');
    expect([answer.status, answer.json()]).toEqual([503, { status: 'failing', causes }]);
  });
});

describe('openServer', () => {
  it('does not start with an operation that has no handler', () => {
    const contract = t.world.contract.replace('operationId: getLiveness', 'operationId: getLife');
    expect(() => openServer({ ...t.world, contract })).toThrow(/getLi/);
    const more = t.world.contract.replace(
      'components:',
      '  /more:\n    get: { operationId: more, responses: {} }\ncomponents:',
    );
    expect(() => openServer({ ...t.world, contract: more })).toThrow('operation more has no handler');
  });

  it('finishes what is under way before it closes', async () => {
    let finish = () => {};
    const started = new Promise<void>((begun) => {
      finish = begun;
    });
    let release = () => {};
    const held = new Promise<void>((go) => {
      release = go;
    });
    const readiness = async () => {
      finish();
      await held;
      return [];
    };
    const { server, baseUrl } = await start({}, { readiness });
    const answer = ask(baseUrl, undefined, '/readyz');
    await started;
    const closed = server.close();
    release();
    expect((await answer).status).toBe(200);
    await closed;
    await expect(ask(baseUrl, undefined, '/livez')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
