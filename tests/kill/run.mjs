// Kills the service with SIGKILL while licences are issued through its API, and holds it to every answer it gave.
//   node tests/kill/run.mjs [--kills 200] [--seed N] [--services 2] [--lanes 4] [--json]
// Needs `dist/`. Two services with stores of their own run side by side. Prints figures; exit code 1 on any violation.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { inspectStore } from './inspect-store.mjs';
import { Load, Orders } from './orders.mjs';
import { seededRandom } from './random.mjs';
import { ServiceUnderTest } from './service-under-test.mjs';
import { stageBuild } from './stage.mjs';
import { readStore } from './store-view.mjs';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    services: { type: 'string', default: '2' },
    lanes: { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
  },
});
/** Of the time that an answer takes: beyond 1 a kill meets what follows answers, and the next requests. */
const SPREAD = 1.3;
/** Every eighth life is also killed once while it starts, when it recovers what the last one left. */
const START_KILL_EVERY = 8;
const PENDING_LIMIT_MS = 120_000;

const kills = Number(values.kills);
const services = Math.min(Number(values.services), kills);
const stage = await stageBuild();
try {
  const started = performance.now();
  const parts = await Promise.all(
    Array.from({ length: services }, (_, i) =>
      torment(i, Math.floor((kills + i) / services), seededRandom(Number(values.seed) * 1000 + i)),
    ),
  );
  const figures = {
    seed: Number(values.seed),
    services,
    ...parts.reduce(sum),
    seconds: Math.round((performance.now() - started) / 1000),
  };
  print(figures);
  process.exitCode = figures.violations.length === 0 ? 0 : 1;
} finally {
  stage.remove();
}

/** One service through its share of kills, then everything that must hold. */
async function torment(index, share, random) {
  const service = await ServiceUnderTest.setUp(stage, `service-${index}`);
  const orders = new Orders(stage, random);
  const load = new Load(service.client, orders, Number(values.lanes));
  const { violations } = orders;
  const moments = {};
  let startKills = 0;
  let startMs = 1000;

  for (let kill = 0; kill < share; kill++) {
    if (kill % START_KILL_EVERY === START_KILL_EVERY - 1) {
      service.launch();
      await pause(random() * startMs);
      await service.kill();
      startKills++;
    }
    const launchedAt = performance.now();
    await service.launch().ready;
    startMs += (performance.now() - launchedAt - startMs) / 4;
    checkAfterStart(service, orders, load, moments);

    load.begin();
    if (load.latency === null) await firstAnswers(load);
    else await pause(random() * SPREAD * load.latency);
    await service.kill();
    await load.end();
    progress();
  }

  await service.launch().ready;
  checkAfterStart(service, orders, load, moments);
  await load.finish();
  for (const { key, answer, isGivenUp } of orders.all)
    if (answer === null && !isGivenUp) violations.push(`${key}: never answered with 201`);
  await pendingDone(service);
  const found = await inspectStore(service, orders);
  const { code } = await service.stop();
  if (code !== 0) violations.push(`the service ended with ${code}`);
  const checks = await runChecks(service, violations);
  return {
    kills: share,
    startKills,
    requests: orders.all.length,
    acknowledged: orders.answered.length,
    cut: orders.cut,
    retries: orders.retries,
    neverRetried: orders.all.filter(({ isGivenUp }) => isGivenUp).length,
    moments,
    ...found,
    ...checks,
    violations,
  };
}

/** What the last kill hit; that the new life has closed what was open and still has what the last one acknowledged. */
function checkAfterStart(service, orders, load, moments) {
  readStore(service.data, (store) => {
    const open = store.count('intents', 'isOpen = 1');
    if (open > 0) orders.violations.push(`${open} intents are open after a start`);
    for (const order of load.cut) {
      const moment = momentOf(order, store);
      moments[moment] = (moments[moment] ?? 0) + 1;
    }
    for (const { key, answer } of orders.takeNewAnswers()) {
      const record = store.licenceOf(`kill-test/${key}`);
      if (record?.phase !== 'issued' || record.id !== JSON.parse(answer).identifier)
        orders.complain(key, 'acknowledged, but gone after a kill');
    }
  });
  load.cut = new Set();
}

