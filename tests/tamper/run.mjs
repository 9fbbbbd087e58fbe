// Changes every byte of sealed files in turn and verifies each. Needs `dist/`.
//   node tests/tamper/run.mjs [--every N] [--json]
// Prints one line for each file; exit code 1 when a change was accepted, or a covered byte did not break the seal.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { issueSamples } from '../support/issue-samples.mjs';

const { values } = parseArgs({
  options: { every: { type: 'string', default: '1' }, json: { type: 'boolean', default: false } },
});
const step = Number(values.every);
if (!Number.isInteger(step) || step < 1) throw new TypeError('--every needs a whole number from 1');
const SHARES = 2;
const RENDITIONS = ['pdf', 'sd-jwt'].flatMap((kind) =>
  ['SM2-SM3', 'ECDSA-P256-SHA256'].map((suite) => ({ kind, suite })),
);

const root = new URL('../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'yinxin-tamper-'));
try {
  const templates = join(folder, 'templates');
  mkdirSync(templates);
  for (const name of ['fonts', 'type.schema.json'])
    cpSync(join(root, 'templates', name), join(templates, name), { recursive: true });
  cpSync(join(root, 'tests/tamper/templates'), templates, { recursive: true });
  const request = JSON.parse(readFileSync(join(templates, 'tiny-certificate/sample.json'), 'utf8'));
  const { trust, files } = await issueSamples({
    data: join(folder, 'data'),
    templates,
    orders: [{ request, renditions: RENDITIONS }],
  });

  const results = [];
  for (const file of files) results.push(await tamper({ trust, templates, file, step }));
  if (values.json) process.stdout.write(JSON.stringify(results, null, 2) + '\n');
  process.exitCode = results.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function tamper(work) {
  const started = performance.now();
  const parts = await Promise.all(
    Array.from({ length: SHARES }, (_, share) => inThread({ ...work, share, shares: SHARES })),
  );
  const counts = {};
  for (const part of parts)
    for (const [key, count] of Object.entries(part.counts)) counts[key] = (counts[key] ?? 0) + count;
  const wrong = parts.flatMap((part) => part.wrong);
  const { kind, suite, bytes } = work.file;
  const changes = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const seconds = (performance.now() - started) / 1000;
  if (!values.json) print({ kind, suite, bytes: bytes.length, changes, counts, wrong, seconds });
  return { kind, suite, bytes: bytes.length, changes, counts, wrong, seconds };
}

function inThread(workerData) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('worker.mjs', import.meta.url), { workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function print({ kind, suite, bytes, changes, counts, wrong, seconds }) {
  const line = `${kind} ${suite}: ${bytes} bytes, ${changes} changes, ${wrong.length} not as they must be, ${seconds.toFixed(1)} s\n`;
  const details = Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => `  ${String(count).padStart(6)}  ${key}\n`);
  const bad = wrong
    .slice(0, 50)
    .map((one) => `  WRONG at ${one.offset} (${one.where}) mask 0x${one.mask.toString(16)}: ${one.outcome}\n`);
  process.stdout.write(line + details.join('') + bad.join(''));
}
