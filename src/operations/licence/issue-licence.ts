import type { Json } from '../../core/errors/index.js';
import type { SuiteId } from '../../core/crypto/index.js';
import type { LicenceRecord } from '../../ports/index.js';
import type { Caller } from '../caller.js';
import { composeRenditions, type ComposeWorld } from '../steps/compose-renditions.js';
import { publishLicence, type PublishWorld } from '../steps/publish-licence.js';
import { reserveLicence, type ReserveWorld } from '../steps/reserve-licence.js';

export interface IssueLicence {
  readonly caller: Caller;
  /** The caller's name for this act: the same key with the same request gives the same licence. */
  readonly idempotencyKey: string;
  readonly type: string;
  readonly items: Readonly<Record<string, Json>>;
  readonly number?: string;
  readonly sample?: boolean;
  readonly renditions?: readonly RequestedRendition[];
}

export interface RequestedRendition {
  readonly kind: 'pdf' | 'sd-jwt';
  readonly suite: SuiteId;
}

export type IssueWorld = ReserveWorld & ComposeWorld & PublishWorld;

/**
 * Issues one licence: reserve, prepare, record the intents, sign, judge, publish (decision 3 of the architecture).
 * Every step is one durable write or none, so a crash between two loses nothing and repeats nothing; a repeated request
 * goes on from where the first one got to. Answers only when everything is stored.
 */
export const issueLicence = (world: IssueWorld) => {
  const running = new Map<string, Promise<LicenceRecord>>();

  return (command: IssueLicence): Promise<LicenceRecord> => {
    const key = `${command.caller.clientId}/${command.idempotencyKey}`;
    // A repetition that arrives while the first is under way shares its outcome, unless the request differs.
    const before = running.get(key);
    const act = before
      ? before.then(
          () => once(world, command),
          () => once(world, command),
        )
      : once(world, command);
    running.set(key, act);
    const forget = () => running.get(key) === act && running.delete(key);
    act.then(forget, forget);
    return act;
  };
};

async function once(world: IssueWorld, command: IssueLicence): Promise<LicenceRecord> {
  const reserved = await reserveLicence(world, command);
  if (reserved.doc.phase === 'issued') return reserved.doc;
  const sealed = await composeRenditions(world, reserved.doc);
  return publishLicence(world, reserved, sealed);
}
