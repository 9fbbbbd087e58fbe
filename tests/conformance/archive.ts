import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { validateBag, validateOcflObject } from '../../src/core/archive/index.js';
import { entriesOfFolder } from '../support/found-entries.js';
import { tried } from './suite.js';
import type { Suite } from './suite.js';

const isError = ({ level }: { readonly level: string }): boolean => level === 'error';
const foldersOf = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory()) : [];

export const OCFL: Suite = {
  name: 'ocfl',
  source: 'OCFL 1.1, OCFL/fixtures',
  vectors: 'ocfl',
  cases: 80,
  bothPlatforms: false,
  run: (folder) =>
    Promise.all(
      ['good-objects', 'warn-objects', 'bad-objects'].flatMap((kind) =>
        foldersOf(join(folder, '1.1', kind)).map((name) =>
          tried(`${kind}/${name}`, async () => {
            const { valid, findings } = await validateOcflObject(entriesOfFolder(join(folder, '1.1', kind, name)));
            if (kind === 'bad-objects') return !valid;
            if (kind === 'good-objects') return valid && findings.length === 0;
            // The name of a case begins with the codes of its warnings.
            const codes = new Set<string>(findings.map(({ code }) => code));
            return valid && !findings.some(isError) && name.match(/W\d{3}/g)!.every((code) => codes.has(code));
          }),
        ),
      ),
    ),
};

export const BAGIT: Suite = {
  name: 'bagit',
  source: 'RFC 8493 and draft 0.97, LibraryOfCongress/bagit-conformance-suite',
  vectors: 'bagit',
  cases: 46,
  bothPlatforms: false,
  run: (folder) =>
    Promise.all(
      ['v0.97', 'v1.0'].flatMap((version) =>
        // Paths that only one system would resolve to the outside are refused on every system.
        ['valid', 'warning', 'invalid', 'linux-only', 'windows-only'].flatMap((kind) =>
          foldersOf(join(folder, version, kind)).map((name) =>
            tried(`${version}/${kind}/${name}`, async () => {
              const { valid, complete, findings } = await validateBag(
                entriesOfFolder(join(folder, version, kind, name)),
              );
              if (kind === 'valid') return valid && complete && !findings.some(isError);
              if (kind === 'warning') return valid && findings.length > 0 && !findings.some(isError);
              return !valid;
            }),
          ),
        ),
      ),
    ),
};
