import type { Oid } from '../../encoding/index.js';
import type { Certificate, KeyUsage, Path, PathCheck, SignatureCache } from '../types.js';
import { EXTENSION_OIDS } from '../x509/extension.js';
import { checkIssuerSignature } from '../x509/issuer-signature.js';
import { sameName } from '../x509/name.js';

export interface PathContext {
  readonly path: Path;
  readonly at: Date;
  readonly purpose: readonly KeyUsage[];
  readonly cache: SignatureCache | undefined;
}

/** Extensions whose critical form is honoured here. Policies count: without a required policy they forbid nothing. */
const SUPPORTED = new Set<Oid>([
  EXTENSION_OIDS.subjectKeyId,
  EXTENSION_OIDS.keyUsage,
  EXTENSION_OIDS.subjectAltName,
  EXTENSION_OIDS.issuerAltName,
  EXTENSION_OIDS.basicConstraints,
  EXTENSION_OIDS.crlDistributionPoints,
  EXTENSION_OIDS.certificatePolicies,
  EXTENSION_OIDS.authorityKeyId,
  EXTENSION_OIDS.extendedKeyUsage,
  EXTENSION_OIDS.authorityInfoAccess,
]);

/** RFC 5280 6.1.4 (g), (i) apply these whether critical or not; passing over one would accept too much. */
const CONSTRAINTS = new Set<Oid>([EXTENSION_OIDS.nameConstraints, EXTENSION_OIDS.policyConstraints]);

/** All checks of the certificate at one place of the path, in the order of RFC 5280 6.1.3 to 6.1.5. */
export async function checkCertificate(place: number, context: PathContext): Promise<readonly PathCheck[]> {
  const { path, at, purpose } = context;
  const certificate = path[place]!;
  const isAnchor = place === path.length - 1;
  const checks: PathCheck[] = [];
  if (!isAnchor) checks.push(await signature(place, context));
  checks.push(validity(place, certificate, at));
  if (!isAnchor) checks.push(nameChaining(place, path));
  if (place > 0)
    checks.push(
      certificateAuthority(place, certificate, isAnchor),
      pathLength(place, path),
      keyCertSign(place, certificate),
    );
  checks.push(criticalExtensions(place, certificate));
  if (place === 0) checks.push(keyUsage(certificate, purpose));
  return checks;
}

/** 6.1.3 (a)(1). */
async function signature(place: number, { path, cache }: PathContext): Promise<PathCheck> {
  const result = await checkIssuerSignature(path[place]!, path[place + 1]!, cache);
  return result === 'right' ? pass('signature', place) : { ...fail('signature', place), why: result };
}

/** 6.1.3 (a)(2); both ends belong to the period (4.1.2.5). For the anchor it is a fact of its own. */
function validity(place: number, { notBefore, notAfter }: Certificate, at: Date): PathCheck {
  if (at < notBefore) return { ...fail('validity', place), why: 'not-yet-valid' };
  return at > notAfter ? { ...fail('validity', place), why: 'expired' } : pass('validity', place);
}

/** 6.1.3 (a)(4). */
function nameChaining(place: number, path: Path): PathCheck {
  return result('name-chaining', place, sameName(path[place]!.issuer, path[place + 1]!.subject));
}

/** 6.1.4 (k). An anchor of version 1 has no place to say that it is an authority: the caller said it. */
function certificateAuthority(place: number, { basicConstraints, version }: Certificate, isAnchor: boolean): PathCheck {
  return result('certificate-authority', place, basicConstraints?.ca ?? (isAnchor && version === 1));
}

/** 6.1.4 (l), (m): certificates between this one and the leaf, self-issued ones not counted. */
function pathLength(place: number, path: Path): PathCheck {
  const limit = path[place]!.basicConstraints?.pathLength;
  const below = path.slice(1, place).filter(({ issuer, subject }) => !sameName(issuer, subject)).length;
  return result('path-length', place, limit === undefined || below <= limit);
}

/** 6.1.4 (n): where the extension is present. */
function keyCertSign(place: number, certificate: Certificate): PathCheck {
  return result('key-cert-sign', place, certificate.keyUsage?.has('keyCertSign') ?? true);
}

/** 6.1.4 (o), 6.1.5 (f). */
function criticalExtensions(place: number, { extensions }: Certificate): PathCheck {
  const names = extensions
    .filter(({ oid, critical }) => CONSTRAINTS.has(oid) || (critical && !SUPPORTED.has(oid)))
    .map(({ oid }) => oid);
  return names.length === 0 ? pass('critical-extensions', place) : { ...fail('critical-extensions', place), names };
}

/** 4.2.1.3: where the extension is present, the leaf's key has every usage that the purpose needs. */
function keyUsage({ keyUsage: allowed }: Certificate, purpose: readonly KeyUsage[]): PathCheck {
  const names = purpose.filter((usage) => allowed !== undefined && !allowed.has(usage));
  return names.length === 0 ? pass('key-usage', 0) : { ...fail('key-usage', 0), names };
}

const pass = (check: PathCheck['check'], place: number): PathCheck => ({ check, place, passed: true });
const fail = (check: PathCheck['check'], place: number): PathCheck => ({ check, place, passed: false });
const result = (check: PathCheck['check'], place: number, passed: boolean): PathCheck => ({ check, place, passed });
