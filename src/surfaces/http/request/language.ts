import type { Context } from 'koa';
import type { Language } from '../problems.js';

/** Chinese unless the caller would rather have English. */
export const languageOf = (ctx: Pick<Context, 'acceptsLanguages'>): Language => (ctx.acceptsLanguages(['zh', 'en']) === 'en' ? 'en' : 'zh');
