import { DATA_CHECKS } from './checks/data-checks.js';
import { FILE_STRUCTURE_CHECKS } from './checks/file-checks.js';
import { LICENCE_CHECKS } from './checks/licence-checks.js';
import { CRYPTO_CHECKS } from './checks/crypto-checks.js';
import { FORMAT_CHECKS } from './checks/format-checks.js';
import { PATH_CHECKS } from './checks/path-checks.js';
import { TRACE_CHECKS } from './checks/trace-checks.js';
import type { FileCheck, Fragment, JudgeContext, Outcome, Placed, SignatureCheck } from './checks/check.js';
import type { CheckName } from './checks/check-names.js';
import type { Facts, SignatureFacts } from './facts.js';
import { policyDigest } from './policies/policy-by-name.js';
import type { Policy } from './policies/policy.js';
import { fragmentsOf, indicationOf, reasonsOf, verdictOf } from './conclude.js';
import { licenceOf, summaryOf } from './summary.js';
import type { Finding, SignatureReport, VerificationReport } from './types.js';
import { CHECK_WORDS } from './words/checks.table.js';
import { fill } from './words/fill.js';
import { REASON_WORDS } from './words/reasons.table.js';

/** In the order of EN 319 102-1: format, identification and cryptography, certificates; then what is ours. */
const SIGNATURE_BLOCK: readonly SignatureCheck[] = [
  ...FORMAT_CHECKS,
  ...CRYPTO_CHECKS,
  ...PATH_CHECKS,
  ...TRACE_CHECKS,
];
const FILE_BLOCK: readonly FileCheck[] = [...FILE_STRUCTURE_CHECKS, ...DATA_CHECKS, ...LICENCE_CHECKS];

/**
 * Last step of decision 13: what follows from the facts under this policy. Pure: the same facts, policy and time give
 * the same report, always. `at` should be the time of the facts; periods and ages are computed for it again, but lists
 * that were not known then stay unknown.
 */
export function judge(facts: Facts, policy: Policy, at: Date): VerificationReport {
  const context: JudgeContext = { facts, policy, at };
  const signatures = facts.signatures.map((one) => ({
    facts: one,
    placed: runBlock(SIGNATURE_BLOCK, policy, (check) => check.run(one, context)),
  }));
  const file = runBlock(FILE_BLOCK, policy, (check) => check.run(context));
  const all = [...signatures.flatMap(({ placed }) => placed), ...file];
  const verdict = verdictOf(all);
  const reasons = reasonsOf(all);
  return {
    verdict,
    fragments: fragmentsOf(all, facts),
    signatures: [...signatures.map((one) => signatureReportOf(one.facts, one.placed)), ...standIn(facts)],
    policy: { name: policy.name, version: policy.version, digest: policyDigest(policy) },
    at: at.toISOString(),
    summary: summaryOf({ verdict, reasons, all, context }),
    reasons,
    file: facts.file,
    licence: licenceOf(context),
    findings: file.map(({ finding }) => finding),
  };
}

/** Every check of a block runs and is reported; none stops another. */
function runBlock<C extends { readonly name: CheckName; readonly fragment: Fragment }>(
  block: readonly C[],
  policy: Policy,
  run: (check: C) => Outcome,
): readonly Placed[] {
  return block.map((check) => ({ fragment: check.fragment, finding: findingOf(check.name, run(check), policy) }));
}

function findingOf(check: CheckName, outcome: Outcome, policy: Policy): Finding {
  const base = { check, result: outcome.result, level: policy.levels[check] };
  if (outcome.result === 'not-applicable') return { ...base, words: CHECK_WORDS[check] };
  const details = outcome.details ? { details: outcome.details } : {};
  if (outcome.result === 'passed') return { ...base, words: CHECK_WORDS[check], ...details };
  const { reason, subIndication } = outcome;
  return {
    ...base,
    ...(subIndication ? { subIndication } : {}),
    reason,
    words: fill(REASON_WORDS[reason], outcome.details),
    ...details,
  };
}

function signatureReportOf(facts: SignatureFacts, placed: readonly Placed[]): SignatureReport {
  const findings = placed.map(({ finding }) => finding);
  const { id, kind, signer, binding, cms, value, path } = facts;
  return {
    id,
    kind,
    ...indicationOf(findings),
    intact: value === 'right' && (cms === null || cms.messageDigest === 'equal'),
    coversWholeDocument:
      !facts.attached && (facts.pdf === null ? facts.unreadable === null : facts.pdf.coverage === 'whole-file'),
    suite: facts.suite,
    signer: signer && { name: signer.name, certificate: signer.id, organisation: signer.organisation },
    claimedTime: facts.claimedTime,
    // Only a time stamp proves a time. The journal proves an order (see `journal.proof`), and its intent states a time.
    provedTime: null,
    revocationChecked: path !== null && path.revocations.every(({ status }) => status !== 'unknown'),
    binding: binding.found === 'once' ? binding.value : null,
    findings,
  };
}

/** A damaged file whose signature can no longer be found is a failed signature, not a file without one. */
function standIn({ signatures, file, unreadable, pdf }: Facts): readonly SignatureReport[] {
  const damaged = unreadable !== null || (pdf !== null && pdf.problems.length > 0);
  // Attached data has a signature of its own, which says nothing about the seal of the PDF around it.
  if (signatures.some(({ attached }) => !attached) || !damaged || file.kind === 'unknown') return [];
  return [
    {
      id: 'file',
      kind: file.kind,
      indication: 'TOTAL_FAILED',
      subIndication: 'FORMAT_FAILURE',
      intact: false,
      coversWholeDocument: false,
      suite: null,
      signer: null,
      claimedTime: null,
      provedTime: null,
      revocationChecked: false,
      binding: null,
      findings: [],
    },
  ];
}
