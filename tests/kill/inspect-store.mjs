import { createHash } from 'node:crypto';
import { keysOf, readSignatures, traceSignatures } from './signatures.mjs';
import { readStore } from './store-view.mjs';

/**
 * Holds everything that the client was told against the store, the journal and the signatures that were counted, while the
 * service runs and has no work left. Answers figures; what is wrong goes to the orders' violations.
 */
export async function inspectStore(service, orders) {
  const { violations } = orders;
  const store = readStore(service.data, ({ all }) => ({
    licences: all('licences'),
    intents: all('intents'),
    leaves: all('leaves'),
    batch: all('journal')[0].batch,
  }));
  const entries = countEntries(store);
  const licences = new Map(store.licences.map((record) => [record.requestKey.split('/')[1], record]));
  const complain = (key, what) => orders.complain(key, what);
  for (const { key, body, answer } of orders.answered)
    checkLicence(key, body, JSON.parse(answer), licences.get(key), entries, complain);
  const files = await checkFiles(service, orders.answered, complain);
  const duplicated = findRepeated(store.licences, orders.answered, violations);
  return {
    lost: orders.broken.size,
    duplicated,
    files,
    ...(await checkSignatures(service, store, entries, violations)),
  };
}

/** How many leaves each entry has, whatever the store's unique index promises. */
function countEntries({ leaves, batch }) {
  const byIndex = new Map([...leaves, ...batch].map((leaf) => [leaf.id, leaf.entry]));
  const counts = new Map();
  for (const entry of byIndex.values()) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  return counts;
}

function checkLicence(key, body, answer, record, entries, complain) {
  if (record?.phase !== 'issued') return complain(key, `acknowledged, but ${record ? record.phase : 'not there'}`);
  const told = [answer.identifier, answer.number, ...answer.renditions.map(({ sha256 }) => sha256)].join();
  const kept = [record.id, record.licence.number, ...record.renditions.map(({ file }) => file)].join();
  if (told !== kept) complain(key, `told ${told}, kept ${kept}`);
  const asked = body.renditions
    .map(({ kind, suite }) => `${kind} ${suite}`)
    .sort()
    .join();
  const made = record.renditions
    .map(({ kind, suite }) => `${kind} ${suite}`)
    .sort()
    .join();
  if (asked !== made) complain(key, `asked for ${asked}, got ${made}`);
  if (record.licence.items.address !== body.items.address) complain(key, 'holds the facts of another request');
  const leaves = [
    ...record.events.map(({ id }) => `event:${id}`),
    ...record.renditions.map(({ intentId }) => `intent:${intentId}`),
  ];
  if (record.events.length !== 1) complain(key, `${record.events.length} events`);
  for (const entry of leaves)
    if (entries.get(entry) !== 1) complain(key, `${entry} is in the journal ${entries.get(entry) ?? 0} times`);
}

/** Every file as anyone gets it: through the API, equal to what was acknowledged, and accepted by a verifier without keys. */
async function checkFiles(service, answered, complain) {
  const judge = await openJudge(service);
  let count = 0;
  for (const { key, answer } of answered) {
    const { identifier, renditions } = JSON.parse(answer);
    for (const { href, sha256 } of renditions) {
      const got = await service.client.send({ method: 'GET', path: href, headers: { Purpose: 'audit' } });
      const found = createHash('sha256').update(got.bytes).digest('hex');
      if (got.status !== 200 || found !== sha256) complain(key, `${href}: ${got.status}, SHA-256 ${found}`);
      else {
        const report = await judge(new Uint8Array(got.bytes));
        if (report.verdict !== 'accepted') complain(key, `${identifier}: ${href} is ${report.verdict}`);
      }
      count++;
    }
  }
  return count;
}

async function openJudge({ stage, data }) {
  await import('reflect-metadata');
  const { openVerifier } = await import(stage.at('dist/wiring.js'));
  const { places } = await import(stage.at('dist/setup.js'));
  const { judgeFile } = await import(stage.at('dist/operations/steps/judge-file.js'));
  const world = openVerifier({
    trustDirectory: places(data).trust,
    templatesDirectory: stage.at('templates'),
    registry: null,
  });
  return (bytes) => judgeFile(world, bytes, { policy: 'strict', registry: 'not-asked' });
}

/** Identifiers and numbers that two requests got, in the store or in answers. */
function findRepeated(licences, answered, violations) {
  const answers = answered.map(({ key, answer }) => ({ key, ...JSON.parse(answer) }));
  const uses = [
    ...licences.flatMap(({ id, requestKey, typeAndNumber }) => [
      [id, requestKey],
      [typeAndNumber, requestKey],
    ]),
    ...answers.flatMap(({ key, identifier, type, number }) => [
      [identifier, `kill-test/${key}`],
      [`${type}/${number}`, `kill-test/${key}`],
    ]),
  ];
  const users = new Map();
  for (const [name, user] of uses) users.set(name, (users.get(name) ?? new Set()).add(user));
  const repeated = [...users].filter(([, by]) => by.size > 1);
  for (const [name, by] of repeated) violations.push(`${name} was given to ${[...by].join(' and ')}`);
  return repeated.length;
}

async function checkSignatures(service, { intents }, entries, violations) {
  const { whole, torn } = readSignatures(service.signatures);
  const found = await traceSignatures(service.stage, { whole, keys: keysOf(service.data), intents });
  violations.push(...found.violations);
  const counted = new Map(found.traced.map(({ intent, signature }) => [intent.id, signature]));
  const outcomes = { open: 0, signed: 0, unknown: 0 };
  for (const { id, outcome, signature } of intents) {
    outcomes[outcome]++;
    if (outcome === 'open') violations.push(`intent ${id} is still open`);
    if (outcome === 'signed' && counted.get(id) !== signature)
      violations.push(`intent ${id} says signed, but this signature was not counted`);
    if (counted.has(id) && entries.get(`intent:${id}`) !== 1)
      violations.push(`intent ${id} was signed and is not in the journal once`);
  }
  const unknownButSigned = intents.filter(({ id, outcome }) => outcome === 'unknown' && counted.has(id)).length;
  return {
    signatures: found.traced.length,
    otherSignatures: found.others,
    torn,
    intents: intents.length,
    outcomes,
    unknownButSigned,
  };
}
