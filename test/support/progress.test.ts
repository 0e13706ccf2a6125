import { describe, expect, it } from 'vitest';
import { progress } from '../../support/progress.js';
import { type ProgressEvent, reportedProgress } from '../../support/reported-progress.js';

/** A stream that keeps what is written to it. */
function stream(isTTY: boolean): { stream: NodeJS.WriteStream; text(): string } {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  const noop = () => true;
  const fake = { isTTY, columns: 100, write, clearLine: noop, cursorTo: noop, on: noop, removeListener: noop };
  return { stream: fake as unknown as NodeJS.WriteStream, text: () => written.join('') };
}

/** Durations and rates depend on the machine. */
const plain = (text: string) =>
  text
    .replace(/ in [\d.hms]+/g, ' in T')
    .replace(/, [\d.,]+\/s/g, ', R')
    .replace(/about [\d.hms]+ left/g, 'about T left');

describe('in a pipe', () => {
  it('prints plain lines, each with what is done', () => {
    const { stream: pipe, text } = stream(false);
    const shown = progress('train', { unit: 'fits', stream: pipe, every: 0 });
    shown.expect?.(40);
    shown.add(10);
    shown.expect?.(10);
    shown.add(20);
    shown.done();
    expect(plain(text()).split('\n')).toEqual([
      'train: 0/40 fits (0%)',
      'train: 10/40 fits (25%), R, about T left',
      'train: 10/50 fits (20%), R, about T left',
      'train: 30/50 fits (60%), R, about T left',
      'train: 30 fits in T, R',
      '',
    ]);
  });

  it('prints no percentage where the total is unknown, and one line where little is done', () => {
    const { stream: pipe, text } = stream(false);
    const shown = progress('read', { unit: 'answers', stream: pipe, every: 3600 });
    for (let i = 0; i < 100; i++) shown.add(10);
    shown.done('2 bad lines');
    expect(plain(text())).toBe('read: 1,000 answers in T, R\n2 bad lines\n');
  });

  it('raises a total that was too small', () => {
    const { stream: pipe, text } = stream(false);
    const shown = progress('score', { total: 10, stream: pipe, every: 0 });
    shown.set(12);
    expect(plain(text())).toBe('score: 12/12 rows (100%), R, about T left\n');
  });
});

describe('on a terminal', () => {
  it('draws a bar only where the total is known, and never a full one before the end', () => {
    const { stream: terminal, text } = stream(true);
    const shown = progress('train', { unit: 'fits', stream: terminal });
    expect(text()).toContain('train: 0 fits');
    expect(text()).not.toMatch(/[█░%]/);
    shown.expect?.(3);
    shown.add(2);
    shown.done();
    expect(text()).toContain(`${'█'.repeat(30)} train: 2 fits in`);
    expect(text()).not.toContain('100%');
  });
});

describe('as events', () => {
  it('tells a total that grows, and what was done at the end', () => {
    const events: ProgressEvent[] = [];
    const shown = reportedProgress((event) => events.push(event))('train', { unit: 'fits' });
    shown.expect?.(3);
    shown.add(1);
    shown.expect?.(1);
    shown.add(2);
    shown.done();
    expect(events.map(({ done, total, ended }) => [done, total, ended])).toEqual([
      [0, null, false],
      [0, 3, false],
      [1, 3, false],
      [1, 4, false],
      [3, 4, false],
      [3, 3, true],
    ]);
  });
});
