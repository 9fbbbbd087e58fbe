import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimit } from '../route.js';

const WINDOW_SECONDS = 60;
/** A client needs one token in ten minutes; many clients may share an address. */
const TOKENS_PER_MINUTE = 60;

export interface RateVerdict {
  readonly allowed: boolean;
  /** draft-ietf-httpapi-ratelimit-headers: `RateLimit-Policy`, `RateLimit`, and `Retry-After` on refusal. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts per address in memory, each kind by itself. A window begins with its first request. */
export function rateLimits(verificationsPerMinute: number): (kind: RateLimit, address: string) => Promise<RateVerdict> {
  const quotas: Readonly<Record<RateLimit, number>> = {
    verification: verificationsPerMinute,
    token: TOKENS_PER_MINUTE,
  };
  const limiters = new Map(
    Object.entries(quotas).map(([kind, points]) => [
      kind,
      new RateLimiterMemory({ keyPrefix: kind, points, duration: WINDOW_SECONDS }),
    ]),
  );
  return async (kind, address) => {
    const { allowed, state } = await consume(limiters.get(kind)!, address);
    const reset = Math.ceil(state.msBeforeNext / 1000);
    return {
      allowed,
      headers: {
        'RateLimit-Policy': `"${kind}";q=${quotas[kind]};w=${WINDOW_SECONDS}`,
        RateLimit: `"${kind}";r=${state.remainingPoints};t=${reset}`,
        ...(!allowed && { 'Retry-After': String(Math.max(1, reset)) }),
      },
    };
  };
}

/** The library rejects with its result where the limit is reached, and with an Error where it failed. */
async function consume(
  limiter: RateLimiterMemory,
  address: string,
): Promise<{ allowed: boolean; state: RateLimiterRes }> {
  try {
    return { allowed: true, state: await limiter.consume(address) };
  } catch (outcome) {
    if (outcome instanceof RateLimiterRes) return { allowed: false, state: outcome };
    throw outcome;
  }
}
