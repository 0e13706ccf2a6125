import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { opening } from '../../adapt/report/opening.js';
import type { AdaptationReport, DecidedAnswers } from '../../adapt/report/results.js';

const around = (value: number, half = 0.05) => ({ value, low: value - half, high: value + half });
const none = { value: null, low: null, high: null };
const before: DecidedAnswers = {
  thresholds: [{ pattern: 'free', threshold: 0.8175, alpha: 0.2 }],
  decided: { coverage: { value: 0, low: 0, high: 0.08 }, error: none },
  undecided: { 'unseen task': 210 },
  applied: { coverage: around(0.5), error: around(0.3) },
};
const after: DecidedAnswers = {
  thresholds: [{ pattern: 'free', threshold: 0.7951, alpha: 0.2 }],
  decided: { coverage: around(0.55), error: around(0.1) },
  undecided: {},
  applied: { coverage: around(0.55), error: around(0.1) },
};
const report = {
  measuredOn: { how: 'held', answers: 210, groups: 42 },
  before: { metrics: { logLoss: around(0.6), smoothEce: around(0.12), aurocWithin: around(0.8) } },
  test: { metrics: { logLoss: around(0.4), smoothEce: around(0.07), aurocWithin: around(0.8) } },
  differences: { logLoss: around(-0.2), smoothEce: around(-0.03), aurocWithin: around(0, 0.01) },
  decisions: { before, after },
} as unknown as AdaptationReport;

function drawn(data: AdaptationReport) {
  const { document } = parseHTML(`<!doctype html><html><body>${opening(data).markup}</body></html>`);
  return {
    lead: document.querySelector('.lead')?.textContent,
    rows: [...document.querySelectorAll('tbody tr')].map((tr) =>
      [...tr.children].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim()),
    ),
  };
}

describe('an adapted report opens with what changed', () => {
  it('in quality and calibration, and says which differences may be chance', () => {
    const { lead, rows } = drawn(report);
    expect(lead).toBe('Log-loss on the new answers: 0.600 → 0.400, better by more than chance.');
    expect(rows[0][1]).toBe('0.6000.550 to 0.650');
    expect(rows[0][3]).toBe('−0.2000 (−0.2500 to −0.1500): better by more than chance');
    expect(rows[1][0]).toContain('Calibration error, smooth');
    expect(rows[1][3]).toBe('−3.0 pp (−8.0 pp to +2.0 pp): may be chance');
  });

  it('in thresholds, coverage and errors, each with its interval', () => {
    const [threshold, coverage, errors] = drawn(report).rows.slice(3);
    expect(threshold.slice(1)).toEqual(['0.8175', '0.7951', 'certified again, for at most 20% errors']);
    expect(coverage.slice(1)).toEqual([
      '0.0%0.0% to 8.0%',
      '55.0%50.0% to 60.0%',
      'before, no decision for 210 answers (unseen task)',
    ]);
    expect(errors.slice(1)).toEqual([
      '–',
      '10.0%5.0% to 15.0%',
      'the old threshold would accept 50.0% of these answers, with 30.0% errors (25.0% to 35.0%)',
    ]);
  });

  it('also where nothing is certified', () => {
    const nothing = { ...after, thresholds: [], decided: { coverage: around(0, 0), error: none } };
    const { rows } = drawn({ ...report, decisions: { before: nothing, after: nothing } });
    expect(rows[3].slice(1)).toEqual(['none', 'none', 'nothing is promised, so nothing is decided']);
    expect(rows[5][3]).toBe('before, no threshold was certified');
  });
});
