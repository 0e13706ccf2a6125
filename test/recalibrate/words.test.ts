import { expect, it } from 'vitest';
import type { RecalibrationReport } from '../../recalibrate/report/results.js';
import { comparedHead, promiseSentences } from '../../recalibrate/report/words.js';

const claim = {
  ...{ id: 'c', pattern: 'free', signals: [], basis: 'natural', guarantee: 'finite-sample', method: 'betting' },
  ...{ threshold: 0.8, alpha: 0.1, delta: 0.05, n: 100, groups: 100, accepted: 60, acceptedGroups: 60 },
  ...{ coverage: 0.6, error: 0.02 },
};
const report = (isWeighted: boolean) =>
  ({
    ...{ chosen: 'calibrator', thresholds: [claim], labels: { isWeighted } },
    certify: { how: 'split', chosen: [] },
  }) as unknown as RecalibrationReport;

it('tells the weighted coverage of the table from the unweighted one of a claim, where they differ', () => {
  expect(comparedHead(report(true))).toContain('weighted: a labelled answer counts as many answers as it stands for');
  expect(promiseSentences(report(true))[0]).toContain('accepts 60.0% of those that have a label (unweighted), with');
  expect(comparedHead(report(false))).toBe('On the held-out questions:');
  expect(promiseSentences(report(false))[0]).toContain('accepts 60.0% of them, with');
});
