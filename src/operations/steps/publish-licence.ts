import { hash } from '#primitives';
import { toHex, utf8 } from '../../core/encoding/index.js';
import { next } from '../../core/licence/index.js';
import type { LicenceEvent } from '../../core/licence/index.js';
import type {
  Clock,
  Documents,
  Files,
  LicenceRecord,
  StoredRendition,
  Templates,
  Versioned,
} from '../../ports/index.js';
import { OperationError } from '../errors.js';
import { followUps } from '../licence/change-licence-state.js';
import type { SealedRendition } from './compose-renditions.js';
import { judgeFile, type JudgeWorld } from './judge-file.js';

export type PublishWorld = JudgeWorld & {
  readonly clock: Clock;
  readonly documents: Documents;
  readonly files: Files;
  readonly templates: Templates;
};

/**
 * Judges what was just made as a stranger's file would be judged, stores the files, and then makes the licence issued in
 * one write: state, event, files and the work that follows. Anything but `accepted` is released to nobody.
 */
export async function publishLicence(
  world: PublishWorld,
  reserved: Versioned<LicenceRecord>,
  sealed: readonly SealedRendition[],
): Promise<LicenceRecord> {
  const record = reserved.doc;
  const event = issueEvent(world, record);
  const states = firstStates(world, record, event);
  await Promise.all(sealed.map((rendition) => judgeOwn(world, record, rendition)));
  const renditions = await Promise.all(sealed.map((rendition) => store(world.files, rendition)));
  const issued: LicenceRecord = {
    ...record,
    phase: 'issued',
    isReserved: 0,
    renditions,
    states,
    events: [event],
    pending: followUps(event.id),
    hasPending: 1,
  };
  await world.documents.replace('licences', issued, reserved.version);
  return issued;
}

async function judgeOwn(world: PublishWorld, record: LicenceRecord, rendition: SealedRendition): Promise<void> {
  const report = await judgeFile(world, rendition.bytes, { policy: 'strict', registry: 'not-asked' });
  if (report.verdict === 'accepted') return;
  throw new OperationError(
    'OUTPUT_NOT_ACCEPTED',
    { en: 'the sealed file did not pass our own verification', zh: '所制作的文件未通过自身验证' },
    {
      details: {
        licence: record.id,
        kind: rendition.kind,
        suite: rendition.suite,
        reasons: report.reasons.map(({ code }) => code),
      },
    },
  );
}

async function store(
  files: Files,
  { kind, suite, mediaType, bytes, intentId }: SealedRendition,
): Promise<StoredRendition> {
  return { kind, suite, mediaType, file: await files.put(bytes), bytes: bytes.length, intentId };
}

/** The id follows from the licence: a repeated publication is the same event and the same journal leaf. */
function issueEvent(world: PublishWorld, record: LicenceRecord): LicenceEvent {
  const at = world.clock.now().toISOString();
  return {
    id: toHex(hash('sha256', utf8(`issue/${record.id}`))).slice(0, 32),
    licence: record.id,
    operation: 'issue',
    actor: record.requestKey.split('/')[0]!,
    reason: '签发',
    legalBasis:
      world.templates.type(record.licence.typeCode, record.licence.typeVersion)!.catalogue.relatedItemName ??
      '依申请签发',
    effectiveAt: at,
    recordedAt: at,
  };
}

function firstStates(world: PublishWorld, { licence }: LicenceRecord, event: LicenceEvent): LicenceRecord['states'] {
  const allowed = world.templates
    .type(licence.typeCode, licence.typeVersion)!
    .operations.map(({ operation }) => operation);
  const outcome = next({ states: [], validUntil: licence.validUntil }, event, allowed);
  if (!outcome.ok)
    throw new OperationError('LICENCE_STATE_FORBIDS', outcome.words, { details: { refusal: outcome.code } });
  return outcome.states;
}
