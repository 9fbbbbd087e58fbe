import Koa from 'koa';
import { proofChecker } from './access/dpop.js';
import { operationRoutes } from './contract/operation-routes.js';
import type { Exchange } from './exchange.js';
import { allHandlers } from './handlers/all-handlers.js';
import { pageRoutes, problemPageOf } from './pages/page-routes.js';
import { answerProblems } from './steps/answer-problems.js';
import { answer } from './steps/answer.js';
import { establishCaller, requireScopes } from './steps/establish-caller.js';
import { findRoute } from './steps/find-route.js';
import { identifyRequest } from './steps/identify-request.js';
import { limitRate } from './steps/limit-rate.js';
import { logRequest } from './steps/log-request.js';
import { readAndCheckBody, readParameters, refuseUnexpectedBody, requireIfMatch } from './steps/read-request.js';
import { secureAnswer } from './steps/secure-answer.js';
import type { HttpWorld } from './world.js';

/**
 * The way of every request, in order. Who asks is known before anything that they sent is read, and what they sent is
 * checked against the contract before a handler sees it.
 *
 * @throws TypeError when contract and handlers do not name the same operations
 */
export function createApp(world: HttpWorld): Koa<Exchange> {
  const checkProof = proofChecker(world.clock);
  const routes = [
    ...operationRoutes(world.contract, allHandlers(world, checkProof), world.settings),
    ...pageRoutes(world),
  ];
  const steps = [
    identifyRequest(world),
    logRequest(world),
    secureAnswer(world),
    answerProblems(world, problemPageOf),
    findRoute(routes),
    limitRate(world),
    establishCaller(world, checkProof),
    requireScopes,
    refuseUnexpectedBody,
    requireIfMatch,
    readParameters,
    readAndCheckBody,
    answer(world),
  ];
  const app = new Koa<Exchange>();
  app.on('error', (error: unknown) => world.log.error('http.not-sent', {}, error));
  for (const step of steps) app.use(step);
  return app;
}
