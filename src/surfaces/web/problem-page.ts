import { html } from './html.js';
import { linkTo, page } from './page.js';
import type { PageSetting } from './page.js';

const WORDS = {
  zh: { traceId: '跟踪编号', back: '返回核验页' },
  en: { traceId: 'Trace id', back: 'Back' },
} as const;

export function problemPage(
  setting: PageSetting,
  problem: { readonly title: string; readonly detail: string; readonly code: string; readonly traceId: string },
): string {
  const words = WORDS[setting.language];
  const content = html`<h1>${problem.title}</h1>
    <p class="alert" role="alert">${problem.detail}</p>
    <p class="hint">${words.traceId} <code>${problem.traceId}</code> · <code>${problem.code}</code></p>
    <p><a class="button" href="${linkTo('/', setting.language)}">${words.back}</a></p>`;
  return page(setting, problem.title, content);
}
