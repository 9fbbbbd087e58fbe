import { httpError } from '../errors.js';

/**
 * Remembers which identifiers were used, for at least `windowMs` and at most twice that, in bounded memory.
 *
 * Two generations: when the younger is a window old it becomes the elder, and the elder is forgotten whole. When one is
 * full, new callers are turned away: forgetting early would let a seen proof pass again.
 */
export class ReplayGuard {
  private younger = new Set<string>();
  private elder = new Set<string>();
  private since = 0;

  constructor(
    private readonly windowMs: number,
    private readonly capacity: number,
  ) {}

  /** True the first time. Throws CALLERS_TOO_MANY. */
  isFirstUse(id: string, now: Date): boolean {
    this.turn(now.getTime());
    if (this.younger.has(id) || this.elder.has(id)) return false;
    if (this.younger.size >= this.capacity) throw httpError('CALLERS_TOO_MANY');
    this.younger.add(id);
    return true;
  }

  private turn(now: number): void {
    const age = now - this.since;
    if (age < this.windowMs) return;
    this.elder = age < 2 * this.windowMs ? this.younger : new Set();
    this.younger = new Set();
    this.since = now;
  }
}
