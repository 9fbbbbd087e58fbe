import { isTrustError } from '../../core/errors/index.js';
import type { Words } from '../../core/errors/index.js';
import { httpError } from './errors.js';
import { PROBLEMS } from './problems.table.js';
import type { ProblemRow } from './problems.table.js';

export type Language = 'zh' | 'en';

/** RFC 9457, with our own `code`, `traceId` and `errors`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly traceId: string;
  readonly errors?: readonly { readonly field: string; readonly code: string; readonly detail: string }[];
}

/** An error as HTTP sees it. `error` is for the log. */
export interface Failure {
  readonly code: string;
  readonly row: ProblemRow;
  readonly words: Words;
  readonly fields: readonly ({ readonly field: string; readonly code: string } & Words)[];
  readonly error: unknown;
}

const UNKNOWN = httpError('INTERNAL');

/** An error that nobody foresaw is INTERNAL. Of what went wrong on our side the caller learns the code and nothing else. */
export function failureOf(error: unknown): Failure {
  const known = isTrustError(error) && Object.hasOwn(PROBLEMS, error.code) ? error : UNKNOWN;
  const row: ProblemRow = PROBLEMS[known.code as keyof typeof PROBLEMS];
  if (row.kind === 'system') return { code: known.code, row, words: row.title, fields: [], error };
  const details = known.more.details as { readonly errors?: Failure['fields'] } | undefined;
  return { code: known.code, row, words: known.words, fields: details?.errors ?? [], error };
}

export function problemOf(
  { code, row, words, fields }: Failure,
  language: Language,
  traceId: string,
  base: string,
): Problem {
  return {
    type: `${base}/problems#${code}`,
    title: row.title[language],
    status: row.status,
    code,
    detail: words[language],
    traceId,
    ...(fields.length > 0 && {
      errors: fields.map((one) => ({ field: one.field, code: one.code, detail: one[language] })),
    }),
  };
}

/** The same at the token endpoint, with the members that OAuth libraries read. */
export function tokenProblemOf(
  failure: Failure,
  ...rest: [Language, string, string]
): Problem & { error: string; error_description: string } {
  const error = failure.row.oauth ?? (failure.row.kind === 'system' ? 'server_error' : 'invalid_request');
  // RFC 6749 5.2 allows only printable ASCII in error_description.
  return { error, error_description: failure.words.en.replace(/[^ -~]|["\\]/g, ''), ...problemOf(failure, ...rest) };
}
