import { httpError } from '../errors.js';
import { set } from '../exchange.js';
import type { Step } from '../exchange.js';
import { readBody, refuseBody } from '../request/read-body.js';

export const refuseUnexpectedBody: Step = async (ctx, next) => {
  if (set(ctx.state.route).bodies === null) refuseBody(ctx.req);
  await next();
};

/** A change without `If-Match` has a status of its own (RFC 6585 3). */
export const requireIfMatch: Step = async (ctx, next) => {
  if (set(ctx.state.route).needsIfMatch && ctx.get('If-Match') === '') throw httpError('IF_MATCH_REQUIRED');
  await next();
};

export const readParameters: Step = async (ctx, next) => {
  const { state } = ctx;
  state.parameters = set(state.route).readParameters({
    path: set(state.pathValues),
    query: new URLSearchParams(ctx.querystring),
    header: ctx.headers,
  });
  await next();
};

export const readAndCheckBody: Step = async (ctx, next) => {
  ctx.state.body = await readBody(set(ctx.state.route), ctx.req);
  await next();
};
