// Watches the system calls of the service while it issues licences: file, folder and WAL are synced before each 201.
//   node tests/kill/trace.mjs [--licences 12] [--without-sync [--only files|folders|wal]] [--keep FILE]
// Needs `dist/` and strace; `--without-sync` takes syncs away with a preloaded library (gcc), so that it must fail.
// Exit code 0: in order; 1: not; 3: strace or gcc is missing.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Trace, answerProblems, signatureProblems } from './durable-order.mjs';
import { Load, Orders } from './orders.mjs';
import { seededRandom } from './random.mjs';
import { ServiceUnderTest } from './service-under-test.mjs';
import { keysOf, readSignatures, traceSignatures } from './signatures.mjs';
import { stageBuild } from './stage.mjs';
import { readStore } from './store-view.mjs';
import { readStrace } from './strace-log.mjs';

const { values } = parseArgs({
  options: {
    licences: { type: 'string', default: '12' },
    'without-sync': { type: 'boolean', default: false },
    only: { type: 'string' },
    keep: { type: 'string' },
  },
});
const CALLS = 'fsync,fdatasync,write,writev,pwrite64,pwritev,sendto,sendmsg,rename,renameat,renameat2,mkdir,mkdirat';
/** A page of SQLite whole. */
const SHOWN_BYTES = 4200;
const LANES = 3;

const missing = ['strace', ...(values['without-sync'] ? ['gcc'] : [])].find(
  (tool) => spawnSync(tool, ['--version']).error,
);
if (missing) {
  process.stdout.write(`not run: ${missing} is missing\n`);
  process.exitCode = 3;
} else {
  const stage = await stageBuild();
  try {
    process.exitCode = await watch(stage);
  } finally {
    stage.remove();
  }
}

async function watch(stage) {
  const log = join(stage.folder, 'strace.log');
  const service = await ServiceUnderTest.setUp(stage, 'traced', {
    // -D: strace is the child, so that the service can be stopped by its own process id.
    prefix: [
      'strace',
      '-D',
      '-f',
      '-y',
      '-s',
      String(SHOWN_BYTES),
      '-e',
      `trace=${CALLS}`,
      '-e',
      'signal=none',
      '-o',
      log,
      ...preload(stage),
    ],
  });
  const orders = new Orders(stage, seededRandom(1));
  const load = new Load(service.client, orders, LANES);
  await service.launch().ready;
  load.begin();
  while (orders.answered.length < Number(values.licences) && orders.violations.length === 0) await pause(50);
  await load.end();
  const intents = readStore(service.data, ({ all }) => all('intents'));
  await service.stop();
  await written(log);
  if (values.keep) copyFileSync(log, values.keep);
  return judge(stage, service, orders, intents, readStrace(readFileSync(log, 'latin1')));
}

async function judge(stage, service, orders, intents, calls) {
  const data = realpathSync(service.data);
  const trace = new Trace(calls, {
    filesFolder: join(data, 'files'),
    walFile: join(data, 'store/yinxin.sqlite-wal'),
    signatureFile: service.signatures,
  });
  const problems = [...orders.violations, ...service.loggedErrors()];
  const answers = orders.answered.map(({ answer }) => JSON.parse(answer));
  for (const { identifier, renditions } of answers) {
    const answer = trace.answers.find((one) => one.identifier === identifier);
    if (!answer) problems.push(`${identifier}: its 201 was not seen`);
    else
      problems.push(
        ...answerProblems(
          trace,
          answer,
          renditions.map(({ sha256 }) => sha256),
        ).map((one) => `${identifier}: ${one}`),
      );
  }
  const { traced, violations } = await traceSignatures(stage, {
    ...readSignatures(service.signatures),
    keys: keysOf(service.data),
    intents,
  });
  problems.push(
    ...violations,
    ...traced.flatMap(({ position, intent }) => signatureProblems(trace, position, intent.id)),
  );
  const files = answers.reduce((count, { renditions }) => count + renditions.length, 0);
  const syncs = [...trace.syncs.values()].reduce((count, some) => count + some.length, 0);
  process.stdout.write(
    [
      `system calls   ${calls.length}, of them ${syncs} syncs (${trace.walSyncs.length} of the WAL)`,
      `answers        ${answers.length} with 201, ${files} files`,
      `signatures     ${traced.length} by seal and data keys`,
      `violations     ${problems.length}`,
      ...problems.slice(0, 20).map((one) => `  ${one}`),
      '',
    ].join('\n'),
  );
  return problems.length === 0 && answers.length > 0 ? 0 : 1;
}

function preload(stage) {
  if (!values['without-sync']) return [];
  const library = join(stage.folder, 'nosync.so');
  execFileSync('gcc', ['-shared', '-fPIC', '-o', library, fileURLToPath(new URL('nosync.c', import.meta.url))]);
  return ['-E', `LD_PRELOAD=${library}`, ...(values.only ? ['-E', `NOSYNC=${values.only}`] : [])];
}

/** strace ends a moment after what it watched. */
async function written(log) {
  while (!existsSync(log) || !readFileSync(log, 'latin1').trimEnd().split('\n').at(-1).includes('+++ exited'))
    await pause(50);
}
