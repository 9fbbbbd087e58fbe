import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { validateBag } from '../../../src/core/archive/index.js';
import { entriesOfFolder } from '../../support/found-entries.js';
import { vectorsDir } from '../../support/vectors.js';

const suite = vectorsDir('bagit');
const casesOf = (...kinds: string[]): [string, string][] =>
  ['v0.97', 'v1.0'].flatMap((version) =>
    kinds.flatMap((kind) => {
      const folder = join(suite!, version, kind);
      if (!existsSync(folder)) return [];
      return readdirSync(folder)
        .filter((name) => statSync(join(folder, name)).isDirectory())
        .map((name): [string, string] => [`${version}/${kind}/${name}`, join(folder, name)]);
    }),
  );

(suite ? describe : describe.skip)('the BagIt conformance suite', () => {
  if (!suite) return it('is missing', () => undefined);

  it('is all there', () => {
    const counts = ['valid', 'invalid', 'warning', 'linux-only', 'windows-only'].map((kind) => casesOf(kind).length);
    expect(counts).toEqual([13, 15, 6, 6, 6]);
  });

  it.each(casesOf('valid'))('%s is valid', async (_, folder) => {
    const { valid, complete, findings } = await validateBag(entriesOfFolder(folder));
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
    expect([valid, complete]).toEqual([true, true]);
  });

  it.each(casesOf('warning'))('%s is valid with a warning', async (_, folder) => {
    const { valid, findings } = await validateBag(entriesOfFolder(folder));
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
    expect(valid).toBe(true);
    expect(findings).not.toEqual([]);
  });

  // Paths that only one system would resolve to the outside are refused on every system.
  it.each(casesOf('invalid', 'linux-only', 'windows-only'))('%s is not valid', async (_, folder) => {
    expect((await validateBag(entriesOfFolder(folder))).valid).toBe(false);
  });
});
