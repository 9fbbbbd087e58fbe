import type { IncomingMessage } from 'node:http';
import { httpError } from '../errors.js';

/**
 * The whole body, at most `maxBytes`. The declared length is believed only where it is too large: the count while
 * streaming decides, so a body without a length, or with a false one, costs no more memory than allowed.
 *
 * @throws HttpError BODY_TOO_LARGE, REQUEST_ABORTED
 */
export async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw httpError('BODY_TOO_LARGE');
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    const stop = (error: Error) => {
      request.off('data', take);
      // What still comes is thrown away; how long, `dropUnread` decides.
      request.resume();
      reject(error);
    };
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) return stop(httpError('BODY_TOO_LARGE'));
      chunks.push(chunk);
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', (cause) => stop(httpError('REQUEST_ABORTED', cause)));
    request.once('close', () => request.complete || stop(httpError('REQUEST_ABORTED')));
  });
}

/** How long a sender may go on after our answer before the connection is cut. */
const GRACE_MS = 2_000;

/** A refused body may still be on its way: answering at once and cutting the line would lose the answer. */
export function dropUnread(request: IncomingMessage): void {
  if (request.complete) return;
  request.resume();
  setTimeout(() => request.complete || request.destroy(), GRACE_MS).unref();
}
