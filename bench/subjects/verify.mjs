import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyCache, establish, judge, policyByName } from '../../dist/core/verification/index.js';
import { gatherEvidence, judgeFile } from '../../dist/operations/steps/judge-file.js';
import { issueSample, openSampleService } from './service.mjs';
import { sealers } from './seal.mjs';

/**
 * Verifying without the registry. Warm: paths and revocation lists were checked for an earlier file. Cold: nothing is
 * remembered. The 200 KB files are left in `directory` for the peers.
 */
export async function prepare({ directory }) {
  const opened = await openSampleService(join(directory, 'data'));
  const { service, settings } = opened;
  const { world } = service;
  const cases = {};
  const add = async (name, bytes, policy) => {
    const options = { policy, registry: 'not-asked' };
    const warm = async () => accepted(await judgeFile(world, bytes, options));
    const cold = async () => {
      const evidence = await gatherEvidence(world, bytes, options);
      return accepted(judge(await establish(evidence, emptyCache()), policyByName(policy), new Date(evidence.at)));
    };
    cases[`${name}, warm`] = { act: warm, inFlight: 1 };
    cases[`${name}, cold`] = { act: cold, inFlight: 1 };
  };
  const files = {};
  for (const [name, seal] of Object.entries(await sealers(opened))) {
    const bytes = seal();
    files[name] = join(directory, `${name}.pdf`);
    writeFileSync(files[name], bytes);
    await add(`200 KB ${name}`, bytes, 'open');
  }
  const issued = await issueSample(service, [{ kind: 'pdf', suite: 'SM2-SM3' }]);
  await add('licence SM2', await world.files.get(issued.renditions[0].file), 'strict');
  const facts = { files, trust: join(settings.dataDirectory, 'trust') };
  return { cases, facts, close: () => service.close() };
}

function accepted(report) {
  if (report.verdict !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(report.reasons)}`);
}
