interface Draining {
  isEmpty: () => boolean;
  /** Sends what can be sent now. */
  push: () => void;
  /** Takes a function that must be called whenever something was sent or failed. */
  onSettled: (then: () => void) => void;
  /** The longest wait for that, in milliseconds, before the next push. */
  longest?: number;
}

/** Sends what waits, until nothing does or the time is over. */
export async function drain(
  seconds: number,
  { isEmpty, push, onSettled, longest = Number.POSITIVE_INFINITY }: Draining,
): Promise<void> {
  const until = Date.now() + 1000 * seconds;
  while (!isEmpty() && Date.now() < until) {
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, Math.min(longest, until - Date.now()));
      onSettled(() => {
        clearTimeout(late);
        resolve();
      });
      push();
    });
  }
  onSettled(() => {});
}
