import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openServer } from '../../../src/surfaces/http/index.js';
import type { HttpServer } from '../../../src/surfaces/http/index.js';
import { apiClient, send } from '../../support/api-client.js';
import { ALL_SCOPES, OWN_DEPARTMENT, openTestWorld } from '../../support/http-world.js';
import type { TestWorld } from '../../support/http-world.js';

let t: TestWorld;
let server: HttpServer;
let baseUrl: string;
let pdf: Buffer;
let identifier: string;

beforeAll(async () => {
  t = await openTestWorld();
  server = openServer(t.world);
  baseUrl = `http://127.0.0.1:${(await server.listen()).port}`;
  const { privateJwk } = await t.addClient('desk', OWN_DEPARTMENT, ALL_SCOPES);
  const api = apiClient({ baseUrl, clientId: 'desk', privateJwk });
  const json = JSON.parse(readFileSync('templates/residence-certificate/sample.json', 'utf8')) as object;
  const issued = await api.send({
    method: 'POST',
    path: '/api/v1/licences',
    json,
    headers: { 'Idempotency-Key': 'pages-0001' },
  });
  const summary = issued.json<{ identifier: string; renditions: { href: string }[] }>();
  identifier = summary.identifier;
  pdf = (await api.send({ method: 'GET', path: summary.renditions[0]!.href, headers: { Purpose: 'test' } })).bytes;
}, 120_000);

afterAll(async () => {
  await server.close();
  await t.close();
});

const open = (path: string, headers: Record<string, string> = {}) => send(baseUrl, { method: 'GET', path, headers });

async function submit(fields: Readonly<Record<string, string | readonly [string, Uint8Array]>>, lang = 'zh') {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([Uint8Array.from(value[1])]), value[0]);
  const request = new Request('http://x/', { method: 'POST', body: form });
  return send(baseUrl, {
    method: 'POST',
    path: `/verify?lang=${lang}`,
    headers: { 'Content-Type': request.headers.get('content-type')! },
    body: new Uint8Array(await request.arrayBuffer()),
  });
}

describe('the verification page', () => {
  it('judges a file without a script: verdict, four parts, nothing kept', async () => {
    const before = await t.documents.digest();
    const answer = await submit({ file: ['居住证明.pdf', pdf], policy: 'strict' });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const text = answer.text();
    for (const words of [
      '核验通过',
      '文件完整',
      '印章有效',
      '证照状态',
      '签发主体',
      '居住证明.pdf',
      '文件已丢弃，未被保存',
      identifier,
      'TOTAL_PASSED',
    ])
      expect(text).toContain(words);
    expect(await t.documents.digest()).toBe(before);
  });

  it('refuses a changed file with the reason, in English on request', async () => {
    const bad = Buffer.from(pdf);
    bad[1000] = bad[1000]! ^ 1;
    const text = (await submit({ file: ['x.pdf', bad] }, 'en')).text();
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('<h1 id="verdict">Refused</h1>');
    expect(text).toContain('<h2>Reasons</h2>');
  });

  it('shows the name of a file as text, whatever it is', async () => {
    const text = (await submit({ file: ['<img src=x onerror=alert(1)>.pdf', new Uint8Array([1])] })).text();
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;.pdf');
    expect(text).not.toContain('<img src=x');
  });

  it('says what the registry knows of an identifier, typed as people type', async () => {
    const known = await submit({
      identifier: ` ${identifier.toLowerCase().slice(0, 30)} ${identifier.toLowerCase().slice(30)} `,
    });
    expect(known.text()).toContain('证照有效');
    expect((await submit({ identifier: '1.2.156.3005.2.X' })).text()).toContain('未查到该证照');
  });

  it('asks again when nothing was given', async () => {
    const answer = await submit({ identifier: '<>' });
    expect(answer.status).toBe(400);
    expect(answer.text()).toContain('role="alert"');
  });

  it('tells a person in a page that a file is too large', async () => {
    const answer = await submit({ file: ['x.pdf', new Uint8Array(2_100_000)] });
    expect([answer.status, answer.headers['content-type']]).toEqual([413, 'text/html; charset=utf-8']);
    expect(answer.text()).toContain('BODY_TOO_LARGE');
  });
});

describe('every page', () => {
  it.each(['/', '/v', '/problems', '/docs'])(
    '%s works under the strict policy: nothing inline, nothing from elsewhere',
    async (path) => {
      const text = (await open(path)).text();
      expect(text).not.toMatch(/<script(?![^>]*\ssrc=")|<style|\sstyle=|\son[a-z]+=|javascript:/i);
      const addresses = [...text.matchAll(/(?:src|href|action)="([^"]*)"/g)].map(([, address]) => address!);
      expect(addresses.filter((address) => !/^[/#]/.test(address))).toEqual([]);
      for (const address of new Set(addresses.filter((one) => one.startsWith('/static/'))))
        expect((await open(address)).status).toBe(200);
    },
  );

  it.each(['/', '/v'])('%s shows the own domain and can change its language', async (path) => {
    const text = (await open(path, { 'Accept-Language': 'en' })).text();
    expect(text).toContain('licences.example');
    expect(text).toContain('<html lang="en">');
    expect((await open(`${path}?lang=zh`, { 'Accept-Language': 'en' })).text()).toContain('<html lang="zh-CN">');
  });

  it('labels every field', async () => {
    const text = (await open('/')).text();
    const fields = [...text.matchAll(/<(?:input|select)[^>]*\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(fields).toEqual(['file', 'policy', 'identifier']);
    for (const id of fields) expect(text).toContain(`<label for="${id}">`);
  });

  it('has an anchor for the type of a problem', async () => {
    const { type, code } = (await open('/api/v1/nothing')).json<{ type: string; code: string }>();
    expect(type).toBe(`https://licences.example/problems#${code}`);
    expect((await open('/problems')).text()).toContain(`<tr id="${code}">`);
  });

  it('is a page also when there is none, for who asks for one', async () => {
    const answer = await open('/nothing', { Accept: 'text/html' });
    expect([answer.status, answer.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  });
});

describe('the contract', () => {
  it('is served as it stands, and scripts with their charset', async () => {
    expect((await open('/openapi.yaml')).text()).toBe(t.world.contract);
    expect((await open('/static/swagger-ui-bundle.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  it.each(['/static/../package.json', '/static/%2e%2e/package.json', '/static/none.css'])(
    '%s is not there',
    async (path) => {
      expect((await open(path)).status).toBe(404);
    },
  );
});
