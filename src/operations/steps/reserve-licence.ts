import { hash } from '#primitives';
import { canonicalJson, toBase64url, toHex } from '../../core/encoding/index.js';
import { isTrustError, type Json } from '../../core/errors/index.js';
import { commit, draftLicence, shanghaiDay } from '../../core/licence/index.js';
import type { FieldProblem, LicenceType } from '../../core/licence/index.js';
import type { Clock, Documents, Fonts, LicenceRecord, Random, Templates, Versioned } from '../../ports/index.js';
import { OperationError } from '../errors.js';
import type { IssueLicence, RequestedRendition } from '../licence/issue-licence.js';
import { dataSuiteOf } from './data-suite.js';
import { loadSealOf } from './load-seal.js';
import { requireIssuable } from './require-issuable.js';

export interface ReserveWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly templates: Templates;
  readonly documents: Documents;
  readonly fonts: Fonts;
}

/** Tries to find a free number by the type's rule; a collision of random numbers is rare, a full range is not ours to mend. */
const NUMBER_ATTEMPTS = 8;

/**
 * Decides everything about the licence and writes it as ONE document with number and idempotency key, so that neither can
 * be used twice. A request that was reserved before gives that document back.
 */
export async function reserveLicence(world: ReserveWorld, command: IssueLicence): Promise<Versioned<LicenceRecord>> {
  const requestKey = `${command.caller.clientId}/${command.idempotencyKey}`;
  const requestDigest = digestOf(command);
  const earlier = await byRequest(world, requestKey, requestDigest);
  if (earlier) return earlier;

  const type = world.templates.type(command.type);
  if (!type)
    throw new OperationError('LICENCE_TYPE_UNKNOWN', {
      en: `unknown licence type ${command.type}`,
      zh: `未知的证照类型 ${command.type}`,
    });
  const wanted = wantedRenditions(type, command.renditions);
  const { seal } = await loadSealOf(world, command.caller.departmentCode, type.sealRole);
  const now = world.clock.now();
  const validateItems = world.templates.validator(type.code);

  for (let attempt = 1; ; attempt++) {
    const draft = draftLicence({
      type,
      request: { items: command.items, number: command.number, sample: command.sample },
      issuer: { name: seal.owner.name, code: seal.owner.code, region: seal.owner.code.slice(2, 8) },
      issuedOn: shanghaiDay(now),
      validateItems,
      random: world.random.bytes(16),
    });
    if (!draft.ok) throw itemsInvalid(draft.problems);
    const { licence } = draft;
    await requireIssuable(world, { licence, seal, wanted, now });
    const salts = Object.fromEntries(
      Object.keys(licence.items).map((key) => [key, toBase64url(world.random.bytes(16))]),
    );
    const requiredSuites = [...new Set(wanted.filter(({ kind }) => kind === 'pdf').map(({ suite }) => suite))].sort();
    const doc: LicenceRecord = {
      id: licence.identifier,
      typeAndNumber: `${type.code}/${licence.number}`,
      requestKey,
      requestDigest,
      issuerCode: seal.owner.code,
      phase: 'reserved',
      wanted,
      licence,
      salts,
      commitment: commit({ licence, requiredSuites, salts }).commitment,
      requiredSuites,
      sealCode: seal.code,
      reservedAt: now.toISOString(),
      renditions: [],
      states: [],
      events: [],
      pending: [],
      hasPending: 0,
      isReserved: 1,
    };
    try {
      await world.documents.insert('licences', doc);
      return { doc, version: 1 };
    } catch (error) {
      if (!isTrustError(error) || error.code !== 'STORE_CONFLICT') throw error;
      const other = await byRequest(world, requestKey, requestDigest);
      if (other) return other;
      if (command.number !== undefined || attempt === NUMBER_ATTEMPTS)
        throw new OperationError('LICENCE_NUMBER_TAKEN', {
          en: 'this licence number is taken',
          zh: '该证照编号已被使用',
        });
    }
  }
}

async function byRequest(
  world: ReserveWorld,
  requestKey: string,
  requestDigest: string,
): Promise<Versioned<LicenceRecord> | undefined> {
  const [found] = await world.documents.find('licences', { index: 'requestKey', equals: requestKey, limit: 1 });
  if (found && found.doc.requestDigest !== requestDigest)
    throw new OperationError('IDEMPOTENCY_KEY_REUSED', {
      en: 'this Idempotency-Key was used for another request',
      zh: '该幂等键已用于另一请求',
    });
  return found;
}

function wantedRenditions(
  type: LicenceType,
  asked: readonly RequestedRendition[] | undefined,
): readonly RequestedRendition[] {
  const suites = type.suites as readonly RequestedRendition['suite'][];
  const wanted = asked ?? [{ kind: 'pdf', suite: suites[0]! }];
  for (const { kind, suite } of wanted)
    if (!(kind === 'pdf' ? suites : suites.map(dataSuiteOf)).includes(suite))
      throw new OperationError('SUITE_NOT_OFFERED', {
        en: `this licence type is not issued in ${suite}`,
        zh: `该证照类型不以 ${suite} 签发`,
      });
  const names = new Set(wanted.map(({ kind, suite }) => `${kind}/${suite}`));
  return wanted.filter(({ kind, suite }) => names.delete(`${kind}/${suite}`));
}

function digestOf({ caller, type, items, number, sample, renditions }: IssueLicence): string {
  const request: Json = {
    department: caller.departmentCode,
    type,
    items,
    number: number ?? null,
    sample: sample ?? false,
    renditions: renditions?.map(({ kind, suite }) => ({ kind, suite })) ?? null,
  };
  return toHex(hash('sha256', canonicalJson(request)));
}

function itemsInvalid(problems: readonly FieldProblem[]): OperationError {
  return new OperationError(
    'LICENCE_ITEMS_INVALID',
    { en: 'the request does not fit the licence type', zh: '请求内容不符合该证照类型的要求' },
    { details: { errors: problems.map(({ field, code, words }) => ({ field, code, en: words.en, zh: words.zh })) } },
  );
}
