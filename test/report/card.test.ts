import { describe, expect, it } from 'vitest';
import { reportCard } from '../../report/card.js';
import { fakeReport } from './fake-report.js';
import { emptyReport, hostileReport, uncertifiedReport, wideReport } from './odd-reports.js';

const heads = [
  '## What it promises',
  '## What it is',
  '## How good it is',
  '## What it was trained and tested on',
  '## Where it is weaker',
  '## What it relies on',
  '## What to know before use',
];

describe('card.md', () => {
  it('carries the numbers of the report', () => {
    const data = fakeReport();
    const card = reportCard(data);
    const [t] = data.thresholds;
    expect(card).toContain(
      `**Accept ${(100 * t.coverage).toFixed(1)}% of answers, with at most 5% errors among them, at 95% confidence.**`,
    );
    const loss = data.test.metrics.logLoss;
    const was = data.before!.metrics.logLoss;
    const show = ({ value, low, high }: typeof loss) =>
      `${value!.toFixed(3)} (${low!.toFixed(3)} to ${high!.toFixed(3)})`;
    expect(card).toContain(`| Log-loss (lower is better) | ${show(was)} | ${show(loss)} |`);
    expect(card).toContain(`| ${data.signals[0].name} | +${data.signals[0].permutation.toFixed(4)} |`);
    expect(card).toContain('gemma-3-4b · arithmetic');
    expect(card).toContain(data.data.fingerprint);
    expect(card).toContain(`- ${data.data.warnings[0]}`);
    expect(card.split('\n').filter((line) => line.startsWith('## '))).toEqual(heads);
  });

  it.each([fakeReport(), hostileReport(), emptyReport(), uncertifiedReport(), wideReport()])(
    'has whole tables and no bare markup',
    (data) => {
      const card = reportCard(data);
      expect(card).not.toMatch(/undefined|NaN|null\b|\[object/);
      expect(card).not.toMatch(/<[a-z/!]/i);
      expect(
        card
          .split('\n')
          .filter((line) => /^#{1,6} /.test(line))
          .slice(1),
      ).toEqual(heads);
      let width = 0;
      for (const line of card.split('\n')) {
        if (!line.startsWith('|')) width = 0;
        else {
          const cells = line.replace(/\\\|/g, '').split('|').length;
          if (width > 0) expect(cells).toBe(width);
          width = cells;
        }
      }
    },
  );

  it('says what is missing', () => {
    const card = reportCard(emptyReport());
    expect(card).toContain('No threshold was certified');
    expect(card).toContain('| Log-loss (lower is better) | – |');
    expect(reportCard(uncertifiedReport())).toContain('What can be certified instead: at most 10% errors');
  });
});
