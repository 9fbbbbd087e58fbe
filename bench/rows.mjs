import { join } from 'node:path';
import { limitOf } from './limits.mjs';
import { measurePdfsig, measurePyhanko } from './peers.mjs';
import { DOCUMENT_BYTES, SUITES } from './subjects/seal.mjs';
import { startSubject } from './workers.mjs';

/**
 * A row: what was measured, per second of one core's CPU time and of the wall clock; what it is held `beside` and the
 * ratio to it; the target for that ratio, where there is one. A target that is missed is shown, not hidden.
 */
const row = (name, { count, cpuSeconds, wallSeconds }, beside) => {
  const perCpuSecond = count / cpuSeconds;
  return {
    name,
    perCpuSecond,
    perSecond: count / wallSeconds,
    beside: beside.map((one) => besideOf(perCpuSecond, one)),
  };
};

/** `perSecond` of the other, or `skipped` with the reason; `target` is the least ratio wanted. */
function besideOf(own, { what, perSecond, skipped, target, goal }) {
  if (skipped !== undefined) return { what, skipped };
  const ratio = own / perSecond;
  return { what, perSecond, ratio, target, goal, met: target === undefined ? undefined : ratio >= target };
}

export async function issueRows({ directory, seconds, limits, say }) {
  const rows = [];
  const one = await startSubject('issue', { directory: join(directory, 'issue-1') });
  const measured = {};
  for (const name of one.cases) {
    say(`issue ${name}`);
    await one.run(name, seconds);
    measured[name] = await one.run(name, seconds);
  }
  await one.close();
  const sm2 = limits.SM2.sign;
  const rate = (name) => measured[name].count / measured[name].cpuSeconds;
  rows.push(
    row('issue pdf SM2, one core', measured['pdf SM2'], [
      { what: 'openssl sm2 sign', perSecond: sm2, target: 0.1, goal: 0.25 },
    ]),
    row('issue pdf P-256, one core', measured['pdf P-256'], [
      { what: 'openssl ecdsap256 sign', perSecond: limits['P-256'].sign },
      { what: 'openssl sm2 sign', perSecond: sm2 },
    ]),
    row('issue pdf + structured SM2, one core', measured['pdf + structured SM2'], [
      { what: 'issue pdf SM2', perSecond: rate('pdf SM2'), target: 1 / 3 },
      { what: 'openssl sm2 sign', perSecond: sm2 },
    ]),
    await twoCores({ directory, seconds, say }),
  );
  return rows;
}

/**
 * Two services, each with its own data directory and core, at once; beside it the first of them alone, just before. By wall
 * clock, since CPU time cannot show it: on a machine that others use this ratio says little.
 */
async function twoCores({ directory, seconds, say }) {
  say('issue pdf SM2, two cores');
  const pair = await Promise.all(
    [0, 1].map((core) => startSubject('issue', { directory: join(directory, `pair-${core}`) }, core)),
  );
  const run = () => Promise.all(pair.map((subject) => subject.run('pdf SM2', seconds)));
  await run();
  const one = await pair[0].run('pdf SM2', seconds);
  const parts = await run();
  await Promise.all(pair.map((subject) => subject.close()));
  const sum = (key) => parts.reduce((total, part) => total + part[key], 0);
  const perSecond = parts.reduce((total, { count, wallSeconds }) => total + count / wallSeconds, 0);
  const alone = { what: 'one of them alone, wall', perSecond: one.count / one.wallSeconds };
  const ratio = perSecond / alone.perSecond;
  return {
    name: 'issue pdf SM2, two services on two cores',
    perCpuSecond: sum('count') / sum('cpuSeconds'),
    perSecond,
    beside: [{ ...alone, ratio, target: 1.7, met: ratio >= 1.7 }],
  };
}

export async function sealRows({ directory, seconds, limits, pyhanko, say }) {
  const subject = await startSubject('seal', { directory: join(directory, 'seal') });
  const rows = [];
  for (const name of Object.keys(SUITES)) {
    say(`seal 200 KB ${name}`);
    await subject.run(`200 KB ${name}`, seconds / 2);
    const measured = await subject.run(`200 KB ${name}`, seconds);
    const limit = {
      what: 'openssl hash + sign',
      perSecond: limitOf(limits[name], 'sign', { bytes: DOCUMENT_BYTES }),
      target: name === 'P-256' ? undefined : 0.4,
    };
    rows.push(row(`seal 200 KB ${name}`, measured, [limit, ...besidePyhanko(pyhanko, name, 'sign', 10)]));
  }
  await subject.close();
  return rows;
}

/** The signature; its certificate and that of its issuer; the two revocation lists of their issuers. */
const CHECKS = { warm: 1, cold: 5 };

export async function verifyRows({ directory, seconds, limits, pyhanko, say }) {
  const subject = await startSubject('verify', { directory: join(directory, 'verify') });
  const rows = [];
  for (const name of Object.keys(SUITES))
    for (const cache of ['warm', 'cold']) {
      say(`verify 200 KB ${name}, ${cache}`);
      const measured = await twice(subject, `200 KB ${name}, ${cache}`, seconds);
      const count = CHECKS[cache];
      const limit = {
        what: `openssl hash + ${count} verif${count === 1 ? 'y' : 'ies'}`,
        perSecond: limitOf(limits[name], 'verify', { count, bytes: DOCUMENT_BYTES }),
        target: 0.7,
      };
      const pdfsig =
        name === 'SM2'
          ? []
          : [{ what: 'pdfsig', target: 3, ...measurePdfsig(subject.facts.files[name], Math.min(seconds, 3)) }];
      rows.push(
        row(`verify 200 KB ${name}, chain ${cache}`, measured, [
          limit,
          ...pdfsig,
          ...besidePyhanko(pyhanko, name, 'validate', 5),
        ]),
      );
    }
  // Seal and attached data; cold also three certificates, two revocation lists and two checkpoints (their Ed25519 not counted).
  for (const [cache, count] of [
    ['warm', 2],
    ['cold', 9],
  ]) {
    say(`verify licence SM2, ${cache}`);
    const measured = await twice(subject, `licence SM2, ${cache}`, seconds);
    const perSecond = limitOf(limits.SM2, 'verify', { count });
    rows.push(row(`verify licence SM2, chain ${cache}`, measured, [{ what: `openssl ${count} verifies`, perSecond }]));
  }
  await subject.close();
  return rows;
}

async function twice(subject, name, seconds) {
  await subject.run(name, seconds / 2);
  return subject.run(name, seconds);
}

function besidePyhanko(pyhanko, name, operation, target) {
  // pyHanko knows no SM2.
  if (name === 'SM2') return [];
  const what = `pyHanko ${operation}`;
  return [pyhanko.skipped === undefined ? { what, perSecond: pyhanko[name][operation], target } : { what, ...pyhanko }];
}

export const pyhankoOf = ({ directory, seconds, say }) => {
  say('pyHanko');
  return measurePyhanko(directory, DOCUMENT_BYTES, Math.min(seconds, 3));
};
