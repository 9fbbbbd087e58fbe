import { describe, expect, it } from '@jest/globals';
import { runSuite } from '../conformance/suite.js';
import type { Suite } from '../conformance/suite.js';
import { vectorsDir } from './vectors.js';

/** A conformance suite as a test; skipped where its data is missing. */
export function testSuite(suite: Suite): void {
  const folder = suite.vectors === null ? '' : vectorsDir(suite.vectors);
  (folder === undefined ? describe.skip : describe)(`${suite.name} (${suite.source})`, () => {
    it(`has the outcome of its authors in all ${suite.cases} cases`, async () => {
      const { failed } = await runSuite(suite, folder!);
      expect(failed).toEqual([]);
    }, 60_000);
  });
}
