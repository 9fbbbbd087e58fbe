import type { Fragment, Placed } from './checks/check.js';
import type { Facts } from './facts.js';
import type { Finding, FragmentResult, Indication, SubIndication, Verdict, VerificationReport } from './types.js';

/** EN 319 102-1: sub-indications that go with TOTAL-FAILED; all others are INDETERMINATE. */
const TOTAL_FAILURES: ReadonlySet<SubIndication | undefined> = new Set<SubIndication | undefined>([
  'FORMAT_FAILURE',
  'HASH_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'REVOKED',
]);

const counts = (finding: Finding) =>
  finding.level === 'fail' && finding.result !== 'passed' && finding.result !== 'not-applicable';

/** Findings that decide, the gravest kind first; within a kind in the order in which the checks ran. */
export function decisive(findings: readonly Finding[]): readonly Finding[] {
  const deciding = findings.filter(counts);
  return [
    ...deciding.filter((one) => TOTAL_FAILURES.has(one.subIndication)),
    ...deciding.filter((one) => !TOTAL_FAILURES.has(one.subIndication) && one.result === 'failed'),
    ...deciding.filter((one) => !TOTAL_FAILURES.has(one.subIndication) && one.result === 'undetermined'),
  ];
}

/** The conclusion of one signature is the first of its decisive findings. */
export function indicationOf(findings: readonly Finding[]): {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
} {
  const [first] = decisive(findings);
  if (!first) return { indication: 'TOTAL_PASSED', subIndication: null };
  const subIndication = first.subIndication ?? 'GENERIC';
  return { indication: TOTAL_FAILURES.has(subIndication) ? 'TOTAL_FAILED' : 'INDETERMINATE', subIndication };
}

/** The policy's answer, never mixed with the indication (decision 11). What could not be checked is never accepted. */
export function verdictOf(all: readonly Placed[]): Verdict {
  const deciding = all.map(({ finding }) => finding).filter(counts);
  if (deciding.some(({ result }) => result === 'failed')) return 'refused';
  return deciding.length > 0 ? 'undetermined' : 'accepted';
}

export function reasonsOf(all: readonly Placed[]): VerificationReport['reasons'] {
  const reasons = decisive(all.map(({ finding }) => finding)).map(({ reason, words }) => ({ code: reason!, words }));
  // One reason may be found in several signatures.
  return reasons.filter(({ code }, i) => reasons.findIndex((one) => one.code === code) === i);
}

/**
 * integrity, seal, licence, issuer. The licence is `passed` only when its registry said so: a file alone knows no state,
 * so without being asked that fragment is `not-applicable` at best.
 */
export function fragmentsOf(all: readonly Placed[], facts: Facts): VerificationReport['fragments'] {
  const of = (fragment: Fragment): FragmentResult => {
    const results = all
      .filter((one) => one.fragment === fragment && one.finding.level === 'fail')
      .map(({ finding }) => finding.result);
    if (results.includes('failed')) return 'failed';
    if (results.includes('undetermined')) return 'undetermined';
    return results.includes('passed') ? 'passed' : 'not-applicable';
  };
  const licence = of('licence');
  return {
    integrity: of('integrity'),
    seal: of('seal'),
    licence: licence === 'passed' && !facts.registry.asked ? 'not-applicable' : licence,
    issuer: of('issuer'),
  };
}
