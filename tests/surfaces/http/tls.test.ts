import { webcrypto } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509CertificateGenerator, SubjectAlternativeNameExtension } from '@peculiar/x509';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openServer } from '../../../src/surfaces/http/index.js';
import { openTestWorld } from '../../support/http-world.js';
import type { TestWorld } from '../../support/http-world.js';

let t: TestWorld;
let directory: string;
let certificate: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yinxin-tls-'));
  const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  certificate = made.toString('pem');
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  await writeFile(join(directory, 'cert.pem'), certificate);
  await writeFile(join(directory, 'key.pem'), `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`);
  t = await openTestWorld({ tls: { certFile: join(directory, 'cert.pem'), keyFile: join(directory, 'key.pem') } });
}, 120_000);

afterAll(async () => {
  await t.close();
  await rm(directory, { recursive: true });
});

it('speaks TLS with the certificate of the settings, and tells browsers to keep to it', async () => {
  const server = openServer(t.world);
  const { port } = await server.listen();
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(
      { host: '127.0.0.1', port, path: '/livez', ca: certificate, servername: 'localhost', agent: false },
      (response) => {
        response.resume();
        resolve(response);
      },
    ).on('error', reject);
  });
  expect([answer.statusCode, answer.headers['strict-transport-security']]).toEqual([200, 'max-age=31536000']);
  await server.close();
});
