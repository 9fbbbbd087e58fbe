import type { VerificationReport } from '../../operations/index.js';
import { facts } from './facts.js';
import { html } from './html.js';
import type { Html } from './html.js';
import { instantText, linkTo, page } from './page.js';
import type { Language, PageSetting } from './page.js';
import { stateWords } from './state-words.js';

type Verdict = VerificationReport['verdict'];
type Fragment = keyof VerificationReport['fragments'];
type FragmentResult = VerificationReport['fragments'][Fragment];

const WORDS = {
  zh: {
    title: '核验结果',
    verdicts: { accepted: '核验通过', refused: '核验不通过', undetermined: '无法判定' },
    fragments: { integrity: '文件完整', seal: '印章有效', licence: '证照状态', issuer: '签发主体' },
    results: { passed: '通过', failed: '不通过', undetermined: '无法判定', 'not-applicable': '不适用' },
    reasons: '原因',
    licence: '证照',
    identifier: '证照标识',
    type: '证照类型',
    state: '登记状态',
    asOf: '查询时间',
    file: '文件',
    name: '文件名',
    size: '大小',
    bytes: (count: number) => `${count} 字节`,
    technical: '技术报告',
    policy: '验证规则',
    at: '核验时刻',
    signature: '签章',
    indication: '结论',
    suite: '密码算法',
    signer: '签章人',
    provedTime: '日志证明的时间',
    claimedTime: '文件自称的时间',
    covers: '覆盖整个文件',
    intact: '签名值正确',
    revocation: '已查吊销',
    yes: '是',
    no: '否',
    check: '检查项',
    result: '结果',
    wholeFile: '整个文件的检查',
    kept: '文件已丢弃，未被保存。',
    again: '再核验一个文件',
  },
  en: {
    title: 'Result',
    verdicts: { accepted: 'Accepted', refused: 'Refused', undetermined: 'Cannot be determined' },
    fragments: { integrity: 'File intact', seal: 'Seal valid', licence: 'State of the licence', issuer: 'Issuer' },
    results: { passed: 'passed', failed: 'failed', undetermined: 'undetermined', 'not-applicable': 'not applicable' },
    reasons: 'Reasons',
    licence: 'Licence',
    identifier: 'Identifier',
    type: 'Type',
    state: 'State in the registry',
    asOf: 'Asked at',
    file: 'File',
    name: 'Name',
    size: 'Size',
    bytes: (count: number) => `${count} bytes`,
    technical: 'Technical report',
    policy: 'Rules',
    at: 'Judged for',
    signature: 'Seal',
    indication: 'Conclusion',
    suite: 'Cryptography',
    signer: 'Sealed by',
    provedTime: 'Time proved by the journal',
    claimedTime: 'Time that the file claims',
    covers: 'Covers the whole file',
    intact: 'Signature value right',
    revocation: 'Revocation checked',
    yes: 'yes',
    no: 'no',
    check: 'Check',
    result: 'Result',
    wholeFile: 'Checks of the whole file',
    kept: 'The file has been dropped. It was not kept.',
    again: 'Verify another file',
  },
} as const;

/** Never by colour alone. */
const MARKS: Readonly<Record<Verdict | FragmentResult, string>> = {
  accepted: '✓',
  refused: '✕',
  undetermined: '?',
  passed: '✓',
  failed: '✕',
  'not-applicable': '–',
};

const FRAGMENTS: readonly Fragment[] = ['integrity', 'seal', 'licence', 'issuer'];

