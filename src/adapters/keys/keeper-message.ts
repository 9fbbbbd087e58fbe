import { isTrustError } from '../../core/errors/index.js';
import type { Json, TrustError, Words } from '../../core/errors/index.js';
import type { KeptKey, SignRequest } from '../../ports/keeper.js';
import type { KeeperOptions } from './keeper-core.js';
import { KeyError } from './errors.js';

/** What crosses between the threads: plain data, copied by structured clone. An error loses its class on the way. */
export type WorkerStart = KeeperOptions;

export type FromWorker =
  | {
      readonly kind: 'ready';
      readonly keys: readonly KeptKey[];
      readonly selfTest: { sm2Engine: string; passed: boolean };
    }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'answers'; readonly batch: number; readonly answers: readonly Answer[] };

export interface ToWorker {
  readonly batch: number;
  readonly requests: readonly SignRequest[];
}

export type Answer = { readonly signature: Uint8Array } | { readonly failure: Failure };

export interface Failure {
  readonly code: string;
  readonly words: Words;
  readonly details?: Json;
  /** For the log only. */
  readonly cause?: string;
}

export function failureOf(error: unknown): Failure {
  if (!isTrustError(error))
    return {
      code: 'KEEPER_UNAVAILABLE',
      words: { en: 'the keeper failed', zh: '密钥保管进程出错' },
      cause: String(error),
    };
  const { code, words, more } = error;
  return { code, words, details: more.details, cause: more.cause instanceof Error ? more.cause.message : undefined };
}

export function errorOf({ code, words, details, cause }: Failure): TrustError {
  return new KeyError(code as KeyError['code'], words, { details, cause });
}
