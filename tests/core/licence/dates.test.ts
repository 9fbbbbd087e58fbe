import { describe, expect, it } from '@jest/globals';
import { instantMs } from '../../../src/core/encoding/index.js';
import { endOfShanghaiDay, isCalendarDay, shanghaiDay, validity } from '../../../src/core/licence/index.js';

describe('a day in Shanghai', () => {
  it.each([
    ['2026-11-24T15:59:59.999Z', '2026-11-24'],
    ['2026-11-24T16:00:00.000Z', '2026-11-25'],
    ['2027-12-31T16:00:00Z', '2028-01-01'],
    ['2028-02-28T16:30:00Z', '2028-02-29'],
  ])('at %s is %s', (instant, day) => {
    expect(shanghaiDay(new Date(instant))).toBe(day);
  });

  it('ends sixteen hours into its UTC namesake', () => {
    expect(endOfShanghaiDay('2028-02-29').toISOString()).toBe('2028-02-29T16:00:00.000Z');
    expect(shanghaiDay(new Date(endOfShanghaiDay('2028-02-29').getTime() - 1))).toBe('2028-02-29');
    expect(shanghaiDay(endOfShanghaiDay('2028-02-29'))).toBe('2028-03-01');
  });
});

describe('a calendar day', () => {
  it.each(['2028-02-29', '2000-02-29', '1990-01-01', '9999-12-31'])('%s exists', (text) => {
    expect(isCalendarDay(text)).toBe(true);
  });

  it.each([
    '2027-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-04-31',
    '2026-00-10',
    '0999-01-01',
    '2026-1-1',
    '20260101',
    '2026-01-01T00:00:00Z',
    '',
  ])('"%s" does not', (text) => {
    expect(isCalendarDay(text)).toBe(false);
  });
});

describe('validity', () => {
  it.each([
    ['years', 5, '2024-03-15', '2029-03-14'],
    ['years', 1, '2024-02-29', '2025-02-28'],
    ['years', 4, '2024-02-29', '2028-02-28'],
    ['years', 1, '2023-03-01', '2024-02-29'],
    ['years', 1, '2026-01-01', '2026-12-31'],
    ['months', 6, '2026-11-24', '2027-05-23'],
    ['months', 1, '2026-01-31', '2026-02-28'],
    ['months', 1, '2028-01-30', '2028-02-29'],
    ['months', 1, '2026-03-31', '2026-04-30'],
    ['months', 12, '2026-12-01', '2027-11-30'],
    ['days', 1, '2026-11-24', '2026-11-24'],
    ['days', 30, '2028-02-15', '2028-03-15'],
  ] as const)('of %s × %i from %s lasts to %s', (kind, count, from, until) => {
    expect(validity({ kind, count }, from)).toEqual({ from, until });
  });

  it('may have no end', () => {
    expect(validity({ kind: 'permanent' }, '2026-11-24')).toEqual({ from: '2026-11-24', until: null });
  });
});

describe('an instant', () => {
  it('is read from RFC 3339 in UTC', () => {
    expect(instantMs('2026-11-24T06:00:00Z')).toBe(Date.UTC(2026, 10, 24, 6));
    expect(instantMs('2026-11-24T06:00:00.25Z')).toBe(Date.UTC(2026, 10, 24, 6, 0, 0, 250));
  });

  it.each([
    '2026-11-24',
    '2026-11-24T06:00:00+08:00',
    '2026-02-30T06:00:00Z',
    '2026-11-24T25:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-24T23:59:60Z',
    '',
  ])('is not "%s"', (text) => {
    expect(instantMs(text)).toBeUndefined();
  });
});
