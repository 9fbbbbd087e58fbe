import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { openServer } from '../../../src/surfaces/http/index.js';
import { OWN_DEPARTMENT, openTestWorld } from '../../support/http-world.js';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((bound) => server.listen(0, '127.0.0.1', bound));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

it('the sample in docs/api.md issues a licence with nothing but Node', async () => {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const t = await openTestWorld({ port, publicUrl });
  const server = openServer(t.world);
  await server.listen();
  const directory = await mkdtemp(join(tmpdir(), 'yinxin-sample-'));
  try {
    const { privateJwk } = await t.addClient('desk', OWN_DEPARTMENT, ['licences:issue']);
    const sample = /```js\n([\s\S]*?)```/.exec(await readFile('docs/api.md', 'utf8'))![1]!;
    const script = join(directory, 'sample.mjs');
    await writeFile(script, sample);
    await writeFile(join(directory, 'key.json'), JSON.stringify(privateJwk));
    const env = { ...process.env, BASE_URL: publicUrl, CLIENT_ID: 'desk', KEY_FILE: join(directory, 'key.json') };
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
    expect(stdout).toMatch(/^201 \{"identifier":"1\.2\.156\.3005\.2\./);
  } finally {
    await rm(directory, { recursive: true });
    await server.close();
    await t.close();
  }
}, 60_000);
