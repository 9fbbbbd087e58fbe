import { hash } from '#primitives';
import type { Json } from '../errors/index.js';
import { canonicalText, fromBase64url, fromUtf8, latin1, toBase64url, toHex, utf8 } from '../encoding/index.js';
import { LicenceError } from './errors.js';
import type { Licence, Refusal } from './types.js';
import { refusal } from './check-result.js';

/** RFC 9901 names of the two digest families; also the names in the commitment body. */
export type CommitmentHash = 'sha-256' | 'sm3';

const HASHES: readonly CommitmentHash[] = ['sha-256', 'sm3'];

/** Digests of the face items: base64url, sorted, so that their order says nothing about the items. */
export type ItemDigests = Readonly<Record<CommitmentHash, readonly string[]>>;

export interface Disclosure {
  readonly key: string;
  /** Base64url of 16 random bytes. */
  readonly salt: string;
  /** Base64url of the UTF-8 of the JSON text `["salt","key",value]` (RFC 9901 4.2.1), canonical by RFC 8785. */
  readonly text: string;
}

export interface Commitment {
  /** Of the UTF-8 bytes of `body`, lower-case hex. */
  readonly commitment: { readonly sha256: string; readonly sm3: string };
  /** Canonical JSON (RFC 8785). It holds no face item, only digests of salted ones. */
  readonly body: string;
  readonly disclosures: readonly Disclosure[];
  readonly digests: ItemDigests;
}

/**
 * Commits to a licence without showing it: whoever sees the commitment cannot guess an item from it, whoever is given
 * disclosures can check each.
 *
 * @param input.salts one for each item, by key: base64url of 16 random bytes, all different
 * @throws LicenceError LICENCE_SALTS_INVALID
 */
export function commit(input: {
  readonly licence: Licence;
  readonly requiredSuites: readonly string[];
  readonly salts: Readonly<Record<string, string>>;
}): Commitment {
  const { licence, requiredSuites, salts } = input;
  const keys = Object.keys(licence.items).sort();
  refuseBadSalts(keys, salts);
  const disclosures = keys.map((key) => disclose(key, salts[key]!, licence.items[key]!));
  const digests = digestsOf(disclosures);
  const body = canonicalText({
    identifier: licence.identifier,
    type: licence.typeCode,
    typeVersion: licence.typeVersion,
    version: licence.version,
    issuer: { name: licence.issuer.name, code: licence.issuer.code },
    validity: { from: licence.validFrom, until: licence.validUntil },
    suites: [...requiredSuites].sort(),
    items: { 'sha-256': digests['sha-256'], sm3: digests.sm3 },
  });
  return { commitment: commitmentOf(body), body, disclosures, digests };
}

/** The commitment to a body as text. */
export function commitmentOf(body: string): Commitment['commitment'] {
  const bytes = utf8(body);
  return { sha256: toHex(hash('sha256', bytes)), sm3: toHex(hash('sm3', bytes)) };
}

/** Digest of one disclosure: over its base64url text, not over what that text encodes (RFC 9901 4.2.3). */
export function disclosureDigest(text: string, algorithm: CommitmentHash): string {
  return toBase64url(hash(algorithm === 'sm3' ? 'sm3' : 'sha256', latin1(text)));
}

/**
 * Reads disclosures that a stranger presents beside digests that a seal covers. All or nothing: one that fits no
 * digest, comes twice or names an item twice refuses the whole. Items that are not disclosed stay unknown.
 *
 * @param digests of one family or both; a disclosure must be found in each family given
 */
export function verifyDisclosures(
  disclosures: readonly string[],
  digests: Partial<ItemDigests>,
): { readonly ok: true; readonly items: Readonly<Record<string, Json>> } | Refusal {
  const families = HASHES.filter((algorithm) => digests[algorithm] !== undefined);
  const items = new Map<string, Json>();
  for (const text of disclosures) {
    const read = readDisclosure(text);
    if (!read) return refusal('DISCLOSURE_MALFORMED', 'a disclosure is malformed', '披露项格式错误');
    if (
      families.length === 0 ||
      !families.every((algorithm) => digests[algorithm]!.includes(disclosureDigest(text, algorithm)))
    )
      return refusal(
        'DISCLOSURE_UNKNOWN',
        'a disclosure is not among the digests that were committed to',
        '披露项不在已承诺的摘要之中',
      );
    if (items.has(read.key))
      return refusal('DISCLOSURE_REPEATED', 'an item is disclosed twice', '同一照面项被重复披露');
    items.set(read.key, read.value);
  }
  // fromEntries defines members, so an item named `__proto__` stays an item.
  return { ok: true, items: Object.fromEntries(items) };
}

function disclose(key: string, salt: string, value: Json): Disclosure {
  return { key, salt, text: toBase64url(utf8(canonicalText([salt, key, value]))) };
}

function digestsOf(disclosures: readonly Disclosure[]): ItemDigests {
  const sorted = (algorithm: CommitmentHash) => disclosures.map(({ text }) => disclosureDigest(text, algorithm)).sort();
  return { 'sha-256': sorted('sha-256'), sm3: sorted('sm3') };
}

/** The text comes from whoever presents the licence: nothing but a well-formed list of three may pass. */
function readDisclosure(text: string): { readonly key: string; readonly value: Json } | undefined {
  try {
    const list: unknown = JSON.parse(fromUtf8(fromBase64url(text)));
    if (!Array.isArray(list) || list.length !== 3 || typeof list[0] !== 'string' || typeof list[1] !== 'string')
      return undefined;
    return { key: list[1], value: list[2] as Json };
  } catch {
    return undefined;
  }
}

function refuseBadSalts(keys: readonly string[], salts: Readonly<Record<string, string>>): void {
  const given = Object.values(salts);
  const complete = given.length === keys.length && keys.every((key) => Object.hasOwn(salts, key));
  // A salt used twice would show that two items are equal.
  if (!complete || new Set(given).size !== given.length || !given.every(isSalt))
    throw new LicenceError('LICENCE_SALTS_INVALID', {
      en: 'each item needs a salt of its own: base64url of 16 bytes',
      zh: '每个照面项须有各自的盐值：16字节的 base64url',
    });
}

/** 22 characters whose last has four unused bits, all zero. */
const isSalt = (salt: string): boolean => /^[A-Za-z0-9_-]{21}[AQgw]$/.test(salt);