/** How far a request was when the service died. */
function momentOf({ key, answer }, store) {
  if (answer !== null) return 'asked again';
  const record = store.licenceOf(`kill-test/${key}`);
  if (!record) return 'before reserve';
  if (record.phase === 'issued') return 'published';
  const intents = store.intentsOf(record.id);
  if (intents.length === 0) return 'reserved';
  const newest = intents.reduce((a, b) => (a.intent.at >= b.intent.at ? a : b));
  const isLastRound = newest.intent.binding.kind === 'pdf';
  return `${isLastRound ? 'seal' : 'code and data'}: ${newest.outcome === 'signed' ? 'signed' : 'intent'}`;
}

/** The first kill waits, to learn how long answers take. */
async function firstAnswers(load) {
  while (load.latency === null) await pause(20);
}

async function pendingDone(service) {
  const until = performance.now() + PENDING_LIMIT_MS;
  while (readStore(service.data, ({ count }) => count('licences', 'hasPending = 1')) > 0) {
    if (performance.now() > until) throw new Error('work that follows from licences is not done');
    await pause(200);
  }
}

async function runChecks(service, violations) {
  const journal = await service.command('journal', 'check', '--json');
  const archive = await service.command('archive', 'check', '--json');
  const { leaves, waitingEvents, events, problems: inJournal } = JSON.parse(journal.stdout);
  const { objects, originals, problems: inArchive } = JSON.parse(archive.stdout);
  if (journal.code !== 0) violations.push(`journal check: ${JSON.stringify(inJournal)}`);
  if (archive.code !== 0) violations.push(`archive check: ${JSON.stringify(inArchive)}`);
  if (waitingEvents !== 0) violations.push(`${waitingEvents} events are not in the journal`);
  if (objects !== events) violations.push(`${events} events, ${objects} archived items`);
  return { leaves, events, archived: objects, originals, loggedErrors: service.loggedErrors() };
}

function sum(a, b) {
  if (Array.isArray(a)) return [...a, ...b];
  if (typeof a === 'object')
    return Object.fromEntries(
      [...new Set([...Object.keys(a), ...Object.keys(b)])].map((key) => [
        key,
        key in a && key in b ? sum(a[key], b[key]) : (a[key] ?? b[key]),
      ]),
    );
  return a + b;
}

function progress() {
  progress.done = (progress.done ?? 0) + 1;
  if (progress.done % 20 === 0) process.stderr.write(`kill: ${progress.done} of ${kills}\n`);
}

function print(figures) {
  if (values.json) return process.stdout.write(JSON.stringify(figures, null, 2) + '\n');
  const { violations, retries, outcomes, moments, otherSignatures, ...f } = figures;
  const list = (object) =>
    Object.entries(object)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  process.stdout.write(
    [
      `kills          ${f.kills} while issuing, ${f.startKills} while starting; ${f.services} services, seed ${f.seed}`,
      `moments        ${list(moments)}`,
      `requests       ${f.requests}, of them never retried ${f.neverRetried}; cut ${f.cut}`,
      `retries        ${retries.unanswered} of unanswered, ${retries.answered} of answered requests`,
      `acknowledged   ${f.acknowledged}; lost ${f.lost}, duplicated ${f.duplicated}`,
      `files          ${f.files} fetched and judged`,
      `signatures     ${f.signatures} by seal and data keys, each with its intent; others: ${list(otherSignatures)}; ${f.torn} cut`,
      `intents        ${f.intents}: ${list(outcomes)} (of them ${f.unknownButSigned} signed, then the kill)`,
      `journal check  ${f.leaves} leaves, ${f.events} events`,
      `archive check  ${f.archived} items, ${f.originals} originals`,
      `errors logged  ${f.loggedErrors.length}`,
      ...f.loggedErrors.slice(0, 3).map((line) => `  ${line}`),
      `time           ${f.seconds} s`,
      `violations     ${violations.length}`,
      ...violations.slice(0, 50).map((one) => `  ${one}`),
      '',
    ].join('\n'),
  );
}
