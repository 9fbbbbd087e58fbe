import { syncDirectory } from './sync.js';

/**
 * Many writers, one fsync: a call joins the sync of its directory that is about to start, never one that is running,
 * since that may have begun before the caller's entry was there.
 */
export class SharedSync {
  private readonly running = new Map<string, Promise<void>>();
  private readonly next = new Map<string, Promise<void>>();

  constructor(private readonly sync: (path: string) => Promise<void> = syncDirectory) {}

  directory(path: string): Promise<void> {
    const joined = this.next.get(path);
    if (joined) return joined;
    const previous = this.running.get(path) ?? Promise.resolve();
    const mine = previous
      .catch(() => undefined) // told to its own callers
      .then(() => {
        this.next.delete(path);
        this.running.set(path, mine);
        return this.sync(path);
      })
      .finally(() => {
        if (this.running.get(path) === mine) this.running.delete(path);
      });
    this.next.set(path, mine);
    return mine;
  }
}
