import { signerName } from './signer-name.js';
import type { Words } from '../errors/index.js';
import type { CheckName } from './checks/check-names.js';
import type { Finding, FragmentResult, Indication, VerificationReport } from './types.js';
import { CHECK_WORDS } from './words/checks.table.js';

export type ReportLanguage = 'zh-CN' | 'en';

const FRAGMENTS: Readonly<Record<keyof VerificationReport['fragments'], Words>> = {
  integrity: { en: 'File intact', zh: '文件完整' },
  seal: { en: 'Seal valid', zh: '印章有效' },
  licence: { en: 'State of the licence', zh: '证照状态' },
  issuer: { en: 'Issuing body', zh: '签发主体' },
};

const RESULTS: Readonly<Record<FragmentResult, Words>> = {
  passed: { en: 'passed', zh: '通过' },
  failed: { en: 'failed', zh: '不通过' },
  undetermined: { en: 'not determined', zh: '无法确定' },
  'not-applicable': { en: 'not applicable', zh: '不适用' },
};

const INDICATIONS: Readonly<Record<Indication, Words>> = {
  TOTAL_PASSED: { en: 'valid', zh: '有效' },
  INDETERMINATE: { en: 'indeterminate', zh: '不能确定' },
  TOTAL_FAILED: { en: 'invalid', zh: '无效' },
};

const MARKS: Readonly<Record<Finding['result'], string>> = {
  passed: '+',
  failed: 'x',
  undetermined: '?',
  'not-applicable': '-',
};

/** The report for people: one sentence, the four fragments, each signature, then every check that says something. */
export function reportText(report: VerificationReport, language: ReportLanguage): string {
  const say = (words: Words) => (language === 'en' ? words.en : words.zh);
  const lines = [say(report.summary), ''];
  for (const [name, words] of Object.entries(FRAGMENTS))
    lines.push(`${say(words)}: ${say(RESULTS[report.fragments[name as keyof typeof FRAGMENTS]])}`);
  for (const { words } of report.reasons.slice(1)) lines.push(`! ${say(words)}`);
  for (const one of report.signatures) {
    const who = one.signer ? ` — ${signerName(one.signer)}` : '';
    const sub = one.subIndication ? ` / ${one.subIndication}` : '';
    lines.push(
      '',
      `${one.id}${who}: ${say(INDICATIONS[one.indication])} (${one.indication}${sub}, ${one.suite ?? '?'})`,
    );
    lines.push(...findingLines(one.findings, say));
  }
  lines.push('', ...findingLines(report.findings, say));
  const { name, version, digest } = report.policy;
  lines.push('', `${say({ en: 'Policy', zh: '核验策略' })}: ${name} ${version} (${digest.slice(0, 16)})`);
  lines.push(`${say({ en: 'Judged for', zh: '核验时间' })}: ${report.at}`, `SHA-256: ${report.file.sha256}`);
  return lines.join('\n') + '\n';
}

function findingLines(findings: readonly Finding[], say: (words: Words) => string): readonly string[] {
  return findings
    .filter(({ result, level }) => result !== 'not-applicable' && level !== 'ignore')
    .map(({ check, result, level, words }) => {
      const title = say(CHECK_WORDS[check as CheckName]);
      const why = result === 'passed' ? '' : `: ${say(words)}${level === 'fail' ? '' : ` [${level}]`}`;
      return `  ${MARKS[result]} ${title}${why}`;
    });
}
