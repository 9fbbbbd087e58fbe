import { fromUtf8 } from '../../../core/encoding/index.js';
import { httpError } from '../errors.js';

export interface FormPart {
  /** As the browser calls the file; null: a plain field. Shown, never used as a path. */
  readonly fileName: string | null;
  readonly bytes: Uint8Array;
}

const MAX_PARTS = 8;
const MAX_HEAD_BYTES = 2_048;
const BOUNDARY =
  /^multipart\/form-data;(?:.*;)?\s*boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'()+,./:=?-]{1,70}))\s*(?:;.*)?$/i;
const NAME = /[; ]name="([^"]{1,64})"/i;
const FILE_NAME = /; ?filename="([^"]{0,255})"/i;

/**
 * RFC 7578, as browsers write it: a few parts, each name once, whole in memory (the body was bounded before).
 *
 * @throws HttpError FORM_MALFORMED
 */
export function readMultipart(contentType: string, body: Uint8Array): ReadonlyMap<string, FormPart> {
  const match = BOUNDARY.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw httpError('FORM_MALFORMED');
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const opening = Buffer.from(`--${boundary}\r\n`, 'latin1');
  const between = Buffer.from(`\r\n--${boundary}`, 'latin1');
  if (!bytes.subarray(0, opening.length).equals(opening)) throw httpError('FORM_MALFORMED');

  const parts = new Map<string, FormPart>();
  for (let at = opening.length; ;) {
    const end = bytes.indexOf(between, at);
    if (end < 0 || parts.size === MAX_PARTS) throw httpError('FORM_MALFORMED');
    const { name, part } = readPart(bytes.subarray(at, end));
    if (parts.has(name)) throw httpError('FORM_MALFORMED');
    parts.set(name, part);
    const next = end + between.length;
    const mark = bytes.toString('latin1', next, next + 2);
    if (mark === '--') return parts;
    if (mark !== '\r\n') throw httpError('FORM_MALFORMED');
    at = next + 2;
  }
}

function readPart(bytes: Buffer): { name: string; part: FormPart } {
  const headEnd = bytes.subarray(0, MAX_HEAD_BYTES).indexOf('\r\n\r\n');
  if (headEnd < 0) throw httpError('FORM_MALFORMED');
  const disposition = textOf(bytes.subarray(0, headEnd))
    .split('\r\n')
    .find((line) => /^content-disposition: ?form-data;/i.test(line));
  const name = NAME.exec(disposition ?? '')?.[1];
  if (disposition === undefined || name === undefined) throw httpError('FORM_MALFORMED');
  return { name, part: { fileName: FILE_NAME.exec(disposition)?.[1] ?? null, bytes: bytes.subarray(headEnd + 4) } };
}

function textOf(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes);
  } catch (cause) {
    throw httpError('FORM_MALFORMED', cause);
  }
}
