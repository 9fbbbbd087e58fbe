import { NOT_APPLICABLE, PASSED, failed, require, undetermined } from './check.js';
import type { JudgeContext, Outcome, SignatureCheck } from './check.js';
import { isAccepted, isStrong } from './crypto-checks.js';
import type { PathEvidence, RevocationFacts, SignatureFacts } from '../facts.js';

const HOUR = 3_600_000;

/** EN 319 102-1: X.509 certificate validation (RFC 5280 6) and revocation freshness. */
export const PATH_CHECKS: readonly SignatureCheck[] = [
  {
    name: 'path.anchor',
    fragment: 'issuer',
    run: ({ signer, path }) =>
      // An issuer that the caller does not know is not a forger: open, never green.
      !signer ? NOT_APPLICABLE : path ? PASSED : undetermined('ISSUER_UNKNOWN', 'NO_CERTIFICATE_CHAIN_FOUND'),
  },
  pathCheck('path.signatures', 'issuer', ({ failed: faults }) => {
    const fault = faults.find(({ check }) => check === 'signature');
    if (!fault) return PASSED;
    return fault.why === 'suite-unknown'
      ? failed('PATH_ALGORITHM', 'CRYPTO_CONSTRAINTS_FAILURE', { place: fault.place })
      : failed('PATH_SIGNATURE', 'CERTIFICATE_CHAIN_GENERAL_FAILURE', { place: fault.place });
  }),
  pathCheck('path.constraints', 'issuer', ({ failed: faults }) => {
    const fault = faults.find(({ check }) => check !== 'signature' && check !== 'validity' && check !== 'key-usage');
    return fault
      ? failed('PATH_CONSTRAINT', 'CHAIN_CONSTRAINTS_FAILURE', { rule: fault.check, place: fault.place })
      : PASSED;
  }),
  pathCheck('path.algorithms', 'issuer', ({ certificates }, _, { policy, at }) => {
    // The anchor is believed, not computed: its own signature proves nothing.
    const place = certificates.slice(0, -1).findIndex(({ suite }) => !isAccepted(suite, policy, at));
    const weak = certificates.findIndex((one) => !isStrong(one, policy));
    if (place >= 0) return failed('PATH_ALGORITHM', 'CRYPTO_CONSTRAINTS_FAILURE', { place });
    return require(weak < 0, 'PATH_KEY', 'CRYPTO_CONSTRAINTS_FAILURE', { place: weak });
  }),
  pathCheck('path.validity', 'issuer', ({ certificates }, _, { at }) => {
    const place = certificates.findIndex(
      ({ notBefore, notAfter }) => at < new Date(notBefore) || at > new Date(notAfter),
    );
    if (place < 0) return PASSED;
    const { notBefore, notAfter } = certificates[place]!;
    // Only a proof of time (a time stamp) could show that the signature is older than the end of the period.
    return undetermined('CERTIFICATE_OUT_OF_PERIOD', 'OUT_OF_BOUNDS_NO_POE', { place, notBefore, notAfter });
  }),
  pathCheck('path.revocation', 'seal', revocation),
  { name: 'signature.claimed-time', fragment: 'seal', run: claimedTime },
  {
    name: 'signature.key-usage',
    fragment: 'seal',
    run: ({ signer }) => {
      if (!signer) return NOT_APPLICABLE;
      const allowed =
        signer.usage === null || signer.usage.includes('digitalSignature') || signer.usage.includes('nonRepudiation');
      return require(allowed, 'KEY_USAGE', 'CHAIN_CONSTRAINTS_FAILURE');
    },
  },
  {
    name: 'signature.purpose',
    fragment: 'seal',
    run: ({ signer, kind }, { policy }) =>
      signer && policy.purposes
        ? require(signer.policies.includes(policy.purposes[kind]), 'KEY_PURPOSE', 'CHAIN_CONSTRAINTS_FAILURE')
        : NOT_APPLICABLE,
  },
];

/**
 * Each certificate but the anchor needs a fresh list that does not name it. For a revoked signer the time counts, and a
 * claimed time is no proof (decision 12): after the revocation by the signer's own claim is wrong, before it is open.
 */
function revocation(
  { revocations }: PathEvidence,
  { claimedTime: claimed }: SignatureFacts,
  context: JudgeContext,
): Outcome {
  let open: Outcome | undefined;
  for (const [place, one] of revocations.entries()) {
    if (one.status === 'revoked') return revoked(one, place, claimed);
    const why = one.status === 'unknown' ? one.why : staleness(one, place, context);
    if (why !== null)
      open ??= undetermined('REVOCATION_UNKNOWN', 'TRY_LATER', { place, why, thisUpdate: one.thisUpdate });
  }
  return open ?? { result: 'passed', details: { thisUpdate: revocations[0]?.thisUpdate ?? null } };
}

function revoked(
  one: RevocationFacts & { readonly status: 'revoked' },
  place: number,
  claimed: string | null,
): Outcome {
  const details = { place, revokedAt: one.at, why: one.reason };
  if (place > 0) return undetermined('AUTHORITY_REVOKED', 'REVOKED_CA_NO_POE', details);
  if (claimed !== null && new Date(claimed) >= new Date(one.at)) return failed('SIGNER_REVOKED', 'REVOKED', details);
  return undetermined('SIGNER_REVOKED_NO_PROOF', 'REVOKED_NO_POE', { ...details, claimedTime: claimed });
}

function staleness(
  one: RevocationFacts & { readonly status: 'good' },
  place: number,
  { policy, at }: JudgeContext,
): 'stale' | null {
  const limit = place === 0 ? policy.maxCrlAgeHours.signer : policy.maxCrlAgeHours.authority;
  const age = at.getTime() - new Date(one.thisUpdate).getTime();
  const ended = one.nextUpdate !== null && at > new Date(one.nextUpdate);
  return age > limit * HOUR || age < 0 || ended ? 'stale' : null;
}

/** A claim that cannot be true: in the future, or outside the period of the signer's own certificate. */
function claimedTime({ claimedTime: claimed, signer }: SignatureFacts, { policy, at }: JudgeContext): Outcome {
  if (claimed === null) return NOT_APPLICABLE;
  const time = new Date(claimed).getTime();
  if (time > at.getTime() + policy.clockToleranceSeconds * 1000)
    return failed('CLAIMED_TIME_IN_FUTURE', 'SIG_CONSTRAINTS_FAILURE', { claimedTime: claimed });
  const outside = signer !== null && (time < Date.parse(signer.notBefore) || time > Date.parse(signer.notAfter));
  return require(!outside, 'CLAIMED_TIME_OUTSIDE_PERIOD', 'SIG_CONSTRAINTS_FAILURE', { claimedTime: claimed });
}

function pathCheck(
  name: SignatureCheck['name'],
  fragment: SignatureCheck['fragment'],
  run: (path: PathEvidence, signature: SignatureFacts, context: JudgeContext) => Outcome,
): SignatureCheck {
  return {
    name,
    fragment,
    run: (signature, context) => (signature.path ? run(signature.path, signature, context) : NOT_APPLICABLE),
  };
}
