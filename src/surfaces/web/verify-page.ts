import { html } from './html.js';
import { linkTo, page } from './page.js';
import type { PageSetting } from './page.js';

const WORDS = {
  zh: {
    title: '核验电子证照',
    lead: '上传证照文件，或输入证照标识，立即查验真伪和当前状态。无需登录。',
    file: '上传文件核验',
    fileHint: (size: string) => `PDF 或 SD-JWT 文件，不超过 ${size}。`,
    chooseFile: '选择文件',
    advanced: '更多选项',
    policy: '验证规则',
    strict: '本系统签发的证照（要求日志存证）',
    open: '其他单位签章的文件（不要求日志存证）',
    submitFile: '开始核验',
    number: '按证照标识查询',
    numberLabel: '证照标识',
    numberHint: '证照上“电子证照标识”之后的一串数字、字母和点。',
    submitNumber: '查询状态',
    code: '扫描二维码',
    codeText: '用手机相机扫描证照上的二维码，将打开本网站并显示核验结果。请确认打开的是本页底部所示域名。',
    privacy: '文件仅在核验期间保存在内存中，核验后即丢弃，不会被保存。',
  },
  en: {
    title: 'Verify an electronic licence',
    lead: 'Upload a licence file or enter its identifier, and see at once whether it is genuine and what its state is. No account needed.',
    file: 'Verify a file',
    fileHint: (size: string) => `A PDF or SD-JWT file, at most ${size}.`,
    chooseFile: 'File',
    advanced: 'More options',
    policy: 'Rules',
    strict: 'Licences issued here (proof of the journal required)',
    open: 'Files sealed by others (no proof of the journal required)',
    submitFile: 'Verify',
    number: 'Look up an identifier',
    numberLabel: 'Licence identifier',
    numberHint: 'The digits, letters and dots behind “电子证照标识” on the licence.',
    submitNumber: 'Show its state',
    code: 'Scan the QR code',
    codeText:
      'Scan the QR code on the licence with a phone. It opens this site and shows the result. Make sure that it is the domain at the foot of this page.',
    privacy: 'The file is held in memory while it is judged and then dropped. It is not kept.',
  },
} as const;

/** `problem`: why the last try could not be judged at all. */
export function verifyPage(
  setting: PageSetting,
  { maxUploadBytes, problem }: { readonly maxUploadBytes: number; readonly problem: string | null },
): string {
  const { language } = setting;
  const words = WORDS[language];
  const action = linkTo('/verify', language);
  const content = html`<h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    ${problem !== null && html`<p class="alert" role="alert">${problem}</p>`}
    <div class="cards">
      <form class="card" method="post" action="${action}" enctype="multipart/form-data">
        <h2>${words.file}</h2>
        <label for="file">${words.chooseFile}</label>
        <input
          id="file"
          name="file"
          type="file"
          required
          accept=".pdf,.jwt,.sd-jwt,.txt,application/pdf"
          aria-describedby="file-hint"
        />
        <p class="hint" id="file-hint">${words.fileHint(sizeText(maxUploadBytes))}</p>
        <details>
          <summary>${words.advanced}</summary>
          <label for="policy">${words.policy}</label>
          <select id="policy" name="policy">
            <option value="strict">${words.strict}</option>
            <option value="open">${words.open}</option>
          </select>
        </details>
        <button type="submit">${words.submitFile}</button>
        <p class="hint privacy">${words.privacy}</p>
      </form>
      <form class="card" method="post" action="${action}" enctype="multipart/form-data">
        <h2>${words.number}</h2>
        <label for="identifier">${words.numberLabel}</label>
        <input
          id="identifier"
          name="identifier"
          type="text"
          required
          maxlength="140"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          aria-describedby="identifier-hint"
        />
        <p class="hint" id="identifier-hint">${words.numberHint}</p>
        <button type="submit">${words.submitNumber}</button>
      </form>
      <section class="card">
        <h2>${words.code}</h2>
        <p>${words.codeText}</p>
      </section>
    </div>`;
  return page(setting, words.title, content);
}

const sizeText = (bytes: number): string =>
  bytes >= 1_048_576 ? `${Math.floor(bytes / 1_048_576)} MiB` : `${Math.floor(bytes / 1024)} KiB`;
