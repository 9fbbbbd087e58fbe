import { pino } from 'pino';
import { isTrustError } from '../../core/errors/index.js';
import type { Log } from '../../ports/index.js';

/**
 * Structured log, one JSON object a line. An unknown error is logged by class and stack without its message, because
 * messages of libraries may quote the input, and the input holds personal data.
 */
export function jsonLog(destination: { write(line: string): void }, level: 'info' | 'warn' | 'error' = 'info'): Log {
  const inner = pino({ level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` }, destination);
  return {
    info: (event, fields) => inner.info({ ...fields, event }),
    warn: (event, fields) => inner.warn({ ...fields, event }),
    error: (event, fields, cause) => inner.error({ ...fields, ...causeFields(cause), event }),
  };
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function causeFields(cause: unknown): Record<string, unknown> {
  if (cause === undefined) return {};
  if (isTrustError(cause)) return { code: cause.code, secret: cause.more.secret, ...causeOf(cause.cause) };
  return causeOf(cause);
}

function causeOf(cause: unknown): Record<string, unknown> {
  if (!(cause instanceof Error)) return {};
  const frames = (cause.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return {
    cause: cause.name,
    causeCode: (cause as { code?: unknown }).code,
    stack: frames.slice(0, 8).map((line) => line.trim()),
  };
}
