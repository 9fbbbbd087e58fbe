/** Plain data that may stand in a problem document or a log line. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One sentence in both languages of the product; every message for people is such a pair. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/**
 * A failure that was foreseen: hostile or wrong input, a state that forbids the act, or a partner that failed.
 * A forged, expired or broken seal is not an error: it is a report.
 *
 * `code` is stable and public. `words` and `details` may be shown to the caller; `secret` is only logged.
 */
export class TrustError<Code extends string = string> extends Error {
  constructor(
    readonly code: Code,
    readonly words: Words,
    readonly more: { readonly cause?: unknown; readonly details?: Json; readonly secret?: Json } = {},
  ) {
    super(words.en, { cause: more.cause });
    this.name = 'TrustError';
  }
}

export const isTrustError = (error: unknown): error is TrustError => error instanceof TrustError;
