/**
 * Micro-batching without a timer. The first item starts at the end of this turn of the event loop, together with
 * everything that arrived in it. Items that arrive during a run go together into the next run. So no item waits when
 * the service is idle, and batches grow under load. A run takes items up to a total weight of `most`, but at least one
 * item. `run` returns one output per item, in order. If it throws, each item of the run is tried alone, so that one
 * item cannot make the others fail.
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
