import type { ValidityRule } from './types.js';

/** Days on licences are those of Asia/Shanghai: UTC+8 without summer time since 1992; earlier instants are not asked for. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** Calendar day `YYYY-MM-DD` in Shanghai at an instant. */
export function shanghaiDay(instant: Date): string {
  return isoDay(instant.getTime() + SHANGHAI_OFFSET_MS);
}

/** The first instant that no longer belongs to the day: midnight in Shanghai. */
export function endOfShanghaiDay(day: string): Date {
  return new Date(midnight(day) + DAY_MS - SHANGHAI_OFFSET_MS);
}

/** True for `YYYY-MM-DD` of a day that exists, years 1000 to 9999. */
export function isCalendarDay(text: string): boolean {
  return (
    /^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$/.test(text) && Number.isFinite(midnight(text)) && isoDay(midnight(text)) === text
  );
}

/**
 * First and last day of validity, both included.
 * A period of years or months ends on the day before the corresponding day (5 years from 2024-03-15: to 2029-03-14),
 * as licences print it; where the last month has no such day, on the last day of that month
 * (1 year from 2024-02-29: to 2025-02-28).
 */
export function validity(rule: ValidityRule, from: string): { readonly from: string; readonly until: string | null } {
  if (rule.kind === 'permanent') return { from, until: null };
  if (rule.kind === 'days') return { from, until: isoDay(midnight(from) + (rule.count - 1) * DAY_MS) };
  return { from, until: lastDayOfMonths(from, rule.kind === 'years' ? rule.count * 12 : rule.count) };
}

function lastDayOfMonths(from: string, months: number): string {
  const [year, month, day] = from.split('-').map(Number) as [number, number, number];
  const corresponding = Date.UTC(year, month - 1 + months, day);
  const endOfMonth = Date.UTC(year, month + months, 0);
  return isoDay(Math.min(corresponding - DAY_MS, endOfMonth));
}

const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
