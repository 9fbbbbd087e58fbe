import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.js';
import type { HttpWorld } from './world.js';

export interface HttpServer {
  /** On host and port of the settings; answers what was bound. */
  listen(): Promise<{ readonly host: string; readonly port: number }>;
  /** Takes no new connection, lets what is under way finish, and cuts it after `graceMs` (10 s when absent). */
  close(graceMs?: number): Promise<void>;
}

/** A sender has this long for its headers, and for a whole request: a slow upload of the largest file must fit. */
const HEADERS_MS = 15_000;
const REQUEST_MS = 120_000;
const GRACE_MS = 10_000;

/** @throws TypeError when contract and handlers do not name the same operations */
export function openServer(world: HttpWorld): HttpServer {
  const { host, port, tls } = world.settings;
  const answer = createApp(world).callback();
  const handle = (request: IncomingMessage, response: ServerResponse) => void answer(request, response);
  const options = { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS };
  const server: Server = tls
    ? createTlsServer(
        { ...options, cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile), minVersion: 'TLSv1.2' },
        handle,
      )
    : createServer(options, handle);
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          const { address, port: bound } = server.address() as AddressInfo;
          resolve({ host: address, port: bound });
        });
      }),
    close: (graceMs = GRACE_MS) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMs).unref();
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
