/**
 * Repeats `act` for some seconds with so many calls in flight. Counts by CPU time too (all threads of this process), since a
 * machine that others use gives wall time that no two runs agree on.
 */
export async function measure(act, { seconds, inFlight = 1 }) {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const end = start + 1000 * seconds;
  let count = 0;
  const lane = async () => {
    do {
      await act();
      count++;
    } while (performance.now() < end);
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  const wallSeconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { count, wallSeconds, cpuSeconds: (user + system) / 1e6 };
}
