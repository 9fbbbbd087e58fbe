import { html } from './html.js';
import type { Html } from './html.js';

export type Language = 'zh' | 'en';

/** What every page knows. */
export interface PageSetting {
  readonly language: Language;
  /** Host of the service as people see it in the address bar. */
  readonly domain: string;
  /** Path of this page, for the change of language. Null where it answers a form and cannot be asked for again. */
  readonly here: string | null;
}

const WORDS = {
  zh: {
    product: '印信',
    tagline: '电子证照核验',
    skip: '跳到正文',
    domain: '您正在访问',
    phishing: '请核对浏览器地址栏中的域名与此处一致。',
    verify: '核验',
    docs: '接口文档',
    other: 'English',
    otherCode: 'en',
  },
  en: {
    product: 'Yinxin',
    tagline: 'Electronic licence verification',
    skip: 'Skip to content',
    domain: 'You are visiting',
    phishing: 'Make sure that the address bar of your browser shows the same domain.',
    verify: 'Verify',
    docs: 'API',
    other: '中文',
    otherCode: 'zh',
  },
} as const;

const ATTRIBUTE = { zh: 'zh-CN', en: 'en' } as const;

/** Address of one of our pages in the language of this one. */
export const linkTo = (path: string, language: Language): string => `${path}?lang=${language}`;

export function page(
  { language, domain, here }: PageSetting,
  title: string,
  content: Html,
  script: string | null = null,
): string {
  const words = WORDS[language];
  return html`<!doctype html>
    <html lang="${ATTRIBUTE[language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${words.product}</title>
        <link rel="icon" href="/static/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/static/style.css" />
        ${script !== null && html`<script src="/static/${script}" defer></script>`}
      </head>
      <body>
        <a class="skip" href="#content">${words.skip}</a>
        <header class="top">
          <a class="brand" href="${linkTo('/', language)}"
            ><img src="/static/icon.svg" alt="" width="36" height="36" /><span
              ><strong>${words.product}</strong><small>${words.tagline}</small></span
            ></a
          >
          <nav>
            <a href="${linkTo('/', language)}">${words.verify}</a>
            <a href="/docs">${words.docs}</a>
            ${here !== null && html`<a href="${here}?lang=${words.otherCode}" hreflang="${words.otherCode}" lang="${words.otherCode}">${words.other}</a>`}
          </nav>
        </header>
        <main id="content" tabindex="-1">${content}</main>
        <footer class="bottom">
          <p>${words.domain} <strong class="domain">${domain}</strong></p>
          <p>${words.phishing}</p>
        </footer>
      </body>
    </html> `.text;
}

/** An instant as people in China read it; the same clock in both languages. */
export function instantText(instant: string, language: Language): string {
  const text = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'Asia/Shanghai',
  });
  return `${text.format(new Date(instant))} ${language === 'zh' ? '（北京时间）' : '(Beijing time)'}`;
}
