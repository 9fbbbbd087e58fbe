import { toHex } from '../../../core/encoding/index.js';
import type { Step } from '../exchange.js';
import { languageOf } from '../request/language.js';
import type { HttpWorld } from '../world.js';

/** Gives the request its trace id (the sender's own where it is well-formed) and its language. */
export const identifyRequest =
  ({ random }: HttpWorld): Step =>
  async (ctx, next) => {
    const given = ctx.get('X-Request-Id');
    ctx.state.traceId = /^[A-Za-z0-9_.-]{8,64}$/.test(given) ? given : toHex(random.bytes(16));
    ctx.state.language = languageOf(ctx);
    ctx.set('X-Request-Id', ctx.state.traceId);
    await next();
  };
