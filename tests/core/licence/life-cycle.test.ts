import { describe, expect, it } from '@jest/globals';
import { next, stateAt } from '../../../src/core/licence/index.js';
import type { LicenceEvent, LicenceHistory, LicenceOperation, LicenceState } from '../../../src/core/licence/index.js';

const ALL: readonly LicenceOperation[] = ['issue', 'suspend', 'resume', 'revoke'];
const EMPTY: LicenceHistory = { states: [], validUntil: '2031-11-23' };

const at = (day: number, hour = 0) => new Date(Date.UTC(2026, 10, day, hour)).toISOString();

function event(operation: LicenceOperation, effectiveAt: string, more: Partial<LicenceEvent> = {}): LicenceEvent {
  const fixed = {
    id: `${operation}@${effectiveAt}`,
    licence: 'L',
    actor: 'client:a',
    reason: '例行检查',
    legalBasis: '食品安全法',
  };
  return { ...fixed, operation, effectiveAt, recordedAt: effectiveAt, ...more };
}

function after(history: LicenceHistory, ...events: LicenceEvent[]): LicenceHistory {
  return events.reduce((before, one) => {
    const result = next(before, one, ALL);
    if (!result.ok) throw new Error(result.words.en);
    return { ...before, states: result.states };
  }, history);
}

const issued = after(EMPTY, event('issue', at(1)));
const suspended = after(issued, event('suspend', at(5)));
const revoked = after(suspended, event('revoke', at(9)));
const histories: Record<string, LicenceHistory> = { draft: EMPTY, valid: issued, suspended, revoked };

describe('the life of a licence', () => {
  it('is a history of intervals that touch', () => {
    const resumed = after(suspended, event('resume', at(7)));
    expect(resumed.states).toEqual([
      { state: 'valid', from: at(1), until: at(5), eventId: `issue@${at(1)}` },
      { state: 'suspended', from: at(5), until: at(7), eventId: `suspend@${at(5)}` },
      { state: 'valid', from: at(7), until: null, eventId: `resume@${at(7)}` },
    ]);
  });

  it('leaves the history that it was given as it was', () => {
    const before = structuredClone(issued);
    next(issued, event('suspend', at(5)), ALL);
    expect(issued).toEqual(before);
  });

  const allowed: Record<LicenceOperation, readonly string[]> = {
    issue: ['draft'],
    suspend: ['valid'],
    resume: ['suspended'],
    revoke: ['valid', 'suspended'],
  };
  it.each(ALL.flatMap((operation) => Object.keys(histories).map((state) => [operation, state] as const)))(
    '%s on a %s licence is as the table says',
    (operation, state) => {
      const result = next(histories[state]!, event(operation, at(20)), ALL);
      if (allowed[operation].includes(state)) expect(result.ok).toBe(true);
      else
        expect(result).toMatchObject({
          ok: false,
          code: 'LICENCE_STATE_FORBIDS',
          words: { en: expect.stringMatching(/cannot/), zh: expect.stringMatching(/不能/) },
        });
    },
  );

  it('may end in the instant in which it began', () => {
    const gone = after(issued, event('revoke', at(1)));
    expect(stateAt(gone, new Date(at(1)))).toBe('revoked');
  });

  it.each(['actor', 'reason', 'legalBasis'] as const)('does not move without its %s', (field) => {
    expect(next(issued, event('suspend', at(5), { [field]: ' ' }), ALL)).toMatchObject({
      ok: false,
      code: 'LICENCE_EVENT_INCOMPLETE',
    });
  });

  it('does not move by an operation that its type has not, or that nobody knows', () => {
    expect(next(issued, event('suspend', at(5)), ['issue', 'revoke'])).toMatchObject({
      ok: false,
      code: 'LICENCE_OPERATION_UNKNOWN',
    });
    const unknown = 'burn' as LicenceOperation;
    expect(next(issued, event(unknown, at(5)), [unknown])).toMatchObject({
      ok: false,
      code: 'LICENCE_OPERATION_UNKNOWN',
    });
  });

  it('does not move backwards in time', () => {
    expect(next(suspended, event('resume', at(4, 23)), ALL)).toMatchObject({ ok: false, code: 'LICENCE_TIME_FORBIDS' });
  });

  it.each([{ effectiveAt: '2026-11-05' }, { recordedAt: 'yesterday' }])(
    'does not move at a time that is none: %j',
    (times) => {
      expect(next(issued, event('suspend', at(5), times), ALL)).toMatchObject({
        ok: false,
        code: 'LICENCE_TIME_FORBIDS',
      });
    },
  );

  it('is over for suspension once the last day has ended', () => {
    const result = next(issued, event('suspend', '2031-11-23T16:00:00.000Z'), ALL);
    expect(result).toMatchObject({
      ok: false,
      code: 'LICENCE_STATE_FORBIDS',
      words: { zh: expect.stringContaining('过期') },
    });
  });
});

describe('the state at an instant', () => {
  it.each<[string, LicenceHistory, string, LicenceState]>([
    ['before anything happened', EMPTY, at(1), 'draft'],
    ['just before issue', issued, '2026-10-31T23:59:59.999Z', 'draft'],
    ['at issue', issued, at(1), 'valid'],
    ['just before suspension', suspended, '2026-11-04T23:59:59.999Z', 'valid'],
    ['at suspension', suspended, at(5), 'suspended'],
    ['in the last millisecond in Shanghai', issued, '2031-11-23T15:59:59.999Z', 'valid'],
    ['when the last day has ended in Shanghai', issued, '2031-11-23T16:00:00.000Z', 'expired'],
    ['suspended and over', suspended, '2031-11-23T16:00:00.000Z', 'expired'],
    ['revoked and over', revoked, '2031-11-23T16:00:00.000Z', 'revoked'],
    ['permanent', { ...issued, validUntil: null }, '2099-01-01T00:00:00.000Z', 'valid'],
  ])('%s', (_, history, instant, state) => {
    expect(stateAt(history, new Date(instant))).toBe(state);
  });
});
