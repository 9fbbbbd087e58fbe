import type { Words } from '../errors/index.js';
import { signerName } from './signer-name.js';
import { STATE_WORDS } from '../licence/index.js';
import { boundLicence, stateOf } from './checks/licence-checks.js';
import type { JudgeContext, Placed } from './checks/check.js';
import { ownSignatures } from './checks/file-checks.js';
import type { Verdict, VerificationReport } from './types.js';

/** The licence of the file: as it says itself, with the registry's state where one was asked for and answered. */
export function licenceOf(context: JudgeContext): VerificationReport['licence'] {
  const binding = boundLicence(context);
  if (!binding) return null;
  const { registry } = context.facts;
  const answer = registry.asked ? registry.answer : null;
  const known = answer?.licence ?? null;
  return {
    identifier: binding.licence,
    version: binding.version,
    typeName: known?.typeName ?? null,
    state: known && stateOf(known, context.at).state,
    asOf: answer?.asOf ?? null,
  };
}

const VERDICTS: Readonly<Record<Verdict, Words>> = {
  accepted: { en: 'Accepted', zh: '核验通过' },
  refused: { en: 'Refused', zh: '核验不通过' },
  undetermined: { en: 'Not determined', zh: '无法确定' },
};

/** One sentence for a person: the verdict, why, and what still holds or was not asked. */
export function summaryOf(input: {
  readonly verdict: Verdict;
  readonly reasons: VerificationReport['reasons'];
  readonly all: readonly Placed[];
  readonly context: JudgeContext;
}): Words {
  const { verdict, reasons, all, context } = input;
  const parts: Words[] = [verdict === 'accepted' ? acceptedWords(context) : reasons[0]!.words];
  if (verdict !== 'accepted' && sealHolds(all, context))
    parts.push({ en: 'the seal itself is intact', zh: '印章本身完好有效' });
  if (boundLicence(context) && !context.facts.registry.asked)
    parts.push({ en: 'the state of the licence was not asked for', zh: '未查询证照状态' });
  return {
    en: `${VERDICTS[verdict].en}: ${parts.map(({ en }) => en).join('; ')}.`,
    zh: `${VERDICTS[verdict].zh}：${parts.map(({ zh }) => zh).join('；')}。`,
  };
}

function acceptedWords(context: JudgeContext): Words {
  const state = licenceOf(context)?.state as keyof typeof STATE_WORDS | null | undefined;
  const signer = ownSignatures(context.facts.signatures)[0]?.signer;
  const who = signer ? signerName(signer) : '';
  return {
    en: `the file is unchanged and the seal of ${who} is valid${state ? `, the licence is ${STATE_WORDS[state].en}` : ''}`,
    zh: `文件未被改动，${who}的印章有效${state ? `，证照状态：${STATE_WORDS[state].zh}` : ''}`,
  };
}

/** All that speaks of bytes, seal and issuer is in order: the fault lies with the licence alone. */
function sealHolds(all: readonly Placed[], { facts }: JudgeContext): boolean {
  const others = all.filter(({ fragment, finding }) => fragment !== 'licence' && finding.level === 'fail');
  return (
    facts.signatures.length > 0 &&
    others.every(({ finding }) => finding.result === 'passed' || finding.result === 'not-applicable')
  );
}
