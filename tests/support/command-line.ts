import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { jest } from '@jest/globals';
import * as keys from '../../src/adapters/keys/index.js';
import type { KeeperOptions } from '../../src/adapters/keys/index.js';
import { systemRandom } from '../../src/adapters/system/index.js';
import { codeDigest, moveInto } from './small-authority.js';

// The keeper's thread runs compiled code only: here the same keeper works without it.
jest.unstable_mockModule('../../src/adapters/keys/index.js', () => ({
  ...keys,
  openKeeper: (options: KeeperOptions) => keys.openInlineKeeper(options, systemRandom),
}));
const { run } = await import('../../src/surfaces/cli/run.js');
export const { openService } = await import('../../src/wiring.js');
export const { renewSealKey, setUp, withNextKey } = await import('../../src/setup.js');

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Standard output as JSON. */
  readonly json: never;
}

/** One command line, in this process. Only what `environment` says is set. */
export async function yinxin(
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) };
  const code = await run(argv, { YINXIN_LOG: 'error', ...environment }, terminal);
  return {
    code,
    out: out.join('\n'),
    err: err.join('\n'),
    get json() {
      return JSON.parse(out.join('\n')) as never;
    },
  };
}

export interface DataDirectory {
  /** Empty folder for what a test writes. */
  readonly scratch: string;
  readonly data: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What `init --json` answered when the directory was made. */
  readonly init: Ran;
  remove(): void;
}

/** Lists of revoked certificates are good for a month; a kept directory is used for a week. */
const WEEK = Math.floor(Date.now() / (7 * 86_400_000));

/**
 * A data directory as `yinxin init` makes it. Its RSA keys take seconds to find, so the first one made is kept below
 * node_modules; everyone gets a copy of his own.
 */
export async function initialisedData(): Promise<DataDirectory> {
  const digest = codeDigest(
    'src/setup.ts',
    'src/adapters/storage/sqlite',
    'src/core/seal',
    'src/ports/collections.ts',
    'tests/support/command-line.ts',
  );
  const kept = resolve('node_modules', '.cache', 'yinxin-tests', `data-${digest}-${WEEK}`);
  if (!existsSync(kept)) {
    mkdirSync(resolve(kept, '..'), { recursive: true });
    const building = mkdtempSync(`${kept}-`);
    const { code, out, err } = await yinxin(['init', '--json'], { YINXIN_DATA: join(building, 'data') });
    writeFileSync(join(building, 'init.json'), JSON.stringify({ code, out, err }));
    moveInto(building, kept);
  }
  const { root: _, ...directory } = emptyData();
  cpSync(join(kept, 'data'), directory.data, { recursive: true });
  return { ...directory, init: JSON.parse(readFileSync(join(kept, 'init.json'), 'utf8')) as Ran };
}

/** The same before `init`. */
export function emptyData(): Omit<DataDirectory, 'init'> & { readonly root: string } {
  const root = mkdtempSync(join(tmpdir(), 'yinxin-data-'));
  const [data, scratch] = [join(root, 'data'), join(root, 'scratch')];
  mkdirSync(scratch);
  return {
    root,
    data,
    scratch,
    environment: { YINXIN_DATA: data },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
