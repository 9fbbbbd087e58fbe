import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadSettings, readPassphrase } from '../../dist/config/index.js';
import { setUp } from '../../dist/setup.js';
import { openService } from '../../dist/wiring.js';

export const DEPARTMENT = { code: '11999900MB0000001K', name: '样本市行政审批局' };
const templatesDirectory = fileURLToPath(new URL('../../templates', import.meta.url));

/** A service on a data directory of its own, with its development authority and one department. */
export async function openSampleService(dataDirectory) {
  const settings = loadSettings({ YINXIN_DATA: dataDirectory, YINXIN_LOG: 'error' }, { templatesDirectory });
  const { seal } = await setUp(settings, DEPARTMENT, () => {});
  const passphrase = readPassphrase(settings);
  return { settings, passphrase, seal, service: await openService(settings, passphrase) };
}

const sample = JSON.parse(readFileSync(`${templatesDirectory}/business-licence/sample.json`, 'utf8'));
let requests = 0;

/** Issues one business licence; every call is another request. */
export const issueSample = (service, renditions) =>
  service.issueLicence({
    caller: { clientId: 'bench', departmentCode: DEPARTMENT.code, scopes: new Set() },
    idempotencyKey: `bench-${++requests}`,
    type: sample.type,
    items: sample.items,
    sample: true,
    renditions,
  });
