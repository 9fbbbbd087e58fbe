import { canonicalText } from '../../encoding/index.js';
import type { Json } from '../../errors/index.js';
import { NOT_APPLICABLE, PASSED, failed, require } from './check.js';
import type { FileCheck, JudgeContext, Outcome } from './check.js';
import { faceMismatches } from './face-matches.js';
import type { FaceEvidence } from '../evidence.js';

/** The structured data against its commitment, against the seal, and against what the pages show (decisions 1 and 16). */
export const DATA_CHECKS: readonly FileCheck[] = [
  {
    name: 'data.present',
    fragment: 'integrity',
    run: ({ facts, policy }) =>
      facts.pdf && policy.requireTrace ? require(facts.data !== null, 'DATA_ABSENT') : NOT_APPLICABLE,
  },
  {
    name: 'data.commitment',
    fragment: 'integrity',
    run: ({ facts: { data } }) =>
      data ? require(data.commitmentFits && data.disclosuresFit, 'COMMITMENT_DIFFERS') : NOT_APPLICABLE,
  },
  { name: 'data.binding', fragment: 'integrity', run: dataBinding },
  faceCheck('face.readable', ({ problems }) =>
    require(problems.length === 0, 'FACE_UNREADABLE', undefined, { problems: problems.join(', ') }),
  ),
  faceCheck('face.data', ({ runs }, { facts: { data } }) => {
    if (!data || runs.length === 0) return NOT_APPLICABLE;
    const wrong = faceMismatches(runs, data);
    return require(wrong.length === 0, 'FACE_DIFFERS', undefined, { items: wrong.slice(0, 10).join(', ') });
  }),
  faceCheck('face.glyphs', ({ runs }) => {
    const wrong = runs.find(({ glyphs }) => glyphs === 'different');
    if (wrong) return failed('GLYPHS_DIFFER', undefined, { item: wrong.path });
    return runs.some(({ glyphs }) => glyphs === 'same') ? PASSED : NOT_APPLICABLE;
  }),
  faceCheck('face.hidden', ({ hidden }) =>
    require(hidden.length === 0, 'TEXT_HIDDEN', undefined, {
      count: hidden.length,
      how: [...new Set(hidden.map(({ reason }) => reason))].join(', '),
    }),
  ),
];

/** Every seal of the document speaks of the same licence, version, commitment and suites as the data inside. */
function dataBinding({ facts: { data, signatures } }: JudgeContext): Outcome {
  if (data?.binding.found !== 'once') return NOT_APPLICABLE;
  const expected = parts(data.binding.value);
  const others = signatures.filter((one) => one.kind === 'pdf').map(({ binding }) => binding);
  const bound = others.flatMap((one) => (one.found === 'once' ? [parts(one.value)] : []));
  if (bound.length === 0) return NOT_APPLICABLE;
  return require(bound.every((one) => one === expected), 'DATA_OF_ANOTHER_LICENCE');
}

function parts(binding: {
  readonly licence: string;
  readonly version: string;
  readonly commitment: unknown;
  readonly requiredSuites: unknown;
}): string {
  const { licence, version, commitment, requiredSuites } = binding;
  return canonicalText([licence, version, commitment, requiredSuites] as Json);
}

function faceCheck(name: FileCheck['name'], run: (face: FaceEvidence, context: JudgeContext) => Outcome): FileCheck {
  return {
    name,
    fragment: 'integrity',
    run: (context) => (context.facts.pdf ? run(context.facts.pdf.face, context) : NOT_APPLICABLE),
  };
}
