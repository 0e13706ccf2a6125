import { describe, expect, it } from 'vitest';
import { reportCard } from '../../report/card.js';
import { fakeReport } from './fake-report.js';
import { emptyReport, hostileReport, uncertifiedReport, wideReport } from './odd-reports.js';

const heads = [
  '## Owner and intended use',
  '## What it promises',
  '## How to read the promise',
  '## What it is',
  '## How good it is',
  '## What it was trained and tested on',
  '## Where it is weaker',
  '## What it relies on',
  '## What to know before use',
  '## Content hashes (SHA-256)',
  '## Approval',
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

  it('says who is responsible, and names the options where nobody said so', () => {
    const data = fakeReport();
    expect(reportCard(data)).toContain(
      '- Owner: not stated (--owner)\n- Contact: not stated (--contact)\n- Intended use: not stated (--intended-use)\n- Version: not stated (--bundle-version)',
    );
    data.options = { ...data.options, owner: 'Team A', intendedUse: 'support chat, English', bundleVersion: '1.4.0' };
    expect(reportCard(data)).toContain(
      '- Owner: Team A\n- Contact: not stated (--contact)\n- Intended use: support chat, English\n- Version: 1.4.0',
    );
  });

  it('names labels by source, the period, and the hashes of data and bundle; approval is left open', () => {
    const data = fakeReport();
    data.data.sources = { thumbs: 20, reference: 300, 'llm-judge': 7 };
    data.data.period = {
      first: '2026-01-05T10:00:00.000Z',
      last: '2026-02-01T00:00:00.000Z',
      answers: data.data.labelled,
    };
    data.data.inputs = [
      { name: 'log.jsonl', bytes: 12_345, sha256: 'ab12' },
      { name: '-', bytes: null, sha256: null },
    ];
    const card = reportCard(data, { 'model.onnx': 'cd34', 'golden.json': 'ef56' });
    expect(card).toContain('- Labels by source: reference 300, thumbs 20, llm-judge 7');
    expect(card).toContain('- Period: 2026-01-05T10:00:00.000Z to 2026-02-01T00:00:00.000Z\n');
    expect(card).toContain(
      '- Data log.jsonl: ab12, 12,345 bytes\n- Data -: read from a stream, so it has no hash\n' +
        '- Bundle model.onnx: cd34\n- Bundle golden.json: ef56\n',
    );
    expect(card).toContain('\n- Approved by:\n- Date:\n- Remarks:\n');
    data.data.period.answers = 10;
    expect(reportCard(data)).toContain(`(10 of ${data.data.labelled.toLocaleString('en-US')} answers have a time)`);
    expect(reportCard(fakeReport())).toContain('- Period: unknown: the records have no time\n');
  });

  it('explains the promise and the count in plain words', () => {
    const data = fakeReport();
    const [t] = data.thresholds;
    data.thresholds = [{ ...t, alpha: 0.2, delta: 0.05, error: 0.112, accepted: 900, acceptedGroups: 450 }];
    const card = reportCard(data);
    expect(card).toContain('**“At most 20%” is the promise.** You can rely on it');
    expect(card).toContain('with a probability of at most 5%, the share is higher.');
    expect(card).toContain(
      '**“Observed 11.2%” is a count.** 11.2% of 900 accepted answers to 450 questions were wrong.',
    );
    expect(card).toContain('Plan for 20%, and expect about 11.2%.');
    expect(reportCard(uncertifiedReport())).toContain(
      'Nothing is promised. A share of errors in the report is a count',
    );
  });

  it('says what is missing', () => {
    const card = reportCard(emptyReport());
    expect(card).toContain('No threshold was certified');
    expect(card).toContain('| Log-loss (lower is better) | – |');
    expect(reportCard(uncertifiedReport())).toContain('What can be certified instead: at most 10% errors');
  });
});
