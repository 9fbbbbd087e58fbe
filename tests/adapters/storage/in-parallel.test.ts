/* eslint-disable @typescript-eslint/require-await -- the contract's subject is asynchronous */
import { describe, expect, it } from '@jest/globals';
import { Bounded } from '../../../src/adapters/storage/bounded.js';
import { inParallel } from '../../../src/adapters/storage/in-parallel.js';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('bounded work', () => {
  it('runs at most so many tasks at once, and all of them', async () => {
    const bounded = new Bounded(3);
    let running = 0;
    let most = 0;
    const done = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        bounded.run(async () => {
          most = Math.max(most, ++running);
          await turn();
          running--;
          return i;
        }),
      ),
    );
    expect([most, done.length]).toEqual([3, 20]);
  });

  it('gives the place on when a task fails', async () => {
    const bounded = new Bounded(1);
    await expect(bounded.run(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
    expect(await bounded.run(async () => 1)).toBe(1);
  });
});

describe('work in parallel', () => {
  it('does each item once', async () => {
    const seen: number[] = [];
    await inParallel(
      Array.from({ length: 100 }, (_, i) => i),
      async (i) => {
        await turn();
        seen.push(i);
      },
    );
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('draws no more items after a failure', async () => {
    let drawn = 0;
    const items = (function* () {
      for (;;) yield drawn++;
    })();
    await expect(inParallel(items, (i) => (i === 5 ? Promise.reject(new Error('five')) : turn()))).rejects.toThrow(
      'five',
    );
    const after = drawn;
    await turn();
    await turn();
    expect(drawn - after).toBeLessThanOrEqual(16);
  });
});
