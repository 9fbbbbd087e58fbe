import { describe, expect, it } from '@jest/globals';
import { instantMs } from '../../../src/core/encoding/index.js';

describe('instantMs', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2026-11-24T06:00:00.000Z', Date.UTC(2026, 10, 24, 6)],
    ['2024-02-29T23:59:59.5Z', Date.UTC(2024, 1, 29, 23, 59, 59, 500)],
  ])('reads %s', (text, ms) => {
    expect(instantMs(text)).toBe(ms);
  });

  it.each([
    ['a day', '2026-11-24'],
    ['another zone', '2026-11-24T06:00:00+08:00'],
    ['more than milliseconds', '2026-11-24T06:00:00.0000Z'],
    ['a month that does not exist', '2026-13-01T00:00:00Z'],
    ['the 30th of February', '2026-02-30T00:00:00Z'],
    ['24 o’clock', '2026-11-24T24:00:00Z'],
  ])('refuses %s', (_, text) => {
    expect(instantMs(text)).toBeUndefined();
  });
});
