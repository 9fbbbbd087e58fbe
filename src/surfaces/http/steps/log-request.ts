import type { Step } from '../exchange.js';
import type { HttpWorld } from '../world.js';

/** One event for each request: by the route's name, never by the address, and without anything that the sender wrote. */
export const logRequest =
  ({ clock, log }: HttpWorld): Step =>
  async (ctx, next) => {
    const start = clock.now().getTime();
    await next();
    const { route, traceId, caller, code } = ctx.state;
    log.info('http.request', {
      method: ctx.method,
      route: route?.name ?? null,
      status: ctx.status,
      ms: clock.now().getTime() - start,
      traceId,
      clientId: caller?.clientId ?? null,
      ...(code !== undefined && { code }),
    });
  };
