import { describe, expect, it } from 'vitest';
import type { Standing } from '../../monitor/promise/standing.js';
import type { MonitorResult } from '../../monitor/results.js';
import { monitorText } from '../../monitor/words.js';

const error = { value: 0.05, low: 0.02, high: 0.08, allRight: 0.03, allWrong: 0.07 };
const promise: Standing = {
  ...{ claim: 'main', alpha: 0.1, delta: 0.05, state: 'cannot tell', logBroken: 0, logHolds: 0, brokenTogether: false },
  ...{ questions: 10, drawn: 1, labels: 1, waiting: 0, givenUp: 0, error: null, needed: 1 },
  change: { value: 0, runLength: 5000, alarms: 0 },
};
const drift = (pvalue: number) => ({
  ...{ signal: 's', kind: 'number' as const, distance: 0.5, pvalue, psi: 1, alarm: true },
  missing: [0, 0] as [number, number],
});
const none = { none: 0, right: 0, wrong: 0 };
const quiet: MonitorResult = {
  ...{ bundle: 'b', run: 3, since: '2026-01-02T00:00:00.000Z', until: null },
  answers: {
    new: 120,
    known: 1,
    leftOut: { otherBundle: 0, deleted: 0 },
    questions: 60,
    isSample: false,
    accepted: 80,
  },
  ...{ promises: [promise], rest: null, slices: [], drift: null },
  unseen: {
    ...{ shifted: 0, share: 0, expected: null, alarm: false, excess: false },
    ...{ unseenModels: {}, unseenTasks: {} },
  },
  expected: { right: null, wrongAccepted: null },
  feedback: { now: none, before: none, reported: [null, null], pvalue: null, alarm: false },
  labels: { drawn: 1, feedback: 0, unused: 1 },
  ...{ queue: [], alerts: [], notices: [] },
};
const text = (change: Partial<MonitorResult> = {}, queue?: string) =>
  monitorText({ ...quiet, ...change }, { psi: false, queue });

describe('monitorText', () => {
  it('says what was read, and what was skipped', () => {
    expect(text().slice(0, 2)).toEqual([
      'run 3: 120 new answers to 60 questions, 80 accepted (watched since 2026-01-02)',
      '1 answer skipped: seen by an earlier run, or older than the last answer it saw',
    ]);
    const answers = {
      new: 1,
      known: 0,
      leftOut: { otherBundle: 0, deleted: 0 },
      questions: 1,
      isSample: true,
      accepted: 0,
    };
    expect(text({ answers, since: null })[0]).toBe(
      'run 3: 1 new answer, a random part of 1 question looked at in detail, 0 accepted',
    );
  });

  it('counts in the singular too', () => {
    const lines = text({}, 'next.csv');
    expect(lines).toContain(
      'main (at most 10%, confidence 95%): cannot tell: about 1 more drawn label would decide it',
    );
    expect(lines).toContain('  1 label of 1 drawn question');
    expect(lines).toContain('0 answers to label: next.csv');
    expect(lines.some((line) => line.startsWith('1 label was not used: '))).toBe(true);
  });

  it('says why the state waits while the interval is on one side of the target', () => {
    const said = '  the interval is for one look; the state is valid at every look, and needs more evidence';
    const lines = (low: number, labels: number) =>
      text({ promises: [{ ...promise, labels, error: { ...error, value: 0.2, low, high: 0.3 } }] });
    const ahead = lines(0.11, 9);
    expect(ahead[ahead.indexOf(said) - 1]).toContain('wrong: 20% (95%: 11% to 30%)');
    expect(lines(0.09, 9)).not.toContain(said);
    expect(lines(0.11, 0)).not.toContain(said);
  });

  it('says what an estimate rests on', () => {
    const line = (labels: number) =>
      text({ rest: { ...error, labels } }).find((each) => each.includes('not accepted:'));
    expect(line(0)).toBe(
      'wrong among answers that were not accepted: 5% (95%: 2% to 8%), from the probabilities alone, because no drawn ' +
        'label has arrived',
    );
    expect(line(1)).toContain('from the probabilities, corrected by 1 drawn label');
    const waiting = { ...promise, error, labels: 0, waiting: 1 };
    expect(text({ promises: [waiting] })).toContain(
      '  0 labels of 1 drawn question (1 may still come); wrong: 5% (95%: 2% to 8%), from the probabilities alone, ' +
        'because no drawn label has arrived; missing ones all right 3%, all wrong 7%',
    );
  });

  it('never says that p is 0', () => {
    const lines = text({ drift: [drift(0), drift(1.23e-12)] });
    expect(lines).toContain('drift: 2 of 2 signals differ from training');
    expect(lines).toContain('  ! s: distance 0.500, p < 1e-300');
    expect(lines).toContain('  ! s: distance 0.500, p 1.2e-12');
    expect(text({ drift: [drift(0)] })).toContain('drift: 1 of 1 signal differs from training');
  });
});
