import { NOT_APPLICABLE, PASSED, failed, require, undetermined } from './check.js';
import type { JudgeContext, Outcome, SignatureCheck } from './check.js';
import type { RegistrySeal } from '../evidence.js';
import type { SignatureFacts } from '../facts.js';

/** What binds a signature to one licence and leaves a public trace of it (decisions 1, 2 and 12). */
export const TRACE_CHECKS: readonly SignatureCheck[] = [
  { name: 'binding.present', fragment: 'integrity', run: bindingPresent },
  {
    name: 'binding.kind',
    fragment: 'integrity',
    run: ({ binding, kind }) =>
      binding.found === 'once'
        ? require(binding.value.kind === kind, 'BINDING_OTHER_KIND', 'SIG_CONSTRAINTS_FAILURE', {
            kind: binding.value.kind,
          })
        : NOT_APPLICABLE,
  },
  { name: 'journal.proof', fragment: 'seal', run: journalProof },
  { name: 'journal.intent', fragment: 'seal', run: journalIntent },
  { name: 'seal.state', fragment: 'seal', run: sealState },
];

function bindingPresent({ binding, unreadable }: SignatureFacts, { policy }: JudgeContext): Outcome {
  if (unreadable) return NOT_APPLICABLE;
  if (binding.found === 'malformed') return failed('BINDING_MALFORMED', 'FORMAT_FAILURE');
  if (binding.found === 'once') return PASSED;
  return policy.requireTrace ? failed('BINDING_ABSENT', 'SIG_CONSTRAINTS_FAILURE') : NOT_APPLICABLE;
}

function journalProof({ journal, unreadable }: SignatureFacts, { policy }: JudgeContext): Outcome {
  if (unreadable) return NOT_APPLICABLE;
  switch (journal.state) {
    case 'absent':
      return policy.requireTrace ? failed('JOURNAL_PROOF_ABSENT', 'SIG_CONSTRAINTS_FAILURE') : NOT_APPLICABLE;
    case 'malformed':
      return failed('JOURNAL_PROOF_MALFORMED', 'FORMAT_FAILURE');
    case 'wrong':
      return failed('JOURNAL_PROOF_WRONG', 'SIG_CONSTRAINTS_FAILURE', { code: journal.why });
    case 'unknown-journal':
      return undetermined('JOURNAL_UNKNOWN', 'SIG_CONSTRAINTS_FAILURE', { origin: journal.origin });
    case 'proved':
      return {
        result: 'passed',
        details: { origin: journal.origin, index: journal.index, treeSize: journal.treeSize },
      };
  }
}

/** The intent in the journal must be the one for this content, licence, suite and seal: else any old intent would do. */
function journalIntent({ journal, signer }: SignatureFacts): Outcome {
  if (!('intent' in journal)) return NOT_APPLICABLE;
  const { fitsContent, fitsBinding, fitsSuite, intent } = journal;
  const fitsSeal = signer === null || signer.name === intent.sealCode;
  const good = fitsContent && fitsBinding && fitsSuite && fitsSeal;
  return require(good, 'INTENT_OF_ANOTHER', 'SIG_CONSTRAINTS_FAILURE', {
    fitsContent,
    fitsBinding,
    fitsSuite,
    fitsSeal,
  });
}

/**
 * Both views of decision 12: by the claimed time (GM/T 0031) a seal that was not in use makes the signature wrong; where it
 * went out of use later, only an order proves that the signature is older: the journal had its intent before.
 */
function sealState({ journal, claimedTime }: SignatureFacts, { facts, at }: JudgeContext): Outcome {
  if (!facts.registry.asked || !('intent' in journal)) return NOT_APPLICABLE;
  if (facts.registry.answer === null) return undetermined('REGISTRY_SILENT', 'TRY_LATER');
  // An unknown licence is one fault, told by `licence.state`; its seal is not looked for.
  if (facts.registry.answer.licence === null) return NOT_APPLICABLE;
  const code = journal.intent.sealCode;
  const seal = facts.registry.answer.seals.find((one) => one.code === code);
  if (!seal) return failed('SEAL_UNKNOWN', 'SIG_CONSTRAINTS_FAILURE', { seal: code });
  const claimed = new Date(claimedTime ?? journal.intent.at);
  const then = seal.states.find(
    (one) => new Date(one.from) <= claimed && (one.until === null || claimed < new Date(one.until)),
  );
  if (then?.state !== 'in-use')
    return failed('SEAL_NOT_IN_USE', 'SIG_CONSTRAINTS_FAILURE', { seal: code, state: then?.state ?? null });
  const end = outOfUseAfter(seal, claimed, at);
  if (!end) return PASSED;
  const details = { seal: code, state: end.state, since: end.from, claimedTime: claimed.toISOString() };
  const provedBefore = journal.state === 'proved' && end.journalSize !== null && journal.index < end.journalSize;
  return provedBefore
    ? { result: 'passed', details }
    : undetermined('SEAL_OUT_OF_USE_NO_PROOF', 'REVOKED_NO_POE', details);
}

/** The first state after the claimed time, up to `at`, in which the seal was not in use. */
function outOfUseAfter(seal: RegistrySeal, claimed: Date, at: Date): RegistrySeal['states'][number] | undefined {
  return seal.states.find((one) => one.state !== 'in-use' && new Date(one.from) > claimed && new Date(one.from) <= at);
}
