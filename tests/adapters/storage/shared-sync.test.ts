import { describe, expect, it } from '@jest/globals';
import { SharedSync } from '../../../src/adapters/storage/shared-sync.js';

/** A disk whose syncs end when the test says so. */
function slowDisk() {
  const open: { path: string; end: (error?: Error) => void }[] = [];
  const sync = (path: string) =>
    new Promise<void>((resolve, reject) => open.push({ path, end: (error) => (error ? reject(error) : resolve()) }));
  return { open, shared: new SharedSync(sync) };
}
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('a shared sync', () => {
  it('serves all who ask before it starts', async () => {
    const { open, shared } = slowDisk();
    const asked = [shared.directory('a'), shared.directory('a'), shared.directory('a')];
    await turn();
    expect(open).toHaveLength(1);
    open[0]!.end();
    await Promise.all(asked);
  });

  it('does not serve one who asks after it started', async () => {
    const { open, shared } = slowDisk();
    const early = shared.directory('a');
    await turn();
    let served = false;
    const late = shared.directory('a').then(() => (served = true));
    open[0]!.end();
    await early;
    await turn();
    expect(served).toBe(false);
    expect(open).toHaveLength(2);
    open[1]!.end();
    await late;
  });

  it('runs for two directories side by side', async () => {
    const { open, shared } = slowDisk();
    const both = [shared.directory('a'), shared.directory('b')];
    await turn();
    expect(open.map(({ path }) => path)).toEqual(['a', 'b']);
    open.forEach(({ end }) => end());
    await Promise.all(both);
  });

  it('tells its failure to those it was for and lets the next one run', async () => {
    const { open, shared } = slowDisk();
    const early = shared.directory('a');
    await turn();
    const late = shared.directory('a');
    open[0]!.end(new Error('EIO'));
    await expect(early).rejects.toThrow('EIO');
    await turn();
    open[1]!.end();
    await expect(late).resolves.toBeUndefined();
  });
});
