import { shanghaiDay, stateAt } from '../../licence/index.js';
import type { LicenceState } from '../../licence/index.js';
import type { Binding } from '../../renditions/index.js';
import { NOT_APPLICABLE, PASSED, failed, require, undetermined } from './check.js';
import type { FileCheck, JudgeContext, Outcome } from './check.js';
import { ownSignatures } from './file-checks.js';
import type { RegistryAnswer } from '../evidence.js';
import type { ReasonCode } from '../words/reasons.table.js';

/** The licence itself, as the registry knows it and as its own dates say, and who issued it. */
export const LICENCE_CHECKS: readonly FileCheck[] = [
  { name: 'licence.state', fragment: 'licence', run: licenceState },
  registryCheck('licence.version', (licence, { version }) =>
    require(licence.version === version, 'LICENCE_SUPERSEDED', undefined, { version, newest: licence.version }),
  ),
  registryCheck('licence.commitment', (licence, { commitment }) =>
    require(licence.commitment.sha256 === commitment.sha256 &&
      licence.commitment.sm3 === commitment.sm3, 'REGISTRY_COMMITMENT_DIFFERS'),
  ),
  { name: 'licence.validity', fragment: 'licence', run: licenceValidity },
  registryCheck('licence.suites', (licence, { requiredSuites }) => {
    const missing = requiredSuites.filter(
      (suite) => !licence.renditions.some((one) => one.kind !== 'sd-jwt' && one.suite === suite),
    );
    return require(missing.length === 0, 'SUITE_MISSING', undefined, { missing: missing.join(', ') });
  }),
  { name: 'issuer.name', fragment: 'issuer', run: issuerName },
];

/** The licence that the document's own signatures name. */
export function boundLicence({ facts }: JudgeContext): Binding | undefined {
  for (const { binding } of ownSignatures(facts.signatures)) if (binding.found === 'once') return binding.value;
  return undefined;
}

const STATE_REASONS: Readonly<Partial<Record<LicenceState, ReasonCode>>> = {
  suspended: 'LICENCE_SUSPENDED',
  expired: 'LICENCE_EXPIRED',
  cancelled: 'LICENCE_CANCELLED',
  withdrawn: 'LICENCE_WITHDRAWN',
  revoked: 'LICENCE_REVOKED',
  superseded: 'LICENCE_SUPERSEDED',
  draft: 'LICENCE_NOT_IN_FORCE',
};

function licenceState(context: JudgeContext): Outcome {
  const { facts, policy, at } = context;
  if (!boundLicence(context)) return NOT_APPLICABLE;
  if (!facts.registry.asked)
    return policy.stateNotAsked === 'accept' ? NOT_APPLICABLE : undetermined('STATE_NOT_ASKED');
  const { answer } = facts.registry;
  if (answer === null) return undetermined('REGISTRY_SILENT', 'TRY_LATER');
  if (answer.licence === null) return failed('LICENCE_UNKNOWN', undefined, { identifier: answer.identifier });
  const { state, since } = stateOf(answer.licence, at);
  const reason = STATE_REASONS[state];
  return reason === undefined
    ? { result: 'passed', details: { state, asOf: answer.asOf } }
    : failed(reason, undefined, { state, since, asOf: answer.asOf });
}

export function stateOf(
  licence: NonNullable<RegistryAnswer['licence']>,
  at: Date,
): { readonly state: LicenceState; readonly since: string | null } {
  const states = licence.states.map((one) => ({ ...one, eventId: '' }));
  const state = stateAt({ states, validUntil: licence.validUntil }, at);
  return {
    state,
    since: licence.states.findLast((one) => one.state === state && new Date(one.from) <= at)?.from ?? null,
  };
}

/** By the dates that were signed, so it needs no registry. Days of Asia/Shanghai, the last one included. */
function licenceValidity({ facts: { data }, at }: JudgeContext): Outcome {
  if (!data?.validity) return NOT_APPLICABLE;
  const { from, until } = data.validity;
  const day = shanghaiDay(at);
  if (day < from) return failed('LICENCE_NOT_IN_FORCE', undefined, { from });
  return until !== null && day > until ? failed('LICENCE_EXPIRED', undefined, { until }) : PASSED;
}

/** The seal belongs to the body that the data names: its certificate begins O with that body's credit code (decision 25). */
function issuerName({ facts: { data, signatures }, policy }: JudgeContext): Outcome {
  if (!data?.issuer || !policy.requireTrace) return NOT_APPLICABLE;
  const { code } = data.issuer;
  const other = signatures.find(({ signer }) => signer !== null && !signer.organisation.startsWith(code));
  return other ? failed('ISSUER_DIFFERS', undefined, { issuer: code, signer: other.signer!.organisation }) : PASSED;
}

function registryCheck(
  name: FileCheck['name'],
  run: (licence: NonNullable<RegistryAnswer['licence']>, binding: Binding) => Outcome,
): FileCheck {
  return {
    name,
    fragment: 'licence',
    run: (context) => {
      const { registry } = context.facts;
      const binding = boundLicence(context);
      const licence = registry.asked ? registry.answer?.licence : undefined;
      return licence && binding ? run(licence, binding) : NOT_APPLICABLE;
    },
  };
}
