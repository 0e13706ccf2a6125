import { expect, it } from 'vitest';
import { tableOf } from '../../../metrics/scored.js';
import { promised } from '../../../report/promise.js';
import { groupSums } from '../../../train/certify/group-sums.js';
import { fakeReport } from '../../report/fake-report.js';

it('questions heavier than the cap count as it, and are counted', () => {
  const table = tableOf({
    probability: Float64Array.of(0.9, 0.9, 0.9, 0.9, 0.9, 0.1),
    label: Float64Array.of(1, 0, 1, 1, 1, 0),
    group: Int32Array.of(0, 0, 0, 1, 1, 1),
  });
  const { mass, wrong, capped } = groupSums(table, 0.5, 2, Int32Array.of(0, 1));
  expect([...mass]).toEqual([1, 1]);
  expect(wrong[0]).toBeCloseTo(1 / 3, 12); // one of three answers
  expect([wrong[1], capped]).toEqual([0, 1]);
});

it('a claim says so where the cap binds, and not where it does not', () => {
  const report = fakeReport();
  const claim = report.thresholds.find(({ threshold }) => threshold !== null)!;
  const says = (capped: number) => promised(report, { ...claim, cap: 2.5, capped }).details.join(' ');
  expect(says(3)).toContain(
    'In the promise, no question counts as more than 2.5 answers; 3 accepted questions have more.',
  );
  expect(says(0)).not.toContain('no question counts as more');
});
