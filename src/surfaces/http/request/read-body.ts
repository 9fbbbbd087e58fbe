import type { IncomingMessage } from 'node:http';
import { fromUtf8, parseJson } from '../../../core/encoding/index.js';
import { httpError, requestInvalid } from '../errors.js';
import type { BodyRule, Route } from '../route.js';
import { readMultipart } from './multipart.js';
import { readBytes } from './read-bytes.js';

/**
 * Reads the body that the route has, by its declared type, and checks it. Nothing is read before type and encoding are
 * known to be acceptable.
 *
 * @throws HttpError MEDIA_TYPE_UNSUPPORTED, BODY_*, FORM_MALFORMED, REQUEST_INVALID; EncodingError JSON_MALFORMED, UTF8_MALFORMED
 */
export async function readBody(route: Route, request: IncomingMessage): Promise<unknown> {
  if (!route.bodies) return undefined;
  const contentType = request.headers['content-type'] ?? '';
  const rule = ruleFor(route.bodies, contentType);
  // A compressed body could grow without bound.
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (!rule || encoding.toLowerCase() !== 'identity') throw httpError('MEDIA_TYPE_UNSUPPORTED');
  const bytes = await readBytes(request, rule.maxBytes);
  if (bytes.length === 0) throw httpError('BODY_MISSING');
  const value = valueOf(rule, contentType, bytes);
  const wrong = rule.check(value);
  if (wrong.length > 0) throw requestInvalid(wrong);
  return value;
}

/** A request that says it has a body where the operation has none. */
export function refuseBody(request: IncomingMessage): void {
  const length = request.headers['content-length'];
  if (request.headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0'))
    throw httpError('BODY_NOT_EXPECTED');
}

function ruleFor(bodies: ReadonlyMap<string, BodyRule>, contentType: string): BodyRule | undefined {
  const [mediaType = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-8"?$/.test(charset)) return undefined;
  return bodies.get(mediaType);
}

function valueOf({ form }: BodyRule, contentType: string, bytes: Uint8Array): unknown {
  switch (form) {
    case 'json':
      return parseJson(bytes);
    case 'form':
      return formFields(fromUtf8(bytes));
    case 'multipart':
      return readMultipart(contentType, bytes);
    case 'bytes':
      return bytes;
  }
}

function formFields(text: string): Readonly<Record<string, string>> {
  const fields = [...new URLSearchParams(text)];
  if (new Set(fields.map(([name]) => name)).size !== fields.length) throw httpError('FORM_MALFORMED');
  return Object.fromEntries(fields);
}
