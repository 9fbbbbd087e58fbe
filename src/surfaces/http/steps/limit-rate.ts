import { rateLimits } from '../access/rate-limits.js';
import { httpError } from '../errors.js';
import { set } from '../exchange.js';
import type { Step } from '../exchange.js';
import { clientAddress } from '../request/client-address.js';
import type { HttpWorld } from '../world.js';

/** Where anyone may ask, nobody may ask too often. */
export const limitRate = ({ settings }: HttpWorld): Step => {
  const consume = rateLimits(settings.verificationsPerMinute);
  return async (ctx, next) => {
    const { rateLimit } = set(ctx.state.route);
    if (rateLimit !== null) {
      const address = clientAddress(
        ctx.req.socket.remoteAddress ?? '',
        ctx.get('X-Forwarded-For'),
        settings.trustedProxies,
      );
      const { allowed, headers } = await consume(rateLimit, address);
      ctx.set(headers);
      if (!allowed) throw httpError('RATE_LIMITED');
    }
    await next();
  };
};
