/** One case of a public suite or of a standard's examples, and what came of it. */
export interface CaseResult {
  readonly name: string;
  readonly passed: boolean;
  /** What was wrong; only where it did not pass. */
  readonly why?: string;
}

/** A set of cases made by others, by which a part of the product is measured. */
export interface Suite {
  /** Kebab-case; a command line filters by it. */
  readonly name: string;
  /** Who says what is right. */
  readonly source: string;
  /** Folder of test data below VECTORS_DIR; null where the examples are few enough to stand in the code. */
  readonly vectors: string | null;
  /** How many there are, the ones out of scope included. Another number is a failure: a set that shrank proves less. */
  readonly cases: number;
  /** Judged by what the platform computes, so run with the primitives of Node and with those of a browser. */
  readonly bothPlatforms: boolean;
  /** Cases that ask for what this version does not do, by name, with the reason. Each of them must indeed not pass. */
  readonly outOfScope?: ReadonlyMap<string, string>;
  run(folder: string): Promise<readonly CaseResult[]>;
}

export const caseOf = (name: string, passed: boolean, why?: string): CaseResult =>
  passed || why === undefined ? { name, passed } : { name, passed, why };

/** A check that throws is a failed case, not a suite cut short. */
export async function tried(name: string, check: () => boolean | Promise<boolean>): Promise<CaseResult> {
  try {
    return { name, passed: await check() };
  } catch (error) {
    return { name, passed: false, why: error instanceof Error ? error.message : 'threw' };
  }
}

export interface SuiteCounts {
  readonly cases: number;
  readonly passed: number;
  readonly failed: readonly { readonly name: string; readonly why: string }[];
  readonly outOfScope: number;
}

/** Runs a suite and holds it to its own number of cases and its table of what is out of scope. */
export async function runSuite(suite: Suite, folder: string): Promise<SuiteCounts> {
  const results = await suite.run(folder);
  const outOfScope = suite.outOfScope ?? new Map<string, string>();
  const known = new Set(results.map(({ name }) => name));
  const failed = [
    ...results
      .filter(({ name, passed }) => !passed && !outOfScope.has(name))
      .map(({ name, why }) => ({ name, why: why ?? 'another outcome' })),
    ...results
      .filter(({ name, passed }) => passed && outOfScope.has(name))
      .map(({ name }) => ({ name, why: 'passes, though listed as out of scope' })),
    ...[...outOfScope.keys()]
      .filter((name) => !known.has(name))
      .map((name) => ({ name, why: 'listed as out of scope, but not there' })),
  ];
  if (results.length !== suite.cases)
    failed.push({ name: 'all of them', why: `${results.length} cases instead of ${suite.cases}` });
  return {
    cases: results.length,
    passed: results.filter(({ name, passed }) => passed && !outOfScope.has(name)).length,
    failed,
    outOfScope: results.filter(({ name }) => outOfScope.has(name)).length,
  };
}
