import { readFile } from 'node:fs/promises';
import { instantMs, parseJson } from '../../core/encoding/index.js';
import { isTrustError, type Json } from '../../core/errors/index.js';
import { UsageError } from './usage-error.js';

/** A file that was named on the command line. UsageError when it cannot be read. */
export async function readInput(file: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'error';
    throw new UsageError(`cannot read ${file}: ${code}`, `无法读取文件 ${file}：${code}`);
  }
}

export async function readJsonInput(file: string): Promise<Json> {
  const bytes = await readInput(file);
  try {
    return parseJson(bytes);
  } catch (error) {
    if (!isTrustError(error)) throw error;
    throw new UsageError(`${file}: ${error.words.en}`, `${file}：${error.words.zh}`);
  }
}

/** An RFC 3339 time in any zone as an instant. UsageError for all else: a time without a zone could be anyone's. */
export function instantOf(time: string): Date {
  const [, local, zone] = /^(.{10}T.{8}(?:\.\d{1,3})?)(Z|[+-][01]\d:[0-5]\d)$/.exec(time) ?? [];
  if (local === undefined || instantMs(`${local}Z`) === undefined)
    throw new UsageError(
      '--at is an RFC 3339 time with its zone, as 2026-01-31T08:00:00+08:00',
      '--at 须为带时区的 RFC 3339 时间，如 2026-01-31T08:00:00+08:00',
    );
  return new Date(local + zone!);
}
