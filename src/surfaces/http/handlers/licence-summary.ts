import type { components } from '../../api/index.js';
import type { LicenceRecord } from '../../../ports/index.js';
import type { HttpWorld } from '../world.js';

type Summary = components['schemas']['LicenceSummary'];

/** What everyone with a right to the licence sees: no face items. */
export function licenceSummary(
  { licence, commitment, renditions }: LicenceRecord,
  state: ReturnType<HttpWorld['stateOf']>,
): Summary {
  const { identifier, typeCode, version, number, issuedOn, validFrom, validUntil, sample } = licence;
  return {
    identifier,
    type: typeCode,
    version,
    number,
    issuedOn,
    validFrom,
    validUntil,
    state,
    sample,
    commitment,
    renditions: renditions.map(({ kind, suite, mediaType, bytes, file }) => ({
      kind: kind as Summary['renditions'][number]['kind'],
      suite: suite as Summary['renditions'][number]['suite'],
      mediaType,
      bytes,
      sha256: file,
      href: `${addressOf(identifier)}/renditions/${kind}/${suite}`,
    })),
  };
}

export const addressOf = (identifier: string): string => `/api/v1/licences/${identifier}`;

/** The licence's version for `If-Match`: how many events it has. Its document changes more often than that. */
export const etagOf = ({ events }: LicenceRecord): string => `"${events.length}"`;
