import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const run = promisify(execFile);

interface Result {
  readonly kind: string;
  readonly suite: string;
  readonly changes: number;
  readonly wrong: readonly unknown[];
}

describe('a sealed file with one byte changed', () => {
  // Every byte: `node tests/tamper/run.mjs`, some minutes. 97 is prime, so parts of any regular length are met at all places.
  it('is never accepted, and a covered byte breaks the seal, at every 97th place', async () => {
    await run(process.execPath, ['scripts/build.mjs', '--if-stale']);
    const { stdout } = await run(process.execPath, ['tests/tamper/run.mjs', '--every', '97', '--json']);
    const results = JSON.parse(stdout) as readonly Result[];
    expect(results.map(({ kind, suite, wrong }) => [kind, suite, wrong])).toEqual([
      ['pdf', 'SM2-SM3', []],
      ['pdf', 'ECDSA-P256-SHA256', []],
      ['sd-jwt', 'SM2-SM3', []],
      ['sd-jwt', 'ECDSA-P256-SHA256', []],
    ]);
    for (const { kind, changes } of results) expect(changes).toBeGreaterThan(kind === 'pdf' ? 500 : 100);
  }, 600_000);
});
