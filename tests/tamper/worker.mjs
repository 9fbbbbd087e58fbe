// Verifies changed copies of one file and answers those whose report is not what it must be, with counts of the rest.
import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { openVerifier } from '../../dist/wiring.js';
import { judgeFile } from '../../dist/operations/steps/judge-file.js';
import { changed, changesOf } from './changes.mjs';
import { EXCEPTIONS } from './exceptions.table.mjs';

const { trust, templates, file, step, share, shares } = workerData;
const OPTIONS = { policy: 'strict', registry: 'not-asked' };

const world = await inMemory(openVerifier({ trustDirectory: trust, templatesDirectory: templates, registry: null }));
const untouched = await judgeFile(world, file.bytes, OPTIONS);
if (untouched.verdict !== 'accepted') throw new Error(`the unchanged file is ${untouched.verdict}`);

const counts = {};
const wrong = [];
let turn = 0;
for (const change of changesOf(file, step)) {
  if (turn++ % shares !== share) continue;
  const outcome = await outcomeOf(change);
  const key = `${change.where}: ${outcome.name}`;
  counts[key] = (counts[key] ?? 0) + 1;
  if (!outcome.right) wrong.push({ ...change, outcome: outcome.name });
}
parentPort.postMessage({ counts, wrong });

/** A covered byte must break the seal; any other must at least keep the file from being accepted. */
async function outcomeOf(change) {
  try {
    const { verdict, signatures } = await judgeFile(world, changed(file.bytes, change), OPTIONS);
    const own = signatures.find(({ kind }) => kind === file.kind);
    const name = `${verdict}, ${own ? `${own.indication} ${own.subIndication ?? ''}`.trim() : 'no signature'}`;
    const excepted = EXCEPTIONS.find(({ where }) => where === change.where)?.outcome;
    if (excepted !== undefined) return { name, right: verdict !== 'accepted' || excepted === 'accepted' };
    if (change.where !== 'covered') return { name, right: verdict !== 'accepted' };
    return { name, right: verdict === 'refused' && own?.indication === 'TOTAL_FAILED' };
  } catch (error) {
    return { name: `threw ${error.code ?? error.name}`, right: false };
  }
}

/** The trust directory read once; the verifier would look for changes in it before every file. */
async function inMemory({ trust: directory, revocation, ...rest }) {
  const [anchors, intermediates, journals] = await Promise.all([
    directory.anchors(),
    directory.intermediates(),
    directory.journals(),
  ]);
  const lists = new Map();
  const crlsOf = (issuer) => {
    const key = Buffer.from(issuer).toString('hex');
    if (!lists.has(key)) lists.set(key, revocation.crlsOf(issuer));
    return lists.get(key);
  };
  const at = new Date();
  return {
    ...rest,
    clock: { now: () => at },
    trust: { anchors: async () => anchors, intermediates: async () => intermediates, journals: async () => journals },
    revocation: { crlsOf },
  };
}
