// npm run bench [-- --json] [--only issue|seal|verify] [--seconds N]
// Figures are ratios taken in one run on one machine; exit 0 whatever they are, 1 when something failed, 64 for a wrong call.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureLimits } from './limits.mjs';
import { issueRows, pyhankoOf, sealRows, verifyRows } from './rows.mjs';
import { reportText } from './report-text.mjs';
import { hasTaskset, stopSubjects } from './workers.mjs';

const GROUPS = { issue: issueRows, seal: sealRows, verify: verifyRows };

const options = readOptions();
const directory = mkdtempSync(join(tmpdir(), 'yinxin-bench-'));
const say = (line) => options.json || process.stderr.write(`… ${line}\n`);
process.once('SIGINT', () => {
  cleanUp();
  process.exit(130);
});
try {
  const loadBefore = loadavg()[0];
  say('openssl speed');
  const limits = measureLimits(options.seconds >= 3 ? 3 : 1);
  const world = { directory, seconds: options.seconds, limits, say };
  const pyhanko = options.only === 'issue' ? undefined : pyhankoOf(world);
  const rows = [];
  for (const [name, group] of Object.entries(GROUPS))
    if (options.only === undefined || options.only === name) rows.push(...(await group({ ...world, pyhanko })));
  const report = {
    machine: {
      processor: cpus()[0].model.trim(),
      cores: cpus().length,
      node: process.version,
      openssl: process.versions.openssl,
      pinned: hasTaskset,
      load: [loadBefore, loadavg()[0]],
    },
    seconds: options.seconds,
    limits,
    rows,
  };
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
} catch (error) {
  process.stderr.write(`${error?.stack ?? error}\n`);
  process.exitCode = 1;
} finally {
  cleanUp();
}

function cleanUp() {
  stopSubjects();
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { json: { type: 'boolean' }, only: { type: 'string' }, seconds: { type: 'string', default: '5' } },
    });
    const seconds = Number(values.seconds);
    if (!(seconds >= 0.5 && seconds <= 600)) throw new TypeError('--seconds is from 0.5 to 600');
    if (values.only !== undefined && !Object.hasOwn(GROUPS, values.only))
      throw new TypeError(`--only is one of ${Object.keys(GROUPS).join(', ')}`);
    return { json: values.json ?? false, only: values.only, seconds };
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(64);
  }
}
