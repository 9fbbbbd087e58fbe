import { httpError } from '../errors.js';
import type { HttpWorld } from '../world.js';
import { json } from './typed.js';
import type { HandlersOf, JsonOf } from './typed.js';

type Ids = 'verifyDocument' | 'verifyLicence' | 'verifyLicenceCode' | 'getRevocationList';

export const verificationHandlers = (world: HttpWorld): HandlersOf<Ids> => ({
  verifyDocument: async ({ body, query }) => {
    const at = query.at === undefined ? undefined : new Date(query.at);
    const report = await world.verifyDocument({ bytes: body, policy: query.policy ?? 'strict', at });
    return json<'verifyDocument'>(report as unknown as JsonOf<'verifyDocument'>);
  },

  verifyLicence: async ({ path }) => json<'verifyLicence'>(await world.verifyLicence(path)),

  getRevocationList: async ({ path }) => {
    const list = await world.revocationList(path.name);
    if (!list) throw httpError('ROUTE_NOT_FOUND');
    return { status: 200, mediaType: 'application/pkix-crl', body: list };
  },

  verifyLicenceCode: async ({ body }) => json<'verifyLicenceCode'>(await world.verifyLicenceCode(body)),
});
