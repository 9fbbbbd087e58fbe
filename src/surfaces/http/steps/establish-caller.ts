import { authenticator } from '../access/authenticate.js';
import type { CheckProof } from '../access/dpop.js';
import { httpError } from '../errors.js';
import { set } from '../exchange.js';
import type { Step } from '../exchange.js';
import type { HttpWorld } from '../world.js';

/** Before a byte of the body is read. */
export const establishCaller = (world: HttpWorld, checkProof: CheckProof): Step => {
  const authenticate = authenticator(world, checkProof);
  return async (ctx, next) => {
    if (set(ctx.state.route).scopes !== null)
      ctx.state.caller = await authenticate({
        authorization: ctx.get('Authorization') || undefined,
        proof: ctx.get('DPoP') || undefined,
        method: ctx.method,
        address: world.settings.publicUrl + ctx.path,
      });
    await next();
  };
};

export const requireScopes: Step = async (ctx, next) => {
  const { scopes } = set(ctx.state.route);
  if (scopes !== null && !scopes.every((scope) => set(ctx.state.caller).scopes.has(scope)))
    throw httpError('SCOPE_MISSING');
  await next();
};
