import type { Evidence } from '../evidence.js';
import type { Facts } from '../facts.js';
import { establishPdfSignature } from './establish-cms.js';
import { establishToken } from './establish-token.js';
import { emptyCache, worldOf } from './world.js';
import type { EstablishCache } from './world.js';

/**
 * All cryptography of one file (third step of decision 13): digests, signatures, paths, revocation lists, journal
 * proofs, commitments. Believes nothing in the evidence that it can compute. No verdict.
 *
 * @throws VerificationError EVIDENCE_MALFORMED for a mistake of the caller; never for what the file holds
 */
export async function establish(evidence: Evidence, cache: EstablishCache = emptyCache()): Promise<Facts> {
  const world = worldOf(evidence, cache);
  const sealed = [];
  const signatures = (evidence.pdf?.signatures ?? []).filter(({ type }) => type === 'signature');
  for (const one of signatures) sealed.push(await establishPdfSignature(one, evidence, world));
  const tokens = [];
  for (const one of evidence.tokens) tokens.push(await establishToken(one, evidence, world));
  const { at, file, unreadable, pdf, registry } = evidence;
  return {
    at,
    file,
    unreadable,
    pdf,
    signatures: [...sealed, ...tokens.map(({ signature }) => signature)],
    data: tokens.find(({ data }) => data !== null)?.data ?? null,
    registry,
  };
}
