import { buildPaths, commonNameOf, organisationOf, publicKeyOf, validatePath } from '../../pki/index.js';
import type { Certificate, PathFacts, Revocation } from '../../pki/index.js';
import type { CertificateFacts, PathEvidence, RevocationFacts } from '../facts.js';
import { attempt } from '../inspect.js';
import type { World } from './world.js';

/** Paths looked at in full. A hostile file could bring hundreds of cross-certificates. */
const MAX_PATHS = 8;

/**
 * The best path from `leaf` to an anchor of the caller: the first without a failed check and with every certificate
 * known as good, else the one with the fewest failures. Null when no path ends in an anchor.
 */
export async function establishPath(
  leaf: Certificate,
  fromFile: readonly Certificate[],
  world: World,
): Promise<PathEvidence | null> {
  const pool = [...fromFile, ...world.intermediates];
  const paths = buildPaths({ leaf, pool, anchors: { certificates: world.anchors } }).slice(0, MAX_PATHS);
  let best: { readonly facts: PathFacts; readonly faults: number } | null = null;
  for (const path of paths) {
    const facts = await validatePath({ path, at: world.at, crls: world.crls, cache: world.cache.signatures });
    const faults =
      100 * facts.checks.filter((one) => !one.passed).length +
      facts.revocations.filter((one) => one.status !== 'good').length;
    if (best === null || faults < best.faults) best = { facts, faults };
    if (faults === 0) break;
  }
  return best && pathEvidenceOf(best.facts);
}

function pathEvidenceOf({ path, checks, revocations }: PathFacts): PathEvidence {
  return {
    certificates: path.map(certificateFactsOf),
    failed: checks
      .filter((one) => !one.passed)
      .map(({ check, place, why, names }) => ({ check, place, why: why ?? names?.join(', ') ?? null })),
    revocations: revocations.map(revocationFactsOf),
  };
}

export function revocationFactsOf(revocation: Revocation): RevocationFacts {
  const thisUpdate = revocation.crl?.thisUpdate.toISOString() ?? null;
  if (revocation.status === 'unknown') return { status: 'unknown', why: revocation.why, thisUpdate };
  if (revocation.status === 'revoked')
    return {
      status: 'revoked',
      at: revocation.at.toISOString(),
      reason: revocation.reason ?? null,
      thisUpdate: thisUpdate!,
    };
  return { status: 'good', thisUpdate: thisUpdate!, nextUpdate: revocation.crl.nextUpdate?.toISOString() ?? null };
}

export function certificateFactsOf(certificate: Certificate): CertificateFacts {
  const { id, subject, notBefore, notAfter, policies, keyUsage, suite } = certificate;
  const key = attempt(() => publicKeyOf(certificate));
  const kind = key.ok ? key.value : { kind: 'other' as const, algorithm: certificate.keyAlgorithm };
  return {
    id,
    name: commonNameOf(subject) ?? '',
    organisation: organisationOf(subject) ?? '',
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    policies,
    usage: keyUsage ? [...keyUsage] : null,
    rsaBits: kind.kind === 'rsa' ? kind.bits : null,
    curve: kind.kind === 'rsa' ? null : kind.kind === 'ec' ? kind.curve : kind.algorithm,
    suite: suite?.id ?? null,
  };
}
