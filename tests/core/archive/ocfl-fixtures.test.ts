import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { validateOcflObject } from '../../../src/core/archive/index.js';
import { entriesOfFolder } from '../../support/found-entries.js';
import { vectorsDir } from '../../support/vectors.js';

const ocfl = vectorsDir('ocfl');
const casesOf = (kind: string): [string, string][] =>
  readdirSync(join(ocfl!, '1.1', kind)).map((name) => [name, join(ocfl!, '1.1', kind, name)]);

(ocfl ? describe : describe.skip)('the OCFL 1.1 fixtures', () => {
  if (!ocfl) return it('are missing', () => undefined);

  it('are all there', () => {
    expect(['good-objects', 'bad-objects', 'warn-objects'].map((kind) => casesOf(kind).length)).toEqual([12, 55, 13]);
  });

  it.each(casesOf('good-objects'))('good: %s is valid without a finding', async (_, folder) => {
    const { valid, findings } = await validateOcflObject(entriesOfFolder(folder));
    expect(findings).toEqual([]);
    expect(valid).toBe(true);
  });

  it.each(casesOf('warn-objects'))('warn: %s is valid, and the warning is given', async (name, folder) => {
    const { valid, findings } = await validateOcflObject(entriesOfFolder(folder));
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
    expect(valid).toBe(true);
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(name.match(/W\d{3}/g)!));
  });

  it.each(casesOf('bad-objects'))('bad: %s is not valid', async (_, folder) => {
    expect((await validateOcflObject(entriesOfFolder(folder))).valid).toBe(false);
  });
});
