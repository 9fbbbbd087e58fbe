import type { Words } from '../../core/errors/index.js';
import { html } from './html.js';
import { page } from './page.js';
import type { PageSetting } from './page.js';

const WORDS = {
  zh: {
    title: '问题代码',
    lead: '接口返回的每个问题都带有稳定的代码（RFC 9457）。',
    code: '代码',
    status: '状态码',
    meaning: '含义',
  },
  en: {
    title: 'Problem codes',
    lead: 'Every problem of the API has a stable code (RFC 9457).',
    code: 'Code',
    status: 'Status',
    meaning: 'Meaning',
  },
} as const;

/** Where the `type` of a problem leads: each code has its anchor. */
export function problemsPage(
  setting: PageSetting,
  problems: readonly { readonly code: string; readonly status: number; readonly title: Words }[],
): string {
  const words = WORDS[setting.language];
  const content = html`<h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <table>
      <thead>
        <tr>
          <th scope="col">${words.code}</th>
          <th scope="col">${words.status}</th>
          <th scope="col">${words.meaning}</th>
        </tr>
      </thead>
      <tbody>
        ${problems.map(
          ({ code, status, title }) =>
            html`<tr id="${code}">
              <td><code>${code}</code></td>
              <td>${status}</td>
              <td>${title[setting.language]}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  return page(setting, words.title, content);
}
