import type { Log } from './ports/index.js';

/** What runs by itself, and how often. Milliseconds between the end of one run and the start of the next. */
export interface Scheduled {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
}

/** Starts all; the answer stops them and waits for those that are running. A run that fails is logged and comes again. */
export function startSchedule(table: readonly Scheduled[], log: Log): () => Promise<void> {
  let stopped = false;
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Map<string, Promise<void>>();
  const once = ({ name, everyMs, run }: Scheduled): void => {
    const act = run()
      .then(
        () => undefined,
        (error: unknown) => log.error('schedule.failed', { name }, error),
      )
      .then(() => {
        if (!stopped)
          timers.set(
            name,
            setTimeout(() => once({ name, everyMs, run }), everyMs),
          );
      });
    running.set(name, act);
  };
  table.forEach(once);
  return async () => {
    stopped = true;
    for (const timer of timers.values()) clearTimeout(timer);
    await Promise.all(running.values());
  };
}
