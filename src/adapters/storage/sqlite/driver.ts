/**
 * The part of the `node:sqlite` API that we use: kept by @photostructure/sqlite and by the built-in module of Node >= 22.
 * They differ in what they do with wrong values (a Date becomes NULL in both), so only text and integers are ever bound.
 */
export interface SqliteDatabase {
  readonly isTransaction: boolean;
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

export interface SqliteStatement {
  run(...values: (string | number)[]): { readonly changes: number | bigint };
  get(...values: (string | number)[]): unknown;
  all(...values: (string | number)[]): unknown[];
}

export type SqliteDriver = new (path: string) => SqliteDatabase;

/** Primary result codes, https://sqlite.org/rescode.html; the low byte of an extended code. */
export const SQLITE = { busy: 5, ioError: 10, corrupt: 11, constraint: 19, notADatabase: 26 } as const;

/** Undefined for what SQLite did not throw. */
export function resultCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
}