/** Verdict in one sentence, then its four parts, then why, then everything. */
export function reportPage(setting: PageSetting, report: VerificationReport, fileName: string): string {
  const { language } = setting;
  const words = WORDS[language];
  const content = html`<section class="verdict ${report.verdict}" aria-labelledby="verdict">
      <p class="mark" aria-hidden="true">${MARKS[report.verdict]}</p>
      <div>
        <h1 id="verdict">${words.verdicts[report.verdict]}</h1>
        <p>${report.summary[language]}</p>
      </div>
    </section>
    <ul class="fragments">
      ${FRAGMENTS.map((name) => fragmentItem(name, report.fragments[name], language))}
    </ul>
    ${
      report.reasons.length > 0 &&
      html`<h2>${words.reasons}</h2>
        <ul class="reasons">
          ${report.reasons.map((reason) => html`<li>${reason.words[language]} <code>${reason.code}</code></li>`)}
        </ul>`
    }
    ${licenceFacts(report, language)}
    <h2>${words.file}</h2>
    ${facts([
      [words.name, fileName],
      [words.size, words.bytes(report.file.bytes)],
      ['SHA-256', html`<code>${report.file.sha256}</code>`],
    ])}
    <p class="notice">${words.kept}</p>
    ${technicalReport(report, language)}
    <p><a class="button" href="${linkTo('/', language)}">${words.again}</a></p>`;
  return page(setting, words.verdicts[report.verdict], content);
}

const fragmentItem = (name: Fragment, result: FragmentResult, language: Language): Html =>
  html`<li class="${result}">
    <span class="mark" aria-hidden="true">${MARKS[result]}</span> <span>${WORDS[language].fragments[name]}</span>
    <strong>${WORDS[language].results[result]}</strong>
  </li>`;

function licenceFacts({ licence }: VerificationReport, language: Language): Html | null {
  if (!licence) return null;
  const words = WORDS[language];
  return html`<h2>${words.licence}</h2>
    ${facts([
      [words.identifier, html`<code>${licence.identifier}</code>`],
      ...(licence.typeName === null ? [] : [[words.type, licence.typeName] as const]),
      ...(licence.state === null ? [] : [[words.state, stateWords(licence.state)[language]] as const]),
      ...(licence.asOf === null ? [] : [[words.asOf, instantText(licence.asOf, language)] as const]),
    ])}`;
}

function technicalReport(report: VerificationReport, language: Language): Html {
  const words = WORDS[language];
  const yesNo = (value: boolean) => (value ? words.yes : words.no);
  const time = (value: string | null) => (value === null ? '–' : instantText(value, language));
  return html`<details class="technical">
    <summary>${words.technical}</summary>
    ${facts([
      [words.policy, `${report.policy.name} ${report.policy.version}`],
      [words.at, instantText(report.at, language)],
    ])}
    ${report.signatures.map(
      (one, i) =>
        html`<h3>${words.signature} ${i + 1}</h3>
          ${facts([
            [words.indication, [one.indication, one.subIndication].filter((part) => part !== null).join(' / ')],
            [words.suite, one.suite ?? '–'],
            [words.signer, one.signer ? `${one.signer.organisation} ${one.signer.name}` : '–'],
            [words.intact, yesNo(one.intact)],
            [words.covers, yesNo(one.coversWholeDocument)],
            [words.revocation, yesNo(one.revocationChecked)],
            [words.provedTime, time(one.provedTime)],
            [words.claimedTime, time(one.claimedTime)],
          ])}
          ${findingTable(one.findings, language)}`,
    )}
    ${
      report.findings.length > 0 &&
      html`<h3>${words.wholeFile}</h3>
        ${findingTable(report.findings, language)}`
    }
  </details>`;
}

function findingTable(findings: VerificationReport['findings'], language: Language): Html {
  const words = WORDS[language];
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${words.check}">
    <table>
      <thead>
        <tr>
          <th scope="col">${words.check}</th>
          <th scope="col">${words.result}</th>
          <th scope="col"></th>
        </tr>
      </thead>
      <tbody>
        ${findings.map(
          ({ check, result, words: text }) =>
            html`<tr class="${result}">
              <td><code>${check}</code></td>
              <td><span aria-hidden="true">${MARKS[result]}</span> ${words.results[result]}</td>
              <td>${text[language]}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
