import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../report/html.js';
import type { ReportData } from '../../report/results.js';
import { furtherNames } from '../../report/words.js';
import { fakeReport } from './fake-report.js';

const inside = { value: 0.0123, low: 0.0061, high: 0.0203, inside: true };

/** The made-up report with the further measures .11, .12, … and a perfect range beside them. */
function withFurther(): ReportData {
  const data = fakeReport();
  furtherNames.forEach((name, k) => {
    data.test.metrics[name] = { value: 0.11 + k / 100, low: 0.05, high: 0.3 };
    data.before!.metrics[name] = { value: 0.21 + k / 100, low: 0.1, high: 0.4 };
  });
  data.test.spiegelhalter = { z: 2.345, pvalue: 0.019 };
  data.test.choices = { answers: 1200, options: 4800, fullEce: { value: 0.08, low: 0.05, high: 0.1 } };
  const slice = { value: 0.09, low: 0.03, high: 0.07, inside: false, slice: 'phi-4-mini · arithmetic' };
  data.perfect = {
    draws: 1000,
    level: 0.99,
    minimumRows: 200,
    correlation: 0.2,
    smoothEce: inside,
    worstSliceEce: slice,
  };
  return data;
}

const textOf = (data: ReportData, selector: string) => {
  const { document } = parseHTML(reportHtml(data));
  return [...document.querySelectorAll(selector)].map((node) => (node.textContent ?? '').replace(/\s+/g, ' ').trim());
};

describe('further measures', () => {
  it('stand in a table of their own, each with both values and intervals', () => {
    const rows = textOf(withFurther(), '#metrics tbody tr');
    expect(rows.length).toBe(9);
    expect(rows[0]).toBe(
      'Brier score: calibration parthow much a perfect recalibration would lower the Brier score; lower is better' +
        '0.21000.1000 to 0.40000.11000.0500 to 0.3000',
    );
    expect(rows[8]).toMatch(/^PRR.*higher is better0\.2900\.100 to 0\.4000\.1900\.050 to 0\.300$/);
  });

  it('say what Spiegelhalter’s test and the recorded options show', () => {
    const [text] = textOf(withFurther(), '#metrics p');
    expect(text).toContain('Spiegelhalter’s test of calibration: z = 2.35, p = 0.019: vouch is overconfident.');
    expect(text).toContain('for 1,200 answers, have a calibration error (Full-ECE) of 8.0% (95%: 5.0% to 10.0%).');
  });

  it('say how many draws there were where these are fewer than asked for', () => {
    expect(textOf(withFurther(), '#metrics p')[0]).toContain('with 95% intervals (bootstrap over questions). Some');
    const many = { ...withFurther(), sampled: { draws: 500 } };
    expect(textOf(many, '#metrics p')[0]).toContain(
      'with 95% intervals (bootstrap over questions, 500 draws because there are so many answers). Some',
    );
  });

  it('are left out where they were not measured', () => {
    expect(textOf(fakeReport(), '#metrics')).toEqual([]);
    expect(textOf(fakeReport(), 'nav a')).not.toContain('Further measures');
  });
});

describe('the range of a perfect predictor, in the reliability section', () => {
  it('one sentence says where smooth ECE and the worst slice lie', () => {
    expect(textOf(withFurther(), '#reliability p')[1]).toBe(
      'Because of chance, even a perfect predictor would show a calibration error above 0 on these answers. ' +
        'In 99 of 100 cases its smooth calibration error would be between 0.6% and 2.0%; vouch’s is 1.2%, inside that ' +
        'range. Of the models and tasks, phi-4-mini · arithmetic has the largest calibration error: its ECE is 9.0%, ' +
        'above the range for the largest ECE of a perfect predictor (3.0% to 7.0%).',
    );
  });

  it('without slices of enough answers, and below the range', () => {
    const data = withFurther();
    data.perfect = { ...data.perfect!, worstSliceEce: null, smoothEce: { ...inside, value: 0.005, inside: false } };
    expect(textOf(data, '#reliability p')[1]).toMatch(/vouch’s is 0\.5%, below that range\.$/);
  });
});
