import type { Json } from '../../errors/index.js';
import { digestOfDisclosure, hashOfSdAlg } from './disclosure.js';
import type { Disclosure } from './disclosure.js';
import { sdJwtError } from './errors.js';

export type JsonObject = { readonly [name: string]: Json };

/** Deeper than any honest credential; disclosures may nest, so the depth of the JSON texts alone is no bound. */
const MAX_DEPTH = 32;

interface Walk {
  readonly byDigest: ReadonlyMap<string, Disclosure>;
  /** Digests seen anywhere: RFC 9901 7.1 step 4 allows each once. */
  readonly seen: Set<string>;
  readonly used: Set<Disclosure>;
}

/**
 * RFC 9901 7.1 step 3 to 5: puts the disclosed claims where their digests stand and takes `_sd`, `...` and `_sd_alg` away.
 * Refuses digests that occur twice, disclosures that fit nowhere and claims that are named twice.
 */
export function processPayload(payload: JsonObject, disclosures: readonly Disclosure[]): JsonObject {
  const hashName = hashOfSdAlg(sdAlgOf(payload));
  const byDigest = new Map(disclosures.map((one) => [digestOfDisclosure(one.encoded, hashName), one]));
  if (byDigest.size !== disclosures.length) throw sdJwtError('SD_JWT_DIGEST_REPEATED');
  const walk: Walk = { byDigest, seen: new Set(), used: new Set() };
  const claims = objectOf(payload, walk, 0);
  if (walk.used.size !== disclosures.length) throw sdJwtError('SD_JWT_DISCLOSURE_UNUSED');
  return Object.fromEntries(Object.entries(claims).filter(([name]) => name !== '_sd_alg'));
}

/** RFC 9901 4.1.1: sha-256 when absent. */
export function sdAlgOf(payload: JsonObject): string {
  const name = Object.hasOwn(payload, '_sd_alg') ? payload['_sd_alg'] : 'sha-256';
  if (typeof name !== 'string') throw sdJwtError('SD_JWT_HASH_UNKNOWN');
  return name;
}

function valueOf(value: Json, walk: Walk, depth: number): Json {
  if (depth > MAX_DEPTH) throw sdJwtError('SD_JWT_PAYLOAD_MALFORMED');
  if (Array.isArray(value)) return arrayOf(value as readonly Json[], walk, depth);
  return isObject(value) ? objectOf(value, walk, depth) : value;
}

function objectOf(object: JsonObject, walk: Walk, depth: number): JsonObject {
  const { _sd: digests, ...plain } = object;
  if (Object.hasOwn(plain, '...')) throw sdJwtError('SD_JWT_PAYLOAD_MALFORMED');
  // Entries, not assignment: a claim may be called `__proto__`.
  const claims = new Map<string, Json>(
    Object.entries(plain).map(([name, value]) => [name, valueOf(value, walk, depth + 1)]),
  );
  for (const digest of digestList(digests)) {
    const found = take(digest, walk);
    if (!found) continue;
    if (found.name === null) throw sdJwtError('SD_JWT_DISCLOSURE_MALFORMED');
    if (claims.has(found.name)) throw sdJwtError('SD_JWT_CLAIM_REPEATED');
    claims.set(found.name, valueOf(found.value, walk, depth + 1));
  }
  return Object.fromEntries(claims);
}

function arrayOf(array: readonly Json[], walk: Walk, depth: number): readonly Json[] {
  const out: Json[] = [];
  for (const element of array) {
    const digest = digestOfElement(element);
    if (digest === null) {
      out.push(valueOf(element, walk, depth + 1));
      continue;
    }
    const found = take(digest, walk);
    // Not disclosed: the element is left out (RFC 9901 7.1 step 3.d).
    if (!found) continue;
    if (found.name !== null) throw sdJwtError('SD_JWT_DISCLOSURE_MALFORMED');
    out.push(valueOf(found.value, walk, depth + 1));
  }
  return out;
}

/** `{ "...": digest }` with no other member (RFC 9901 4.2.4.2); null for an ordinary element. */
function digestOfElement(element: Json): string | null {
  if (!isObject(element) || !Object.hasOwn(element, '...')) return null;
  const digest = element['...'];
  if (typeof digest !== 'string' || Object.keys(element).length !== 1) throw sdJwtError('SD_JWT_PAYLOAD_MALFORMED');
  return digest;
}

function digestList(digests: Json | undefined): readonly string[] {
  if (digests === undefined) return [];
  if (!Array.isArray(digests) || !digests.every((one) => typeof one === 'string'))
    throw sdJwtError('SD_JWT_PAYLOAD_MALFORMED');
  return digests;
}

function take(digest: string, walk: Walk): Disclosure | undefined {
  if (walk.seen.has(digest)) throw sdJwtError('SD_JWT_DIGEST_REPEATED');
  walk.seen.add(digest);
  const found = walk.byDigest.get(digest);
  if (found) walk.used.add(found);
  return found;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
