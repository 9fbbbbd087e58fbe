import { hash } from '#primitives';
import { canonicalJson, toHex } from '../../core/encoding/index.js';
import { isTrustError } from '../../core/errors/index.js';
import { next } from '../../core/licence/index.js';
import type { LicenceEvent, LicenceOperation } from '../../core/licence/index.js';
import type { Clock, Documents, LicenceRecord, PendingWork, Templates } from '../../ports/index.js';
import type { Caller } from '../caller.js';
import { OperationError } from '../errors.js';
import { loadOwnLicence } from '../steps/load-licence.js';

export interface ChangeLicenceState {
  readonly caller: Caller;
  readonly identifier: string;
  readonly operation: Exclude<LicenceOperation, 'issue'>;
  readonly idempotencyKey: string;
  /** How many events the caller has seen (`If-Match`): the licence's version for others. Its document changes more often. */
  readonly expectedVersion: number;
  readonly reason: string;
  readonly legalBasis: string;
  /** RFC 3339 UTC; now when absent. */
  readonly effectiveAt?: string;
}

interface World {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly templates: Templates;
}

/** Times that background work may change the document between our read and our write. */
const ATTEMPTS = 8;

/**
 * Suspends, resumes or revokes. State, event and the work that follows from it are one write, guarded by the version.
 * The event's id is made of client and idempotency key, so a repetition finds its event there and changes nothing.
 */
export const changeLicenceState =
  (world: World) =>
  async (command: ChangeLicenceState): Promise<{ readonly record: LicenceRecord }> => {
    for (let attempt = 1; ; attempt++) {
      const { doc, version } = await loadOwnLicence(world, command.caller, command.identifier);
      const changed = changeOf(world, doc, command);
      if (changed === doc) return { record: doc };
      try {
        await world.documents.replace('licences', changed, version);
        return { record: changed };
      } catch (error) {
        if (!isTrustError(error) || error.code !== 'STORE_CONFLICT' || attempt === ATTEMPTS) throw error;
      }
    }
  };

/** The record after the change; the same object when this very command was carried out before. */
function changeOf(world: World, record: LicenceRecord, command: ChangeLicenceState): LicenceRecord {
  const id = eventId(command);
  const earlier = record.events.find((event) => event.id === id);
  if (earlier) {
    if (isSameCommand(earlier, command)) return record;
    throw new OperationError('IDEMPOTENCY_KEY_REUSED', {
      en: 'this Idempotency-Key was used for another request',
      zh: '该幂等键已用于另一请求',
    });
  }
  if (record.events.length !== command.expectedVersion)
    throw new OperationError('LICENCE_CHANGED_MEANWHILE', {
      en: 'the licence has changed since it was read',
      zh: '证照在读取之后已发生变化',
    });
  const recordedAt = world.clock.now().toISOString();
  const event: LicenceEvent = {
    id,
    licence: record.id,
    operation: command.operation,
    actor: command.caller.clientId,
    reason: command.reason,
    legalBasis: command.legalBasis,
    effectiveAt: command.effectiveAt ?? recordedAt,
    recordedAt,
  };
  const type = world.templates.type(record.licence.typeCode, record.licence.typeVersion);
  const allowed = (type?.operations ?? []).map(({ operation }) => operation);
  const outcome = next({ states: record.states, validUntil: record.licence.validUntil }, event, allowed);
  if (!outcome.ok)
    throw new OperationError('LICENCE_STATE_FORBIDS', outcome.words, { details: { refusal: outcome.code } });
  return {
    ...record,
    states: outcome.states,
    events: [...record.events, event],
    pending: [...record.pending, ...followUps(id)],
    hasPending: 1,
  };
}

/** What follows from every licence event: a leaf of the journal and an archive item. */
export const followUps = (eventId: string): readonly PendingWork[] => [
  { id: `${eventId}/journal`, kind: 'journal-event', eventId },
  { id: `${eventId}/archive`, kind: 'archive', eventId },
];

function isSameCommand(event: LicenceEvent, command: ChangeLicenceState): boolean {
  return (
    event.operation === command.operation &&
    event.reason === command.reason &&
    event.legalBasis === command.legalBasis &&
    (command.effectiveAt === undefined || event.effectiveAt === command.effectiveAt)
  );
}

function eventId({ caller, idempotencyKey, identifier }: ChangeLicenceState): string {
  return toHex(hash('sha256', canonicalJson([caller.clientId, idempotencyKey, identifier]))).slice(0, 32);
}
