import { failureOf, problemOf, tokenProblemOf } from '../problems.js';
import type { Failure, Language } from '../problems.js';
import type { ExchangeContext, Step } from '../exchange.js';
import { dropUnread } from '../request/read-bytes.js';
import type { HttpWorld } from '../world.js';

/** The only place where an error becomes an answer. What is ours is logged with its cause; the caller sees a fixed text. */
export const answerProblems =
  (world: HttpWorld, page: (world: HttpWorld, failure: Failure, language: Language, traceId: string) => string): Step =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const failure = failureOf(error);
      const { route, traceId, language } = ctx.state;
      ctx.state.code = failure.code;
      if (failure.row.kind === 'system')
        world.log.error('http.failed', { route: route?.name ?? null, traceId, code: failure.code }, error);
      dropUnread(ctx.req);
      ctx.status = failure.row.status;
      ctx.set(headersOf(failure, ctx));
      const form = route?.problemsAs ?? (ctx.accepts('json', 'html') === 'html' ? 'page' : 'json');
      if (form === 'page') {
        ctx.type = 'text/html; charset=utf-8';
        ctx.body = page(world, failure, language, traceId);
        return;
      }
      const problem = (form === 'oauth' ? tokenProblemOf : problemOf)(
        failure,
        language,
        traceId,
        world.settings.publicUrl,
      );
      ctx.body = JSON.stringify(problem);
      ctx.set('Content-Type', form === 'oauth' ? 'application/json' : 'application/problem+json');
    }
  };

/** RFC 9449 7.1, RFC 6750 3. */
function headersOf({ code, row }: Failure, ctx: ExchangeContext): Record<string, string> {
  const challenge = (error: string) => ({ 'WWW-Authenticate': `DPoP ${error}algs="ES256"` });
  switch (code) {
    case 'TOKEN_MISSING':
      return challenge('');
    case 'TOKEN_INVALID':
      return challenge('error="invalid_token", ');
    case 'DPOP_INVALID':
      return challenge('error="invalid_dpop_proof", ');
    case 'SCOPE_MISSING':
      return challenge(`error="insufficient_scope", scope="${ctx.state.route?.scopes?.join(' ') ?? ''}", `);
    default:
      return row.status === 503 ? { 'Retry-After': '1' } : {};
  }
}
