import type { Middleware, ParameterizedContext } from 'koa';
import type { Caller } from '../../operations/index.js';
import type { Language } from './problems.js';
import type { Parameters, Route } from './route.js';

/** What the steps find out about one request, in this order. A step reads what earlier ones wrote. */
export interface Exchange {
  traceId: string;
  language: Language;
  route?: Route;
  /** Of the route's pattern, decoded. */
  pathValues?: Readonly<Record<string, string>>;
  caller?: Caller;
  parameters?: Parameters;
  body?: unknown;
  /** Of the problem that was answered. */
  code?: string;
}

export type Step = Middleware<Exchange>;
export type ExchangeContext = ParameterizedContext<Exchange>;

/** What an earlier step of the list has set. */
export function set<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('a step ran before the one it depends on');
  return value;
}
