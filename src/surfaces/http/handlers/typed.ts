import type { operations } from '../../api/index.js';
import type { Caller } from '../../../operations/index.js';
import type { HandlerAnswer, HandlerRequest } from '../route.js';

export type OperationId = keyof operations;

type Given<T> = [NonNullable<T>] extends [never] ? Readonly<Record<string, never>> : Readonly<NonNullable<T>>;
type Content<T> = T extends { content: infer C } ? C : never;
type Body<C> = C extends { 'application/json': infer J }
  ? J
  : C extends { 'application/x-www-form-urlencoded': infer F }
    ? F
    : Uint8Array;
type Answers<Id extends OperationId> = operations[Id]['responses'];
type Good<Id extends OperationId> = Answers<Id>[Extract<keyof Answers<Id>, 200 | 201>];

/** A request as the contract's types have it: the steps before the handler have made it so. */
export interface RequestOf<Id extends OperationId> {
  readonly path: Given<operations[Id]['parameters']['path']>;
  readonly query: Given<operations[Id]['parameters']['query']>;
  readonly header: Given<operations[Id]['parameters']['header']>;
  readonly body: Body<Content<NonNullable<operations[Id]['requestBody']>>>;
  readonly caller: Caller | null;
  readonly language: HandlerRequest['language'];
}

export type HandlerOf<Id extends OperationId> = (request: RequestOf<Id>) => HandlerAnswer | Promise<HandlerAnswer>;
export type HandlersOf<Id extends OperationId> = { readonly [One in Id]: HandlerOf<One> };

/** What an operation answers as JSON when all is well. */
export type JsonOf<Id extends OperationId> = Content<Good<Id>> extends { 'application/json': infer J } ? J : never;

export const json = <Id extends OperationId>(
  body: JsonOf<Id> & object,
  more: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): HandlerAnswer => ({ status: more.status ?? 200, headers: more.headers, mediaType: 'application/json', body });

/** The contract says that this operation has a caller, and a step has established it. */
export function callerOf({ caller }: { readonly caller: Caller | null }): Caller {
  if (!caller) throw new TypeError('the contract names no scope for an operation that needs a caller');
  return caller;
}
