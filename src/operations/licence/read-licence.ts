import type { Json } from '../../core/errors/index.js';
import { toHex } from '../../core/encoding/index.js';
import { licenceMetadata, metadataRecord, stateAt } from '../../core/licence/index.js';
import type { LicenceState } from '../../core/licence/index.js';
import type { Clock, Documents, LicenceRecord, Random, Templates } from '../../ports/index.js';
import type { Caller } from '../caller.js';
import { OperationError } from '../errors.js';
import { loadOwnLicence } from '../steps/load-licence.js';

export interface ReadLicence {
  readonly caller: Caller;
  readonly identifier: string;
  /** Why personal items are read; null leaves them out. */
  readonly purpose: string | null;
}

export interface LicenceView {
  readonly record: LicenceRecord;
  readonly version: number;
  readonly state: LicenceState;
  readonly items: Readonly<Record<string, Json>>;
  readonly personalItemsLeftOut: readonly string[];
  readonly metadata: Readonly<Record<string, Json>>;
}

interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly documents: Documents;
  readonly templates: Templates;
}

/** Personal items go out only with scope and purpose, and then the read is on record before the answer leaves. */
export const readLicence =
  (world: World) =>
  async ({ caller, identifier, purpose }: ReadLicence): Promise<LicenceView> => {
    const { doc: record, version } = await loadOwnLicence(world, caller, identifier);
    const type = world.templates.type(record.licence.typeCode, record.licence.typeVersion);
    const personal = (type?.items ?? []).filter((item) => item.personal).map((item) => item.key);
    const showsAll = purpose !== null && caller.scopes.has('licences:read-personal');
    if (showsAll) await recordAccess(world, caller, identifier, purpose);
    const leftOut = showsAll ? [] : personal.filter((key) => key in record.licence.items);
    const items = Object.fromEntries(Object.entries(record.licence.items).filter(([key]) => !leftOut.includes(key)));
    const state = stateAt({ states: record.states, validUntil: record.licence.validUntil }, world.clock.now());
    const entries = type ? licenceMetadata(record.licence, type).filter((entry) => showsAll || !entry.personal) : [];
    const metadata = { ...metadataRecord(entries, 'pinyin'), ...metadataRecord(entries, 'english') };
    return { record, version, state, items, personalItemsLeftOut: leftOut, metadata };
  };

/** Writes who read personal data and why. Throws PURPOSE_REQUIRED for an empty purpose. */
export async function recordAccess(
  world: Pick<World, 'clock' | 'random' | 'documents'>,
  caller: Caller,
  licence: string,
  purpose: string,
): Promise<void> {
  if (purpose.trim() === '')
    throw new OperationError('PURPOSE_REQUIRED', {
      en: 'state why personal data is read',
      zh: '须说明读取个人信息的用途',
    });
  const at = world.clock.now().toISOString();
  await world.documents.insert('accesses', {
    id: `${at}-${toHex(world.random.bytes(8))}`,
    licence,
    clientId: caller.clientId,
    purpose,
    at,
  });
}
