import 'reflect-metadata';
import { loadSettings, readPassphrase } from '../../dist/config/index.js';
import { places, setUp } from '../../dist/setup.js';
import { openService } from '../../dist/wiring.js';

const DEPARTMENT = { code: '11999900MB0000001K', name: '示例市行政审批局' };

/**
 * Sets up a service in the folder `data` and issues licences there, through the build in `dist/`.
 *
 * `orders`: `[{ request, renditions: [{ kind, suite }] }]`, where `request` is the content of a `sample.json`. Answers
 * `{ trust, files }`: the trust directory, and one `{ type, kind, suite, bytes }` for each rendition in that order.
 */
export async function issueSamples({ data, templates, orders }) {
  const settings = loadSettings({ YINXIN_DATA: data, YINXIN_LOG: 'error' }, { templatesDirectory: templates });
  await setUp(settings, DEPARTMENT, () => undefined);
  const service = await openService(settings, readPassphrase(settings));
  const caller = { clientId: 'samples', departmentCode: DEPARTMENT.code, scopes: new Set() };
  const files = [];
  try {
    for (const [i, { request, renditions }] of orders.entries()) {
      const issued = await service.issueLicence({ caller, idempotencyKey: `sample-${i}`, ...request, renditions });
      for (const { kind, suite, file } of issued.renditions)
        files.push({ type: request.type, kind, suite, bytes: new Uint8Array(await service.world.files.get(file)) });
    }
  } finally {
    await service.close();
  }
  return { trust: places(settings.dataDirectory).trust, files };
}
