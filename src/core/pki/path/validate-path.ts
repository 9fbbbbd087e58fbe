import type { CertificateList, KeyUsage, Path, PathCheck, PathFacts, Revocation, SignatureCache } from '../types.js';
import { checkCertificate } from './check-certificate.js';
import { revocationOf } from './revocation-of.js';

export interface PathQuestion {
  /** Leaf first, a trust anchor of the caller last: as `buildPaths` gives them. */
  readonly path: Path;
  /** The time for which the certificates are looked at. */
  readonly at: Date;
  readonly crls: readonly CertificateList[];
  /** Up to when revocation is known; a list made later is not used. Default `at`. */
  readonly knownAt?: Date;
  /** Milliseconds; without it only nextUpdate limits the age of a list. */
  readonly maxCrlAge?: number;
  /** Usages of which the leaf's key needs every one. */
  readonly purpose?: readonly KeyUsage[];
  readonly cache?: SignatureCache;
}

/**
 * Basic path validation (RFC 5280 6.1) and revocation by complete CRLs (6.3), as facts without a verdict: every check
 * runs, none stops another. Policies and name constraints are not evaluated; a certificate that asks for them has a
 * failed `critical-extensions` check. Of the anchor neither signature nor revocation is looked at.
 */
export async function validatePath(question: PathQuestion): Promise<PathFacts> {
  const { path, at, crls, knownAt = at, maxCrlAge, purpose = [], cache } = question;
  const checks: PathCheck[] = [];
  const revocations: Revocation[] = [];
  for (const [place, certificate] of path.entries()) {
    checks.push(...(await checkCertificate(place, { path, at, purpose, cache })));
    const issuer = path[place + 1];
    if (issuer) revocations.push(await revocationOf({ certificate, issuer, crls, knownAt, maxCrlAge, cache }));
  }
  return { path, at, checks, revocations };
}
