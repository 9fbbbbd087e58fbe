import { fromHex, toBase64 } from '../../../core/encoding/index.js';
import type { ChangeLicenceState } from '../../../operations/index.js';
import type { HandlerAnswer } from '../route.js';
import type { HttpWorld } from '../world.js';
import { addressOf, etagOf, licenceSummary } from './licence-summary.js';
import { purposeOf } from './purpose.js';
import { callerOf, json } from './typed.js';
import type { HandlersOf, JsonOf, RequestOf } from './typed.js';

type Ids = 'issueLicence' | 'getLicence' | 'getRendition' | ChangeIds;
type ChangeIds = 'suspendLicence' | 'resumeLicence' | 'revokeLicence';

export const licenceHandlers = (world: HttpWorld): HandlersOf<Ids> => ({
  issueLicence: async (request) => {
    const record = await world.issueLicence({
      caller: callerOf(request),
      idempotencyKey: request.header['Idempotency-Key'],
      ...(request.body as Pick<
        Parameters<HttpWorld['issueLicence']>[0],
        'type' | 'items' | 'number' | 'sample' | 'renditions'
      >),
    });
    const headers = { Location: addressOf(record.id), ETag: etagOf(record) };
    return json<'issueLicence'>(licenceSummary(record, world.stateOf(record)), { status: 201, headers });
  },

  getLicence: async (request) => {
    const purpose = purposeOf(request.header.Purpose);
    const view = await world.readLicence({ caller: callerOf(request), identifier: request.path.identifier, purpose });
    const { record, state, items, personalItemsLeftOut, metadata } = view;
    const { states, events, licence } = record;
    const body = {
      summary: licenceSummary(record, state),
      issuer: licence.issuer,
      items,
      personalItemsLeftOut,
      states: states.map(({ state: name, from, until }) => ({ state: name, from, until })),
      events,
      metadata,
    };
    return json<'getLicence'>(body as unknown as JsonOf<'getLicence'>, { headers: { ETag: etagOf(record) } });
  },

  getRendition: async (request) => {
    const { identifier, kind, suite } = request.path;
    const purpose = purposeOf(request.header.Purpose) ?? '';
    const { rendition, bytes } = await world.getRendition({
      caller: callerOf(request),
      identifier,
      kind,
      suite,
      purpose,
    });
    const headers = { ETag: `"${rendition.file}"`, 'Repr-Digest': `sha-256=:${toBase64(fromHex(rendition.file))}:` };
    return { status: 200, headers, mediaType: rendition.mediaType, body: bytes };
  },

  suspendLicence: (request) => change(world, request, 'suspend'),
  resumeLicence: (request) => change(world, request, 'resume'),
  revokeLicence: (request) => change(world, request, 'revoke'),
});

async function change(
  world: HttpWorld,
  request: RequestOf<ChangeIds>,
  operation: ChangeLicenceState['operation'],
): Promise<HandlerAnswer> {
  const { reason, legalBasis, effectiveAt } = request.body;
  const { record } = await world.changeLicenceState({
    caller: callerOf(request),
    identifier: request.path.identifier,
    operation,
    idempotencyKey: request.header['Idempotency-Key'],
    expectedVersion: Number(request.header['If-Match'].slice(1, -1)),
    reason,
    legalBasis,
    // One instant has one text from here on, whatever offset it came with.
    effectiveAt: effectiveAt === undefined ? undefined : new Date(effectiveAt).toISOString(),
  });
  return json<ChangeIds>(licenceSummary(record, world.stateOf(record)), { headers: { ETag: etagOf(record) } });
}
