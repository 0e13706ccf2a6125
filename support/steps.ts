/** Work cut into steps: it yields wherever others may get their turn. */
export type Steps<T> = Generator<void, T, void>;

/** Does all steps now. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
