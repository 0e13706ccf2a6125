import { describe, expect, it } from 'vitest';
import { drain } from '../../../support/time/drain.js';

describe('what waits at the end', () => {
  it('is sent one after the other until nothing waits', async () => {
    let [waiting, settled] = [3, () => {}];
    await drain(60, {
      isEmpty: () => waiting === 0,
      push: () => {
        waiting--;
        setTimeout(() => settled(), 0);
      },
      onSettled: (then) => {
        settled = then;
      },
    });
    expect(waiting).toBe(0);
  });

  it('may also be sent before the push returns', async () => {
    let [waiting, settled] = [2, () => {}];
    const push = () => {
      waiting--;
      settled();
    };
    const onSettled = (then: () => void) => {
      settled = then;
    };
    await drain(60, { isEmpty: () => waiting === 0, push, onSettled });
    expect(waiting).toBe(0);
  });

  it('is pushed again while nothing settles, and given up when the time is over', async () => {
    let pushes = 0;
    const push = () => {
      pushes++;
    };
    await drain(0.2, { isEmpty: () => false, push, onSettled: () => {}, longest: 1 });
    expect(pushes).toBeGreaterThan(1);
    pushes = 0;
    await drain(0, { isEmpty: () => false, push, onSettled: () => {} });
    expect(pushes).toBe(0);
  });
});
