import { httpError } from '../errors.js';
import { set } from '../exchange.js';
import type { Step } from '../exchange.js';
import type { HandlerAnswer, Route } from '../route.js';
import type { HttpWorld } from '../world.js';

/** The last step: the handler, and its answer held against the contract. */
export const answer =
  (world: HttpWorld): Step =>
  async (ctx) => {
    const { state } = ctx;
    const route = set(state.route);
    const answered = await route.handle({
      ...set(state.parameters),
      body: state.body,
      caller: state.caller ?? null,
      language: state.language,
    });
    checkAnswer(world, route, answered);
    ctx.status = answered.status;
    ctx.set({ ...answered.headers });
    ctx.body = bodyOf(answered.body);
    // Koa guesses a type from the body; the handler knows it.
    ctx.set('Content-Type', answered.mediaType);
  };

function bodyOf(body: HandlerAnswer['body']): string | Buffer {
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.length);
  return JSON.stringify(body);
}

function checkAnswer(
  { strictAnswers, log }: HttpWorld,
  route: Route,
  { status, mediaType, body }: HandlerAnswer,
): void {
  const wrong = route.checkAnswer(status, mediaType.split(';')[0]!, body);
  if (wrong.length === 0) return;
  log.error('http.answer-not-in-contract', { route: route.name, status, wrong: wrong.slice(0, 5).join(', ') });
  if (strictAnswers === true) throw httpError('ANSWER_NOT_IN_CONTRACT');
}
