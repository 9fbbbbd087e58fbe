import { describe, expect, it } from '@jest/globals';
import { inspectPdf } from '../../../../src/core/renditions/index.js';
import type { PdfInspection } from '../../../../src/core/renditions/index.js';
import { PDF_ATTACKS } from '../../../support/pdf-attacks.js';
import { sealedPdf } from '../../../support/pdf-samples.js';

function codesOf({ problems, signatures }: PdfInspection): readonly string[] {
  const ofSignatures = signatures.flatMap((signature) => [
    ...signature.contentsProblems,
    ...signature.problems,
    ...(signature.coverage.kind === 'invalid' ? signature.coverage.why : []),
  ]);
  return [...problems, ...ofSignatures].map(({ code }) => code);
}

describe('inspectPdf and files forged after the known classes', () => {
  it('finds nothing in the honest file that they are made from', () => {
    const inspection = inspectPdf(sealedPdf());
    expect(codesOf(inspection)).toEqual([]);
    expect(
      inspection.signatures.map(({ coverage, changesAfter, docMdp }) => [coverage.kind, changesAfter, docMdp]),
    ).toEqual([['whole-file', 'none', 1]]);
  });

  for (const [title, attacks] of Object.entries(PDF_ATTACKS))
    describe(title, () => {
      for (const { name, make, shows } of attacks)
        it(`sees ${name}`, () => {
          const inspection = inspectPdf(make());
          if (shows === 'other-changes') {
            expect(inspection.signatures[0]?.changesAfter).toBe('other');
            expect(inspection.revisions.at(-1)!.changes.some(({ permitted }) => !permitted)).toBe(true);
          } else expect(codesOf(inspection)).toContain(shows);
        });
    });
});
