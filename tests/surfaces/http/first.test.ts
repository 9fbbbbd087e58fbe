import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openServer } from '../../../src/surfaces/http/index.js';
import { apiClient, send } from '../../support/api-client.js';
import { ALL_SCOPES, OWN_DEPARTMENT, openTestWorld } from '../../support/http-world.js';

let t: Awaited<ReturnType<typeof openTestWorld>>;
beforeAll(async () => {
  t = await openTestWorld();
}, 60000);
afterAll(() => t.close());
it('works', async () => {
  const server = openServer(t.world);
  const { port } = await server.listen();
  const baseUrl = `http://127.0.0.1:${port}`;
  const { privateJwk } = await t.addClient('desk', OWN_DEPARTMENT, ALL_SCOPES);
  const api = apiClient({ baseUrl, clientId: 'desk', privateJwk });
  const sample = JSON.parse(await readFile('templates/residence-certificate/sample.json', 'utf8'));
  const answer = await api.send({ method: 'POST', path: '/api/v1/licences', json: sample, headers: { 'Idempotency-Key': 'first-0001' } });
  console.log(answer.status, answer.text(), answer.headers);
  console.log((await send(baseUrl, { method: 'GET', path: '/' })).text().slice(0, 200));
  console.log(t.log.join(''));
  await server.close();
});
