const AT_ONCE = 16;

/** Does `work` for each item, some at a time, and draws no item before there is a hand free for it. Stops at the first failure. */
export async function inParallel<T>(
  items: AsyncIterable<T> | Iterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = iterate(items);
  let failed = false;
  const worker = async (): Promise<void> => {
    for (;;) {
      const { done, value } = await left.next();
      if (done || failed) return;
      await work(value).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** A generator serves many callers of `next` one after the other. */
async function* iterate<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T, undefined> {
  yield* items;
  return undefined;
}
