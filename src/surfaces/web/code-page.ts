import { html } from './html.js';
import { linkTo, page } from './page.js';
import type { PageSetting } from './page.js';

const WORDS = {
  zh: {
    title: '证照码核验',
    domain: '请先核对：浏览器地址栏中的域名应当是',
    noScript: '浏览器未运行脚本，无法自动核验二维码。您仍可上传证照文件或输入证照标识进行核验。',
    working: '正在核验证照码…',
    missing: '地址中没有证照码。请重新扫描证照上的二维码，或改用其他方式核验。',
    failed: '核验未能完成，请稍后重试。',
    privacy: '证照码不含个人信息，核验后不会被保存。',
    verdicts: { accepted: '证照码有效', refused: '证照码核验不通过', undetermined: '无法判定' },
    labels: {
      identifier: '证照标识',
      typeName: '证照类型',
      issuer: '签发主体',
      validUntil: '有效期至',
      forever: '长期',
    },
    check: '请将以上信息与证照照面逐项对照。二维码可能被复制：要确认文件是真件，请上传文件核验。',
    upload: '上传文件核验',
  },
  en: {
    title: 'Licence code',
    domain: 'First make sure that the address bar of your browser shows',
    noScript:
      'Your browser does not run scripts, so the code cannot be judged here. You can still upload the file or enter the identifier.',
    working: 'Judging the code…',
    missing: 'There is no licence code in the address. Scan the QR code again, or verify in another way.',
    failed: 'The code could not be judged. Try again later.',
    privacy: 'The code holds no personal data and is not kept.',
    verdicts: { accepted: 'The code is valid', refused: 'The code is refused', undetermined: 'Cannot be determined' },
    labels: {
      identifier: 'Identifier',
      typeName: 'Type',
      issuer: 'Issuer',
      validUntil: 'Valid until',
      forever: 'no end',
    },
    check:
      'Compare this with the face of the licence. A QR code can be copied: to know whether the file is genuine, upload it.',
    upload: 'Upload the file',
  },
} as const;

/**
 * Where the QR code of a licence leads. The code stands behind `#`, which browsers do not send: the script reads it there
 * and asks the API. Its words are in the page, so that the script has none.
 */
export function codePage(setting: PageSetting): string {
  const { language, domain } = setting;
  const words = WORDS[language];
  const { verdicts, labels } = words;
  const content = html`<h1>${words.title}</h1>
    <p class="own-domain">${words.domain}<br /><strong>${domain}</strong></p>
    <noscript><p class="alert">${words.noScript}</p></noscript>
    <div
      id="code-result"
      role="status"
      aria-live="polite"
      data-language="${language}"
      data-working="${words.working}"
      data-missing="${words.missing}"
      data-failed="${words.failed}"
      data-accepted="${verdicts.accepted}"
      data-refused="${verdicts.refused}"
      data-undetermined="${verdicts.undetermined}"
      data-identifier="${labels.identifier}"
      data-type-name="${labels.typeName}"
      data-issuer="${labels.issuer}"
      data-valid-until="${labels.validUntil}"
      data-forever="${labels.forever}"
    ></div>
    <p class="notice">${words.check}</p>
    <p class="hint">${words.privacy}</p>
    <p><a class="button" href="${linkTo('/', language)}">${words.upload}</a></p>`;
  return page(setting, words.title, content, 'code.js');
}
