/**
 * Micro-batching without a timer: the first item goes at the end of this turn of the event loop, with all that came in it; what
 * comes while a run is under way goes together in the next one. No item waits when nothing else runs; under load batches grow
 * by themselves. At most `most` weight a run (one item at least). `run` gives an output an item, in order; if it throws,
 * each item of the run is tried alone, so that one cannot fail the others.
 */
export function together<I, O>(
  run: (items: I[]) => Promise<O[]>,
  most: number,
  weigh: (item: I) => number = () => 1,
): (item: I) => Promise<O> {
  interface Waiting {
    item: I;
    resolve(output: O): void;
    reject(error: unknown): void;
  }
  let waiting: Waiting[] = [];
  let running = false;

  const next = async () => {
    let weight = 0;
    let end = 0;
    while (end < waiting.length && (end === 0 || weight + weigh(waiting[end].item) <= most))
      weight += weigh(waiting[end++].item);
    const taken = waiting.slice(0, end);
    waiting = waiting.slice(end);
    try {
      const outputs = await run(taken.map(({ item }) => item));
      taken.forEach(({ resolve }, i) => {
        resolve(outputs[i]);
      });
    } catch (error) {
      if (taken.length === 1) taken[0].reject(error);
      else for (const { item, resolve, reject } of taken) await run([item]).then(([one]) => resolve(one), reject);
    }
    if (waiting.length > 0) setImmediate(next);
    else running = false;
  };
  return (item) =>
    new Promise<O>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (running) return;
      running = true;
      setImmediate(next);
    });
}
