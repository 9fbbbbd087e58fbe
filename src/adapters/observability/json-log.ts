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

/** Of what was thrown by others nothing is certain: only what has the form of a name, a code or a place is written. */
function causeOf(cause: unknown): Record<string, unknown> {
  if (!(cause instanceof Error)) return {};
  const { code } = cause as { code?: unknown };
  return {
    cause: isWord(cause.name) ? cause.name : 'Error',
    causeCode: isWord(code) || typeof code === 'number' ? code : undefined,
    stack: framesOf(cause),
  };
}

const isWord = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z]\w{0,60}$/.test(value);

/** The message stands in front of the frames and may look like one: where its end cannot be found, nothing is taken. */
function framesOf({ stack, message }: Error): readonly string[] {
  if (typeof stack !== 'string') return [];
  const [name] = stack.split(/[:\n]/, 1);
  const head = message === '' ? `${name}\n` : `${name}: ${message}\n`;
  if (!stack.startsWith(`${head}    at `)) return [];
  const frames = stack.slice(head.length).split('\n', 8);
  return frames.map((frame) => frame.trim());
}
