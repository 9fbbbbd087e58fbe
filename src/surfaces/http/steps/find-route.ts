import { httpError } from '../errors.js';
import type { Step } from '../exchange.js';
import type { Route } from '../route.js';

/** By path and method; HEAD is a GET whose body stays here. */
export const findRoute =
  (routes: readonly Route[]): Step =>
  async (ctx, next) => {
    const method = ctx.method === 'HEAD' ? 'GET' : ctx.method;
    const matching = routes.flatMap((route) => {
      const match = route.pattern.exec(ctx.path);
      return match ? [{ route, match }] : [];
    });
    const found = matching.find(({ route }) => route.method === method);
    if (!found) {
      if (matching.length === 0) throw httpError('ROUTE_NOT_FOUND');
      ctx.set('Allow', matching.map(({ route }) => (route.method === 'GET' ? 'GET, HEAD' : route.method)).join(', '));
      throw httpError('METHOD_NOT_ALLOWED');
    }
    ctx.state.route = found.route;
    ctx.state.pathValues = decoded(found.match.groups ?? {});
    await next();
  };

function decoded(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text)]));
  } catch (cause) {
    throw httpError('ROUTE_NOT_FOUND', cause);
  }
}
