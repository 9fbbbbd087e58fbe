import { fromBase64, latin1, toHex } from '../../encoding/index.js';
import type { Json } from '../../errors/index.js';
import { hash } from '#primitives';
import { jsonObject, readCompactJws, tokenText } from './compact.js';
import type { CompactJws } from './compact.js';
import { parseDisclosure } from './disclosure.js';
import type { Disclosure } from './disclosure.js';
import { sdJwtError } from './errors.js';
import { processPayload } from './process-payload.js';
import type { JsonObject } from './process-payload.js';

/** What is inside an SD-JWT, without an opinion. A stranger may have written every byte of it. */
export interface SdJwtInspection {
  readonly jws: CompactJws;
  /** Header `typ`; null when absent or not a string. */
  readonly typ: string | null;
  /** DER of `x5c`, signer first. Empty when there is none. */
  readonly certificates: readonly Uint8Array[];
  /** Header `journalProof`, not read further here. */
  readonly journalProof: Json | null;
  /** The signed payload as it stands. */
  readonly payload: JsonObject;
  readonly disclosures: readonly Disclosure[];
  /** The payload with what is disclosed in its place (RFC 9901 7.1). */
  readonly claims: JsonObject;
  /** Content digest of the intent: hash by the suite over the ASCII payload segment, hex. */
  readonly contentDigest: string;
}

/** One licence with a photograph is below 1 MB. */
const MAX_BYTES = 4_000_000;
const MAX_DISCLOSURES = 1_000;

/**
 * RFC 9901 7.1, all steps but the signature. Throws SdJwtError for every file that these rules reject: it has one
 * compact form, and a token that two readers could read differently is none.
 */
export function inspectSdJwt(bytes: Uint8Array): SdJwtInspection {
  const parts = tokenText(bytes, MAX_BYTES).split('~');
  const jws = readCompactJws(parts[0]!);
  if (parts.length < 2) throw sdJwtError('SD_JWT_NOT_COMPACT');
  // Behind the last `~` a key binding token would stand. Licences are not bound to a holder's key: one here is not ours to judge.
  if (parts.at(-1) !== '') throw sdJwtError('SD_JWT_KEY_BINDING');
  const encoded = parts.slice(1, -1);
  if (encoded.length > MAX_DISCLOSURES) throw sdJwtError('SD_JWT_TOO_LARGE');
  const payload = jsonObject(jws.payload);
  if (!payload) throw sdJwtError('SD_JWT_PAYLOAD_MALFORMED');
  const disclosures = encoded.map(parseDisclosure);
  const { typ, x5c, journalProof } = jws.header;
  return {
    jws,
    typ: typeof typ === 'string' ? typ : null,
    certificates: certificatesOf(x5c),
    journalProof: journalProof ?? null,
    payload,
    disclosures,
    claims: processPayload(payload, disclosures),
    contentDigest: toHex(hash(jws.suite.hash, latin1(jws.payloadSegment))),
  };
}

/** RFC 7515 4.1.6: standard base64, not base64url. */
function certificatesOf(x5c: Json | undefined): readonly Uint8Array[] {
  if (x5c === undefined) return [];
  if (!Array.isArray(x5c) || x5c.length > 10) throw sdJwtError('SD_JWT_HEADER_MALFORMED');
  return (x5c as readonly Json[]).map((one) => {
    if (typeof one !== 'string') throw sdJwtError('SD_JWT_HEADER_MALFORMED');
    try {
      return fromBase64(one);
    } catch (cause) {
      throw sdJwtError('SD_JWT_HEADER_MALFORMED', cause);
    }
  });
}
