import { describe, expect, it } from 'vitest';
import { metrics as published } from '../../library/metrics.js';
import { metrics } from '../../metrics/list.js';
import { metricsPage } from '../../report/page/metrics-page.js';
import { fakeReport } from './fake-report.js';

const page = metricsPage();

describe('docs/metrics.md', () => {
  it('is what the list of metrics makes; -u writes it again', async () => {
    await expect(page).toMatchFileSnapshot('../../docs/metrics.md');
  });

  it('has an entry for every metric of the library and of the report, with all its facts', () => {
    const headings = [...page.matchAll(/^### .*: `(\w+)`$/gm)].map(([, name]) => name);
    expect([...headings].sort()).toEqual([...Object.keys(published), 'fullEce'].sort());
    expect(metrics.filter(({ name }) => !headings.includes(name))).toEqual([]);
    for (const part of page.split(/^### (?=.*: `)/m).slice(1)) {
      const entry = part.replace(/\s+/g, ' ');
      expect(entry).toMatch(/ - \*\*Formula\*\*: \S.* - \*\*Range\*\*: \S.*(Lower|Higher) is better\. - \*\*Interval/);
      expect(entry).toMatch(
        / - \*\*Interval\*\*: (percentile|basic|above noise|shifted percentile) .* - \*\*Source\*\*: .*\d{4}/,
      );
    }
  });

  it('links each name of its table to a heading', () => {
    const anchors = [...page.matchAll(/^### (.*)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    );
    const linked = [...page.matchAll(/^\| \[`\w+`\]\(#([^)]+)\)/gm)].map(([, anchor]) => anchor);
    expect(linked.length).toBe(metrics.length + 1);
    expect(linked.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
  });

  it('describes every figure of report.json', () => {
    const report = fakeReport();
    const facts = ['title', 'created', 'versions', 'backend', 'seed', 'options', 'data', 'parts', 'timings', 'judged'];
    const figures = page.split('## Other figures')[1];
    const missing = (keys: string[], prefix = '') =>
      keys.filter((key) => !facts.includes(key) && !new RegExp(`\`${prefix}${key}\\b`).test(figures));
    expect(missing(Object.keys(report))).toEqual([]);
    expect(missing(Object.keys(report.test), 'test\\.')).toEqual(['metrics']);
  });
});
