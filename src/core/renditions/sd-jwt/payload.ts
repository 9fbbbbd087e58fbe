import type { SuiteId } from '../../crypto/index.js';
import type { Licence } from '../../licence/index.js';
import type { DigestPair } from '../types.js';
import { digestOfDisclosure } from './disclosure.js';
import type { JsonObject } from './process-payload.js';

/**
 * What the signed part of a structured licence says. Every face item is a disclosure, personal or not, so `_sd` holds
 * exactly the item digests of the commitment; `itemDigests` holds those of the other hash family. With both the
 * commitment can be computed again from the signed part alone, however few items are disclosed.
 */
export interface LicencePayload {
  readonly licence: Licence;
  readonly commitment: DigestPair;
  /** Base64url disclosures of all face items. */
  readonly disclosures: readonly string[];
  readonly requiredSuites: readonly SuiteId[];
  readonly sdAlg: 'sha-256' | 'sm3';
  readonly issuedAt: Date;
}

/** Collision-resistant `vct` (SD-JWT VC 3.2.2.1, draft): our UUID as a URN, the type after the `#`. Fixed for ever. */
export const VCT_PREFIX = 'urn:uuid:f391dfe0-e717-43f4-9708-a585306b4f6b#';

export function licencePayload(input: LicencePayload): JsonObject {
  const { licence, commitment, disclosures, sdAlg } = input;
  const digests = (hash: 'sha256' | 'sm3') => disclosures.map((one) => digestOfDisclosure(one, hash)).sort();
  const [own, other] = sdAlg === 'sm3' ? (['sm3', 'sha256'] as const) : (['sha256', 'sm3'] as const);
  return {
    vct: `${VCT_PREFIX}${licence.typeCode}/${licence.typeVersion}`,
    iss: licence.issuer.code,
    iat: seconds(input.issuedAt.getTime()),
    nbf: dayStart(licence.validFrom),
    // A licence is good through its last day (inclusive); RFC 7519 4.1.4 `exp` is the first moment at which it is not.
    ...(licence.validUntil === null ? {} : { exp: dayStart(licence.validUntil) + 86_400 }),
    rendition: 'sd-jwt',
    licence: {
      identifier: licence.identifier,
      type: licence.typeCode,
      typeVersion: licence.typeVersion,
      version: licence.version,
      number: licence.number,
    },
    issuer: { name: licence.issuer.name, code: licence.issuer.code },
    issuedOn: licence.issuedOn,
    validity: { from: licence.validFrom, until: licence.validUntil },
    commitment: { sha256: commitment.sha256, sm3: commitment.sm3 },
    requiredSuites: [...input.requiredSuites].sort(),
    itemDigests: { [other === 'sm3' ? 'sm3' : 'sha-256']: digests(other) },
    ...(licence.sample ? { sample: true } : {}),
    _sd_alg: sdAlg,
    _sd: digests(own),
  };
}

/** Unix seconds of 00:00 on a day of Asia/Shanghai, which has kept UTC+8 without summer time since 1991-09-15. */
function dayStart(day: string): number {
  return seconds(Date.parse(`${day}T00:00:00+08:00`));
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
