/**
 * Runs jobs one at a time, in the order in which they come. A job that fails does not stop the others. onnxruntime-node
 * computes in the thread that asks, so more jobs at a time would gain nothing, and would hold up the event loop together.
 */
export function oneByOne(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => {});
    return result;
  };
}
