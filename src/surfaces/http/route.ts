import type { Caller } from '../../operations/index.js';
import type { Language } from './problems.js';
import type { WrongField } from './errors.js';

/** What a handler is given: everything checked, nothing of Koa. */
export interface HandlerRequest {
  readonly path: Readonly<Record<string, string | number>>;
  readonly query: Readonly<Record<string, string | number>>;
  /** By the names of the contract, `Idempotency-Key`. */
  readonly header: Readonly<Record<string, string | number>>;
  /** JSON value, form fields or bytes, as the route's body rule says. */
  readonly body: unknown;
  /** Established for routes with scopes; null elsewhere. */
  readonly caller: Caller | null;
  readonly language: Language;
}

export interface HandlerAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly mediaType: string;
  /** An object is sent as JSON. */
  readonly body: object | string | Uint8Array;
}

export type BodyForm = 'json' | 'form' | 'multipart' | 'bytes';

export interface BodyRule {
  readonly form: BodyForm;
  readonly maxBytes: number;
  /** What the contract has against the value; empty when it fits. */
  check(value: unknown): readonly WrongField[];
}

export interface Parameters {
  readonly path: HandlerRequest['path'];
  readonly query: HandlerRequest['query'];
  readonly header: HandlerRequest['header'];
}

export interface RawParameters {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** By lower-case name, as Node gives them. */
  readonly header: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export type RateLimit = 'verification' | 'token';

/** One address and method: an operation of the contract, or a page. */
export interface Route {
  /** operationId, or `page.<name>`: what logs call it. */
  readonly name: string;
  readonly method: string;
  /** Matches the path, with one named group for each parameter. */
  readonly pattern: RegExp;
  /** Scopes that the caller must have, all of them. Null: anyone may come. */
  readonly scopes: readonly string[] | null;
  readonly rateLimit: RateLimit | null;
  /** By media type; null: the route has no body. */
  readonly bodies: ReadonlyMap<string, BodyRule> | null;
  readonly problemsAs: 'json' | 'oauth' | 'page';
  readonly needsIfMatch: boolean;
  /** Throws REQUEST_INVALID with every wrong field. */
  readParameters(raw: RawParameters): Parameters;
  handle(request: HandlerRequest): HandlerAnswer | Promise<HandlerAnswer>;
  /** What is wrong with a JSON answer, as `place keyword`; empty when the contract knows it. */
  checkAnswer(status: number, mediaType: string, body: unknown): readonly string[];
}
