import { instantMs } from '../encoding/index.js';
import type { LicenceErrorCode } from './errors.js';
import type { LicenceEvent, LicenceOperation, LicenceState, Refusal, StateInterval } from './types.js';
import { refusal } from './check-result.js';
import { endOfShanghaiDay } from './dates.js';
import { EXPIRING, OPERATION_WORDS, STATE_WORDS, TRANSITIONS } from './life-cycle.table.js';

/** What the state of a licence follows from. Intervals touch, are in order, and only the last is open. */
export interface LicenceHistory {
  readonly states: readonly StateInterval[];
  /** Last day of validity, Asia/Shanghai; null: permanent. */
  readonly validUntil: string | null;
}

export type LifeCycleRefusal = Refusal & { readonly code: LicenceErrorCode };

/**
 * The only way in which a licence changes its state: the intervals after an event, or why it may not happen.
 * Codes: LICENCE_EVENT_INCOMPLETE, LICENCE_OPERATION_UNKNOWN, LICENCE_TIME_FORBIDS, LICENCE_STATE_FORBIDS.
 *
 * @param allowed operations that the licence's type has
 */
export function next(
  history: LicenceHistory,
  event: LicenceEvent,
  allowed: readonly LicenceOperation[],
): { readonly ok: true; readonly states: readonly StateInterval[] } | LifeCycleRefusal {
  const gap = (['actor', 'reason', 'legalBasis'] as const).find((field) => event[field].trim() === '');
  if (gap)
    return refusal(
      'LICENCE_EVENT_INCOMPLETE',
      `the event does not say its ${EVENT_WORDS[gap].en}`,
      `事件缺少${EVENT_WORDS[gap].zh}`,
    );
  const transition = TRANSITIONS.find((row) => row.operation === event.operation);
  if (!transition || !allowed.includes(event.operation))
    return refusal(
      'LICENCE_OPERATION_UNKNOWN',
      'this type of licence does not have this operation',
      '该类型证照没有此项操作',
    );
  const effective = instantMs(event.effectiveAt);
  if (effective === undefined || instantMs(event.recordedAt) === undefined)
    return refusal(
      'LICENCE_TIME_FORBIDS',
      'the event does not say its times as instants in UTC',
      '事件时间不是 UTC 时刻',
    );
  const last = history.states.at(-1);
  if (last && effective < instantMs(last.from)!)
    return refusal(
      'LICENCE_TIME_FORBIDS',
      'the event would take effect before the one that came last',
      '事件的生效时间早于上一事件',
    );
  const state = stateAt(history, new Date(effective));
  if (!transition.from.includes(state)) {
    const [operation, is] = [OPERATION_WORDS[event.operation], STATE_WORDS[state]];
    return refusal(
      'LICENCE_STATE_FORBIDS',
      `cannot ${operation.en} a licence that is ${is.en}`,
      `证照状态为“${is.zh}”，不能${operation.zh}`,
    );
  }
  const opened: StateInterval = { state: transition.to, from: event.effectiveAt, until: null, eventId: event.id };
  return {
    ok: true,
    states: last ? [...history.states.slice(0, -1), { ...last, until: event.effectiveAt }, opened] : [opened],
  };
}

/**
 * The state at an instant: `draft` before the first event; what was valid or suspended is `expired` once the last day
 * of validity has ended in Shanghai.
 */
export function stateAt(history: LicenceHistory, at: Date): LicenceState {
  // The last one wins where an interval is empty: two events may take effect in the same instant.
  const interval = history.states.findLast(({ from }) => instantMs(from)! <= at.getTime());
  if (!interval) return 'draft';
  const { validUntil } = history;
  const isOver = validUntil !== null && at >= endOfShanghaiDay(validUntil);
  return isOver && EXPIRING.includes(interval.state) ? 'expired' : interval.state;
}

const EVENT_WORDS = {
  actor: { en: 'actor', zh: '操作人' },
  reason: { en: 'reason', zh: '事由' },
  legalBasis: { en: 'legal basis', zh: '法律依据' },
} as const;
