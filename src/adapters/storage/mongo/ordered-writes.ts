/**
 * Lets writes that share a key go one after the other in the order of the calls, and the others side by side: a pool of
 * connections alone keeps no order.
 */
export class OrderedWrites {
  private readonly last = new Map<string, Promise<unknown>>();

  run<T>(keys: readonly string[], write: () => Promise<T>): Promise<T> {
    const result = Promise.all(keys.map((key) => this.last.get(key) ?? Promise.resolve())).then(write);
    const settled = result.then(ignore, ignore).then(() => {
      for (const key of keys) if (this.last.get(key) === settled) this.last.delete(key);
    });
    for (const key of keys) this.last.set(key, settled);
    return result;
  }

  /** Resolves when everything that was asked for before is done. */
  async idle(): Promise<void> {
    await Promise.all(this.last.values());
  }
}

const ignore = (): void => undefined;
