import type { Json } from '../../errors/index.js';
import { suiteByJose } from '../../crypto/index.js';
import type { Suite } from '../../crypto/index.js';
import { fromBase64url, fromLatin1, latin1, parseJson } from '../../encoding/index.js';
import { sdJwtError } from './errors.js';
import { fromJoseSignature } from './jose-signature.js';
import { isObject } from './process-payload.js';
import type { JsonObject } from './process-payload.js';

/** A JWS in compact form (RFC 7515 7.1), taken apart. Its signature has NOT been checked. */
export interface CompactJws {
  readonly header: JsonObject;
  readonly suite: Suite;
  readonly payloadSegment: string;
  readonly payload: Uint8Array;
  /** ASCII of `header.payload`: what was signed. */
  readonly signingInput: Uint8Array;
  /** In the form `checkSuiteSignature` takes: DER for pairs. */
  readonly signature: Uint8Array;
}

/** Everything in the text comes from a stranger, the header too: `alg` only selects from the suite table. */
export function readCompactJws(text: string): CompactJws {
  const segments = text.split('.');
  const [headerSegment, payloadSegment, signatureSegment] = segments;
  if (segments.length !== 3 || !headerSegment || !payloadSegment || !signatureSegment)
    throw sdJwtError('SD_JWT_NOT_COMPACT');
  const header = readHeader(bytesOf(headerSegment));
  const suite = suiteOf(header['alg']);
  return {
    header,
    suite,
    payloadSegment,
    payload: bytesOf(payloadSegment),
    signingInput: latin1(`${headerSegment}.${payloadSegment}`),
    signature: fromJoseSignature(suite, bytesOf(signatureSegment)),
  };
}

/** RFC 7515 4.1.11: an extension that is not understood must be refused; this product understands none, `b64` included. */
function readHeader(bytes: Uint8Array): JsonObject {
  const header = jsonObject(bytes);
  if (!header) throw sdJwtError('SD_JWT_HEADER_MALFORMED');
  if (Object.hasOwn(header, 'crit')) throw sdJwtError('SD_JWT_CRITICAL_HEADER');
  return header;
}

/** `none`, HMAC and unknown names are not in the suite table, so they end here. */
function suiteOf(alg: Json | undefined): Suite {
  if (typeof alg !== 'string') throw sdJwtError('SD_JWT_HEADER_MALFORMED');
  try {
    return suiteByJose(alg);
  } catch (cause) {
    throw sdJwtError('SD_JWT_ALGORITHM_REFUSED', cause);
  }
}

/** The object that the bytes hold as JSON; undefined for anything else, a repeated member name included. */
export function jsonObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value = parseJson(bytes);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function bytesOf(segment: string): Uint8Array {
  try {
    return fromBase64url(segment);
  } catch (cause) {
    throw sdJwtError('SD_JWT_NOT_COMPACT', cause);
  }
}

/** ASCII text of a file that should be a compact token; refuses every byte that none can hold. */
export function tokenText(bytes: Uint8Array, maxBytes: number): string {
  if (bytes.length > maxBytes) throw sdJwtError('SD_JWT_TOO_LARGE');
  const text = fromLatin1(bytes);
  if (!/^[A-Za-z0-9_.~-]+$/.test(text)) throw sdJwtError('SD_JWT_NOT_COMPACT');
  return text;
}
