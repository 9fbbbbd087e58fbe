import type { ParseArgsConfig } from 'node:util';
import type { Settings } from '../../config/index.js';

/** Exit codes of every command. `verify` uses 0 to 2 for its verdict. */
export const EXIT = { accepted: 0, refused: 1, undetermined: 2, usage: 64, system: 70 } as const;

type Options = NonNullable<ParseArgsConfig['options']>;

/** What a command is given: its words, and where its answers go. */
export interface Invocation {
  readonly positionals: readonly string[];
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  readonly settings: Settings;
  readonly language: 'en' | 'zh';
  /** One line for a person, or, with --json, nothing. */
  readonly say: (line: string) => void;
  /** The machine-readable answer: printed only with --json. */
  readonly answer: (value: unknown) => void;
  /** Progress on long work, on standard error. */
  readonly progress: (line: string) => void;
}

/** One command, in one file. */
export interface Command {
  /** Words that call it: `archive check`. */
  readonly name: string;
  readonly usage: string;
  readonly summary: { readonly en: string; readonly zh: string };
  readonly options: Options;
  /** How many words it takes beside its name; none when absent. One too many would be overlooked in silence. */
  readonly operands?: number;
  /** True for those that make or need no data directory; all others refuse one that `init` did not make. */
  readonly worksBeforeInit?: true;
  readonly help: readonly string[];
  run(invocation: Invocation): Promise<number>;
}

export const text = (invocation: Invocation, flag: string): string | undefined => {
  const value = invocation.flags[flag];
  return typeof value === 'string' ? value : undefined;
};
