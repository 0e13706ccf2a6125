import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../report/html.js';
import { fakeReport } from './fake-report.js';

const estimate = (value: number) => ({ value, low: value - 0.01, high: value + 0.01 });

/** Two sections that only some reports have: patterns of fewer signals, and what was left out. */
describe('a report with patterns, left-out tasks and a learning curve', () => {
  const plain = { rows: 100, auroc: estimate(0.8), aurocWithin: estimate(0.75), calibrator: 'none' };
  const left = { auroc: 0.7, eceDebiased: 0.125 };
  const data = {
    ...fakeReport(),
    patterns: [
      {
        ...plain,
        pattern: 'free+logprobs',
        learner: 'blend',
        logLoss: estimate(0.4),
        cost: estimate(0),
        claim: null,
        decisionsChanged: null,
      },
      {
        ...plain,
        pattern: 'free',
        learner: 'logistic',
        logLoss: estimate(0.45),
        cost: estimate(0.05),
        claim: { threshold: 0.9, coverage: 0.321, error: 0.01, alpha: 0.05, basis: 'hidden' as const },
        decisionsChanged: 0.123,
      },
    ],
    leftOut: [
      {
        by: 'task' as const,
        name: 'sums',
        rows: 1234,
        right: 0.5,
        seen: { ...left, logLoss: 0.4321 },
        unseen: { ...left, logLoss: 0.6543 },
        difference: 0.2222,
        standardError: 0.011,
        shifted: 0.987,
        accepted: { share: 0.31, error: 0.23 },
      },
    ],
    learningCurve: {
      points: [100, 1000].map((labels) => ({ labels, logLoss: 60 / labels, standardError: 0.01 })),
      gains: [
        { more: 500, gain: -0.0061 },
        { more: 2000, gain: null },
      ],
    },
  };
  const { document } = parseHTML(reportHtml(data));
  const cells = (section: string, line: number) =>
    [...document.querySelectorAll(`#${section} tbody tr`)[line].querySelectorAll('th,td')].map(
      (cell) => cell.textContent,
    );

  it('says what fewer signals cost, what is promised for them and how many decisions change', () => {
    expect(cells('patterns', 0)).toContain('all signals');
    const row = cells('patterns', 1);
    expect(row[0]).toBe('Text');
    expect(row[3]).toContain('+0.0500');
    expect(row).toContain('32.1%at most 5.0% wrong; by hiding');
    expect(row).toContain('12.3%');
  });

  it('says what a task never seen would be like, and what more labels would gain', () => {
    const row = cells('unseen', 0);
    expect(row.slice(0, 3)).toEqual(['sums', '1,234', '50.0%']);
    expect(row[4]).toBe('0.654');
    expect(row[5]).toContain('+0.2222');
    expect(row.slice(-3)).toEqual(['98.7%', '31.0%', '23.0%']); // flagged, above the thresholds, wrong among them
    expect(document.querySelector('#unseen figcaption')?.textContent).toContain('−0.0061 with 500 more labels.');
  });

  it('has neither section where there is nothing to say', () => {
    const bare = parseHTML(reportHtml(fakeReport())).document;
    expect(bare.querySelector('#patterns')).toBeNull();
    expect(bare.querySelector('#unseen')).toBeNull();
  });
});
