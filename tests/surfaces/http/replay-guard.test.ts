import { describe, expect, it } from '@jest/globals';
import { ReplayGuard } from '../../../src/surfaces/http/access/replay-guard.js';

const at = (ms: number) => new Date(1_000_000 + ms);

describe('ReplayGuard', () => {
  it('knows an identifier for the whole window and forgets it within two', () => {
    const guard = new ReplayGuard(1000, 10);
    expect(guard.isFirstUse('a', at(0))).toBe(true);
    expect(guard.isFirstUse('b', at(900))).toBe(true);
    expect(guard.isFirstUse('b', at(1899))).toBe(false);
    expect(guard.isFirstUse('a', at(1899))).toBe(false);
    expect(guard.isFirstUse('a', at(3900))).toBe(true);
  });

  it('turns callers away rather than forget early', () => {
    const guard = new ReplayGuard(1000, 2);
    guard.isFirstUse('a', at(0));
    guard.isFirstUse('b', at(1));
    expect(() => guard.isFirstUse('c', at(2))).toThrow(expect.objectContaining({ code: 'CALLERS_TOO_MANY' }));
    expect(guard.isFirstUse('a', at(3))).toBe(false);
    expect(guard.isFirstUse('c', at(1001))).toBe(true);
  });
});
