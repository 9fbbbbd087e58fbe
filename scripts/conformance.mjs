// Runs the public suites and standards' examples that the product is held against.
//   npm run conformance [-- NAME…] [--json]     NAME: a suite, or the beginning of one
// One line for each. Exit code 0: all passed; 1: something failed; 3: nothing failed, but something was not run; 2: usage.
import { build } from 'esbuild';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '..');
const vectors = process.env.VECTORS_DIR ?? join(root, '..', 'shared', 'vectors');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});

const platforms = { node: await load('node'), browser: await load('browser') };
const jobs = platforms.node.SUITES.flatMap((suite, i) =>
  suite.bothPlatforms
    ? Object.entries(platforms).map(([platform, { SUITES, runSuite }]) => ({
        name: `${suite.name}/${platform}`,
        suite: SUITES[i],
        run: runSuite,
      }))
    : [{ name: suite.name, suite, run: platforms.node.runSuite }],
);
const chosen = jobs.filter(({ name }) => positionals.length === 0 || positionals.some((one) => name.startsWith(one)));
const unknown = positionals.find((one) => !jobs.some(({ name }) => name.startsWith(one)));
if (unknown !== undefined) {
  process.stderr.write(`no suite ${unknown}; there are:\n${jobs.map(({ name }) => `  ${name}\n`).join('')}`);
  process.exit(2);
}

const results = [];
if (!values.json) print(['suite', 'cases', 'passed', 'failed', 'not run', 'out of scope'], 'source');
for (const { name, suite, run } of chosen) {
  const result = { name, source: suite.source, ...(await outcomeOf(suite, run)) };
  results.push(result);
  if (!values.json) printResult(result);
}
const totals = {};
for (const key of ['cases', 'passed', 'notRun', 'outOfScope'])
  totals[key] = results.reduce((sum, one) => sum + one[key], 0);
totals.failed = results.reduce((sum, { failed }) => sum + failed.length, 0);
if (values.json) process.stdout.write(JSON.stringify({ results, totals }, null, 2) + '\n');
else print(['all', totals.cases, totals.passed, totals.failed, totals.notRun, totals.outOfScope], '');
process.exitCode = totals.failed > 0 ? 1 : totals.notRun > 0 ? 3 : 0;

/** The suites, compiled with the primitives of one platform. Beside node_modules, so that packages are found from there. */
async function load(platform) {
  const folder = join(root, 'node_modules', '.cache');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `conformance-${platform}-${process.pid}.mjs`);
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ['tests/conformance/suites.ts'],
      outfile,
      bundle: true,
      packages: 'external',
      alias: { '#primitives': join(root, `src/core/primitives/${platform}.ts`) },
      // The paths of tsconfig.json name the primitives of Node.
      tsconfigRaw: {},
      format: 'esm',
      platform: 'node',
      target: 'node20',
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile, { force: true });
  }
}

async function outcomeOf(suite, run) {
  const reasons = suite.outOfScope ? [...suite.outOfScope].map(([name, why]) => ({ name, why })) : [];
  const folder = suite.vectors === null ? root : join(vectors, suite.vectors);
  if (!existsSync(folder)) {
    const why = `test data "${suite.vectors}" is missing; set VECTORS_DIR to the folder that holds it`;
    return { cases: suite.cases, passed: 0, failed: [], notRun: suite.cases, outOfScope: 0, why, reasons };
  }
  try {
    return { ...(await run(suite, folder)), notRun: 0, reasons };
  } catch (error) {
    const failed = [{ name: 'the suite', why: error.message }];
    return {
      cases: suite.cases,
      passed: 0,
      failed,
      notRun: suite.cases,
      outOfScope: 0,
      why: 'the suite could not be run',
      reasons,
    };
  }
}

function printResult({ name, source, cases, passed, failed, notRun, outOfScope, why, reasons }) {
  print([name, cases, passed, failed.length, notRun, outOfScope], source);
  if (why) process.stdout.write(`    not run: ${why}\n`);
  for (const one of failed.slice(0, 20)) process.stdout.write(`    FAILED ${one.name}: ${one.why}\n`);
  if (failed.length > 20) process.stdout.write(`    and ${failed.length - 20} more\n`);
  if (outOfScope === 0) return;
  for (const reason of new Set(reasons.map((one) => one.why))) {
    const count = reasons.filter((one) => one.why === reason).length;
    process.stdout.write(`    out of scope, ${count}: ${reason}\n`);
  }
}

function print([name, ...numbers], source) {
  const widths = [6, 7, 7, 8, 13];
  process.stdout.write(
    `${name.padEnd(48)}${numbers.map((one, i) => String(one).padStart(widths[i])).join('')}  ${source}\n`,
  );
}
