import { verifyCertificateList, type CertificateListCheck } from '../crl/verify-certificate-list.js';
import type {
  Certificate,
  CertificateList,
  CrlSource,
  Revocation,
  RevocationUnknown,
  SignatureCache,
} from '../types.js';
import { sameName } from '../x509/name.js';

/**
 * What the CRLs of `issuer` say about `certificate`, as known at `knownAt`.
 *
 * A list counts when its signature, its signer's key usage and its extensions are in order. `revoked` needs no fresh
 * list, since a revocation is final; only a hold can be lifted, so there the newest list speaks alone.
 * `good` needs a fresh one: thisUpdate <= knownAt <= nextUpdate and, where given, knownAt - thisUpdate <= maxCrlAge
 * (milliseconds). A list may drop certificates that expired before it was made: it does not make those good.
 */
export async function revocationOf(input: {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly crls: readonly CertificateList[];
  readonly knownAt: Date;
  readonly maxCrlAge?: number;
  readonly cache?: SignatureCache;
}): Promise<Revocation> {
  const { certificate, issuer, knownAt, maxCrlAge, cache } = input;
  const newestFirst = input.crls
    .filter((crl) => sameName(crl.issuer, certificate.issuer))
    .sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  let unknown: Revocation = { status: 'unknown', why: 'no-crl' };
  let good: Revocation | undefined;
  let isNewest = true;

  for (const crl of newestFirst) {
    const source = { id: crl.id, thisUpdate: crl.thisUpdate, nextUpdate: crl.nextUpdate };
    const refused =
      crl.thisUpdate > knownAt ? 'not-yet' : whyNotUsable(await verifyCertificateList({ crl, issuer, cache }));
    if (refused !== undefined) {
      unknown = orElse(unknown, refused, source);
      continue;
    }
    const entry = crl.revoked.get(certificate.serial);
    if (entry !== undefined && (isNewest || entry.reason !== 'certificateHold'))
      return { status: 'revoked', at: entry.at, reason: entry.reason, crl: source };
    const stale = whyNotFresh(crl, certificate, knownAt, maxCrlAge);
    if (stale !== undefined) unknown = orElse(unknown, stale, source);
    else if (isNewest) good = { status: 'good', crl: source };
    isNewest = false;
  }
  return good ?? unknown;
}

function whyNotUsable(check: CertificateListCheck): RevocationUnknown | undefined {
  if (check.usable) return undefined;
  // Lists under another name were left out before, so a name that differs is that of the certificate given as issuer.
  return check.why === 'issuer-name' ? 'bad-signature' : check.why;
}

function whyNotFresh(
  { thisUpdate, nextUpdate }: CertificateList,
  { notAfter }: Certificate,
  knownAt: Date,
  maxCrlAge: number | undefined,
): RevocationUnknown | undefined {
  if (notAfter < thisUpdate) return 'certificate-expired';
  // RFC 5280 5.1.2.5 asks for nextUpdate. A list without it is fresh only as long as the caller's limit says.
  if (nextUpdate === undefined ? maxCrlAge === undefined : nextUpdate < knownAt) return 'stale';
  return maxCrlAge !== undefined && knownAt.getTime() - thisUpdate.getTime() > maxCrlAge ? 'stale' : undefined;
}

/** The reason of the newest list stands. */
function orElse(known: Revocation, why: RevocationUnknown, crl: CrlSource): Revocation {
  return known.status === 'unknown' && known.why === 'no-crl' ? { status: 'unknown', why, crl } : known;
}
