import { describe, expect, it } from '@jest/globals';
import { OrderedWrites } from '../../../src/adapters/storage/mongo/ordered-writes.js';

describe('writes in order', () => {
  /** Writes that end when they are told to, and a list of those that have begun. */
  const setUp = () => {
    const writes = new OrderedWrites();
    const begun: string[] = [];
    const end = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
    const start = (name: string, ...keys: string[]) =>
      writes.run(keys, () => {
        begun.push(name);
        return new Promise<void>((resolve, reject) => end.set(name, { resolve, reject }));
      });
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    return { writes, begun, end, start, turn };
  };

  it('wait for an earlier one that shares a key, and for no other', async () => {
    const { begun, end, start, turn } = setUp();
    const all = [start('a', 'x'), start('b', 'x', 'y'), start('c', 'y'), start('d', 'z')];
    await turn();
    expect(begun).toEqual(['a', 'd']);
    end.get('a')!.resolve();
    await turn();
    expect(begun).toEqual(['a', 'd', 'b']);
    end.get('b')!.resolve();
    await turn();
    expect(begun).toEqual(['a', 'd', 'b', 'c']);
    end.get('c')!.resolve();
    end.get('d')!.resolve();
    await Promise.all(all);
  });

  it('go on behind one that fails, which alone is refused', async () => {
    const { end, start, turn } = setUp();
    const [first, second] = [start('a', 'x'), start('b', 'x')];
    await turn();
    end.get('a')!.reject(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await turn();
    end.get('b')!.resolve();
    await expect(second).resolves.toBeUndefined();
  });

  it('are idle when all have ended', async () => {
    const { writes, end, start, turn } = setUp();
    const write = start('a', 'x');
    let idle = false;
    const waiting = writes.idle().then(() => (idle = true));
    await turn();
    expect(idle).toBe(false);
    end.get('a')!.resolve();
    await Promise.all([write, waiting]);
    expect(idle).toBe(true);
  });
});
