import type { Context } from 'koa';
import type { Language } from '../problems.js';

/** What the address asks for (`lang`, on pages), else what the caller prefers; Chinese where neither is known. */
export function languageOf(ctx: Pick<Context, 'acceptsLanguages' | 'querystring'>): Language {
  const asked = new URLSearchParams(ctx.querystring).get('lang');
  if (asked === 'zh' || asked === 'en') return asked;
  return ctx.acceptsLanguages(['zh', 'en']) === 'en' ? 'en' : 'zh';
}
