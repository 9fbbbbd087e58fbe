import { fromBase64url, latin1, parseJson, toBase64url } from '../../encoding/index.js';
import type { Json } from '../../errors/index.js';
import { hash } from '#primitives';
import type { HashName } from '../../primitives/contract.js';
import { sdJwtError } from './errors.js';

/** RFC 9901 4.2: `name` is null for the disclosure of an array element. */
export interface Disclosure {
  /** The base64url text as received: what its digest is taken over. */
  readonly encoded: string;
  readonly salt: string;
  readonly name: string | null;
  readonly value: Json;
}

/**
 * IANA "Named Information Hash Algorithm" names that `_sd_alg` may hold, plus `sm3`, which is not registered there and is
 * what this product writes in the SM2 suite.
 */
const HASHES: Readonly<Record<string, HashName>> = {
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
  sm3: 'sm3',
};

export function hashOfSdAlg(name: string): HashName {
  if (!Object.hasOwn(HASHES, name)) throw sdJwtError('SD_JWT_HASH_UNKNOWN');
  return HASHES[name]!;
}

/** RFC 9901 4.2.1 and 4.2.2, strict: canonical base64url, `[salt, name, value]` or `[salt, value]`. */
export function parseDisclosure(encoded: string): Disclosure {
  const array = jsonOf(encoded);
  if (!Array.isArray(array) || array.length < 2 || array.length > 3) throw sdJwtError('SD_JWT_DISCLOSURE_MALFORMED');
  const [salt, name] = array as readonly Json[];
  if (typeof salt !== 'string') throw sdJwtError('SD_JWT_DISCLOSURE_MALFORMED');
  if (array.length === 2) return { encoded, salt, name: null, value: array[1] as Json };
  // RFC 9901 7.1 step 3.c.ii.3: these two names have a meaning of their own.
  if (typeof name !== 'string' || name === '_sd' || name === '...') throw sdJwtError('SD_JWT_DISCLOSURE_MALFORMED');
  return { encoded, salt, name, value: array[2] as Json };
}

/** RFC 9901 4.2.3: the hash is over the ASCII text, not over what it encodes. */
export function digestOfDisclosure(encoded: string, hashName: HashName): string {
  return toBase64url(hash(hashName, latin1(encoded)));
}

function jsonOf(encoded: string): Json {
  try {
    return parseJson(fromBase64url(encoded));
  } catch (cause) {
    throw sdJwtError('SD_JWT_DISCLOSURE_MALFORMED', cause);
  }
}
