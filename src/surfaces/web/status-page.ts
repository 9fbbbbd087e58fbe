import type { LicenceStatus } from '../../operations/index.js';
import { facts } from './facts.js';
import { html } from './html.js';
import { instantText, linkTo, page } from './page.js';
import type { PageSetting } from './page.js';

const WORDS = {
  zh: {
    title: '证照状态',
    valid: '证照有效',
    notValid: '证照当前不是有效状态',
    unknown: '未查到该证照',
    identifier: '证照标识',
    type: '证照类型',
    issuer: '签发主体',
    validUntil: '有效期至',
    forever: '长期',
    asOf: '查询时间',
    onlyState: '此处只说明登记状态。要确认您手中的文件是真件，请上传该文件核验。',
    again: '返回核验页',
  },
  en: {
    title: 'State of a licence',
    valid: 'The licence is valid',
    notValid: 'The licence is not valid now',
    unknown: 'Not known here',
    identifier: 'Identifier',
    type: 'Type',
    issuer: 'Issuer',
    validUntil: 'Valid until',
    forever: 'no end',
    asOf: 'Asked at',
    onlyState: 'This is only what the registry says. To know whether the file in your hands is genuine, upload it.',
    again: 'Back',
  },
} as const;

/** What the registry says of an identifier. */
export function statusPage(setting: PageSetting, status: LicenceStatus): string {
  const { language } = setting;
  const words = WORDS[language];
  const isValid = status.state === 'valid';
  const heading = (isValid && words.valid) || (status.known ? words.notValid : words.unknown);
  const look = (isValid && 'accepted') || (status.known ? 'refused' : 'undetermined');
  const rows: [string, string][] = [[words.identifier, status.identifier]];
  if (status.typeName !== null) rows.push([words.type, status.typeName]);
  if (status.issuer !== null) rows.push([words.issuer, status.issuer]);
  if (status.known) rows.push([words.validUntil, status.validUntil ?? words.forever]);
  rows.push([words.asOf, instantText(status.asOf, language)]);
  const content = html`<section class="verdict ${look}" aria-labelledby="verdict">
      <p class="mark" aria-hidden="true">${{ accepted: '✓', refused: '✕', undetermined: '?' }[look]}</p>
      <div>
        <h1 id="verdict">${heading}</h1>
        <p>${status.words[language]}</p>
      </div>
    </section>
    ${facts(rows)}
    <p class="notice">${words.onlyState}</p>
    <p><a class="button" href="${linkTo('/', language)}">${words.again}</a></p>`;
  return page(setting, words.title, content);
}
