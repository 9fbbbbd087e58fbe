import { commitmentOf, verifyDisclosures } from '../../licence/index.js';
import type { Binding, SdJwtLicence } from '../../renditions/index.js';
import type { DataFacts, Readable } from '../facts.js';

/**
 * Holds the structured data against its own commitment: the body is computed from the digests that were signed, so a
 * changed item, name, period or suite list gives another commitment.
 */
export function dataFactsOf(licence: SdJwtLicence | undefined, binding: Readable<Binding>): DataFacts | null {
  if (!licence) return null;
  const { sha256, sm3 } = commitmentOf(licence.commitmentBody);
  const claimed = licence.binding.commitment;
  return {
    binding,
    commitmentFits: sha256 === claimed.sha256 && sm3 === claimed.sm3,
    disclosuresFit: verifyDisclosures(licence.disclosures, licence.itemDigests).ok,
    issuer: licence.issuer,
    validity: licence.validity,
    items: licence.items,
    facts: {
      '@number': licence.number,
      '@identifier': licence.binding.licence,
      '@issuerName': licence.issuer.name,
      '@issuedOn': licence.issuedOn,
      '@validFrom': licence.validity.from,
      '@validUntil': licence.validity.until,
    },
  };
}
