import { expect, it } from 'vitest';
import { inTurns } from '../../../serve/work/in-turns.js';
import { turn } from '../../../serve/work/turn.js';

function* busy(milliseconds: number, done: string): Generator<void, string, void> {
  for (const end = performance.now() + milliseconds; performance.now() < end; ) yield;
  return done;
}

it('long works give others their turn, several of them no less than one', async () => {
  let passes = 0;
  const count = () => {
    passes++;
    timer = setImmediate(count);
  };
  let timer = setImmediate(count);
  expect(await Promise.all([inTurns(busy(60, 'a')), inTurns(busy(60, 'b')), inTurns(busy(60, 'c'))])).toEqual([
    'a',
    'b',
    'c',
  ]);
  clearImmediate(timer);
  expect(passes).toBeGreaterThanOrEqual(3);
});

it('one waiter is served a pass of the event loop, in order', async () => {
  const order: string[] = [];
  const waits = ['a', 'b', 'c'].map((name) => turn().then(() => order.push(name)));
  let passes = 0;
  const pass = () => {
    passes++;
    if (order.length < 3) setImmediate(pass);
  };
  setImmediate(pass);
  await Promise.all(waits);
  expect(order).toEqual(['a', 'b', 'c']);
  expect(passes).toBeGreaterThanOrEqual(2);
});

it('short work is done without a turn; an aborted one stops with the reason', async () => {
  expect(await inTurns(busy(0, 'now'))).toBe('now');
  const reason = new Error('gone');
  const control = new AbortController();
  const work = inTurns(busy(10_000, 'never'), control.signal);
  control.abort(reason);
  await expect(work).rejects.toBe(reason);
});
