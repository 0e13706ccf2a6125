import { createHash } from 'node:crypto';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../report/html.js';
import type { ReportData } from '../../report/results.js';
import { fakeReport } from './fake-report.js';
import { costedReport, emptyReport, hostileReport, NASTY, uncertifiedReport, wideReport } from './odd-reports.js';

const ids = [
  'before-after',
  'reliability',
  'risk-coverage',
  'temperature',
  'baselines',
  'signals',
  'slices',
  'selection',
  'parts',
  'data',
  'run',
];

const all: [string, ReportData][] = [
  ['usual', fakeReport()],
  ['hostile', hostileReport()],
  ['empty', emptyReport()],
  ['uncertified', uncertifiedReport()],
  ['wide', wideReport()],
  ['costed', costedReport()],
];

const page = (data: ReportData, markup = reportHtml(data)) => {
  const { document } = parseHTML(markup);
  const text = (selector: string) => (document.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const row = (section: string, head: string) => {
    for (const tr of document.querySelectorAll(`#${section} tbody tr`)) {
      const cells = [...tr.children].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim());
      if (cells[0].startsWith(head)) return cells;
    }
    return null;
  };
  return { document, text, row };
};

describe.each(all)('any report: %s', (_, data) => {
  const markup = reportHtml(data);
  const { document } = page(data, markup);

  it('is well formed: every element closed in its order, ids unique, links within the page resolve', () => {
    expect(unbalanced(markup)).toBeNull();
    const found = [...document.querySelectorAll('[id]')].map((element) => element.id);
    expect(new Set(found).size).toBe(found.length);
    for (const link of document.querySelectorAll('a')) expect(found).toContain(link.getAttribute('href')?.slice(1));
  });

  it('asks for nothing outside itself', () => {
    expect(document.querySelectorAll('[src], link, img, iframe, object, embed, base, form, use, image').length).toBe(0);
    for (const element of document.querySelectorAll('[href]')) expect(element.getAttribute('href')).toMatch(/^#/);
    for (const element of document.querySelectorAll('style'))
      expect(element.textContent).not.toMatch(/url\(|@import|@font-face/);
    expect(markup.replaceAll('https://example.com', '')).not.toMatch(/https?:|\/\/[a-z]/i);
  });

  it('lets only its own script run, by hash', () => {
    const scripts = [...document.querySelectorAll('script')];
    expect(scripts.length).toBe(1);
    const inside = markup.slice(markup.indexOf('<script>') + 8, markup.lastIndexOf('</script>'));
    const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(inside).digest('base64')}'`);
    expect(policy).toContain("default-src 'none'");
    expect(markup).not.toMatch(/<[^>]*\son[a-z]+=(?!&)/i);
  });

  it('prints no undefined, NaN or null and stays small', () => {
    const seen = markup.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
    expect(seen).not.toMatch(/undefined|NaN|Infinity|\[object/);
    if (!seen.includes('nested.nothing')) expect(seen).not.toMatch(/\bnull\b/);
    expect(markup.length).toBeLessThan(1_500_000);
  });

  it('gives every row of a table as many cells as its head, every chart a description', () => {
    for (const table of document.querySelectorAll('table')) {
      const columns = table.querySelector('thead tr')?.children.length;
      for (const tr of table.querySelectorAll('tbody tr:not(.group)')) expect(tr.children.length).toBe(columns);
      expect(table.querySelector('caption')?.textContent).not.toBe('');
    }
    for (const svg of document.querySelectorAll('svg')) {
      if (svg.getAttribute('aria-hidden') !== 'true')
        expect(svg.getAttribute('aria-label')?.length).toBeGreaterThan(10);
    }
  });
});

it('is pure: the same data give the same bytes, and are left as they were', () => {
  const data = fakeReport();
  const before = JSON.stringify(data);
  expect(reportHtml(data)).toBe(reportHtml(fakeReport()));
  expect(JSON.stringify(data)).toBe(before);
});

describe('a usual report', () => {
  const data = fakeReport();
  const { document, text, row } = page(data);

  it('has its sections in order, each in the list of contents', () => {
    expect([...document.querySelectorAll('section')].map(({ id }) => id)).toEqual(ids);
    expect([...document.querySelectorAll('nav a')].map((a) => a.getAttribute('href'))).toEqual(
      ids.map((id) => `#${id}`),
    );
  });

  it('opens with the promise, in the numbers of the threshold', () => {
    const [t] = data.thresholds;
    expect(text('h1')).toBe(
      `Accept ${(100 * t.coverage).toFixed(1)}% of answers, with at most 5% errors among them, at 95% confidence.`,
    );
    expect(text('header')).toContain(`probability of at least ${t.threshold?.toFixed(4)}`);
    expect(text('header')).toContain(
      `${t.accepted} were accepted (${t.acceptedGroups} questions); ${(100 * t.error!).toFixed(1)}% of the accepted answers were wrong`,
    );
  });

  it('shows before and after with intervals', () => {
    const loss = data.test.metrics.logLoss;
    const was = data.before!.metrics.logLoss;
    const cells = row('before-after', 'Log-loss')!;
    expect(cells[2]).toBe(`${was.value!.toFixed(3)}${was.low!.toFixed(3)} to ${was.high!.toFixed(3)}`);
    expect(cells[3]).toBe(`${loss.value!.toFixed(3)}${loss.low!.toFixed(3)} to ${loss.high!.toFixed(3)}`);
  });

  it('counts a measure as better or worse only if the interval of its difference excludes zero', () => {
    const difference = (low: number, value: number, high: number) => ({ low, value, high });
    const paired: ReportData['paired'] = [
      { against: 'before', metric: 'logLoss', difference: difference(-0.2, -0.1, -0.01) },
      { against: 'before', metric: 'brier', difference: difference(-0.2, -0.1, 0.01) },
      { against: 'before', metric: 'auroc', difference: difference(-0.2, -0.1, -0.01) },
      { against: 'before', metric: 'ece', difference: difference(-0.02, -0.01, 0) },
      { against: 'baseRate', metric: 'auroc', difference: difference(0.1, 0.2, 0.3) },
    ];
    expect(page({ ...data, paired }).text('#before-after p')).toContain(
      'By more than chance, vouch is better on 1 of 4 measures and worse on 1 (a difference',
    );
    const none = page({ ...data, paired: [] }).text('#before-after p');
    expect(none).not.toContain('chance');
  });

  it('says why there are two dots at an error rate, and only where there are', () => {
    const sentence = 'The two dots at 5% are two tests of the same promise';
    const [{ pattern, coverage }] = data.thresholds;
    const point = { pattern, alpha: 0.05, threshold: 0.9, indication: false };
    const twice = page({ ...data, alphaCoverage: [{ ...point, coverage: coverage - 0.1 }] });
    const once = page({ ...data, alphaCoverage: [{ ...point, coverage }] });
    expect(twice.text('#risk-coverage figure:nth-child(2) figcaption')).toContain(sentence);
    expect(once.text('#risk-coverage figure:nth-child(2) figcaption')).not.toContain('two dots');
  });

  it('draws a dot for each bin of both reliability diagrams, where the bin lies', () => {
    const charts = [...document.querySelectorAll('#reliability svg.chart')];
    expect(charts.length).toBe(3);
    [data.before!.reliability, data.test.reliability].forEach((bins, k) => {
      const dots = [...charts[k].querySelectorAll('circle')].map((dot) => [
        Number(dot.getAttribute('cx')),
        Number(dot.getAttribute('cy')),
      ]);
      const expected = bins.map(({ predicted, right }) => [48 + predicted * (440 - 48 - 16), 374 - right * (374 - 24)]);
      expect(dots.length).toBe(bins.length);
      dots.forEach(([x, y], i) => {
        expect(x).toBeCloseTo(expected[i][0], 1);
        expect(y).toBeCloseTo(expected[i][1], 1);
      });
    });
  });

  it('draws the shipped interval over them where it was measured, and says how often it holds what came true', () => {
    const band = [
      { predicted: 0.3, low: 0.2, high: 0.4, right: 0.25, rows: 50 },
      { predicted: 0.8, low: 0.75, high: 0.85, right: 0.9, rows: 50 },
    ];
    const drawn = page({ ...data, test: { ...data.test, band } });
    const dotted = '#reliability svg.chart [stroke-dasharray="2 3"] path';
    expect(drawn.document.querySelectorAll(dotted).length).toBe(2);
    expect(drawn.document.querySelectorAll('#reliability figcaption')[1].textContent).toContain('in 1 of 2');
    expect(document.querySelectorAll(dotted).length).toBe(0);
  });

  it('draws a bar for each right and each wrong bin of the histogram, as high as its answers', () => {
    const chart = [...document.querySelectorAll('#reliability svg.chart')][2];
    const bars = [...chart.querySelectorAll('rect')];
    expect(bars.length).toBe(2 * data.test.histogram.length);
    const heights = bars.map((bar) => Number(bar.getAttribute('height')) + 1.5);
    const counts = [...data.test.histogram.map(({ right }) => right), ...data.test.histogram.map(({ wrong }) => wrong)];
    const unit = Math.max(...heights) / Math.max(...counts);
    counts.forEach((answers, i) => {
      if (answers * unit > 3) expect(heights[i]).toBeCloseTo(answers * unit, 0);
    });
  });

  it('marks the certified point on the risk–coverage curve', () => {
    const [t] = data.thresholds;
    const dot = document.querySelector('#risk-coverage figure:first-child circle')!;
    expect(Number(dot.getAttribute('cx'))).toBeCloseTo(48 + t.coverage * 376, 1);
    expect(text('#risk-coverage figcaption')).toContain(
      `Certified: ${(100 * t.coverage).toFixed(1)}% accepted with ${(100 * t.error!).toFixed(1)}% wrong`,
    );
  });

  it('draws before, oracle and bands on the risk–coverage curve, and says what they are', () => {
    const band = (risk: number) => [
      { coverage: 0.5, risk, low: risk - 0.02, high: risk + 0.02 },
      { coverage: 1, risk: 0.4, low: 0.37, high: 0.43 },
    ];
    const oracle = [
      { coverage: 0.5, risk: 0 },
      { coverage: 1, risk: 0.4 },
    ];
    const drawn = page({
      ...data,
      test: { ...data.test, riskBand: band(0.11), oracle },
      before: { ...data.before!, riskBand: band(0.23) },
    });
    const chart = drawn.document.querySelector('#risk-coverage svg.chart')!;
    expect(chart.querySelectorAll('[aria-label="area"] path').length).toBe(1);
    const lines = [...chart.querySelectorAll('[aria-label="line"]')].map((g) => g.getAttribute('stroke'));
    const before = 'var(--before)';
    expect(lines).toEqual([before, before, 'var(--ink)', before, 'var(--vouch)']);
    const words = drawn.text('#risk-coverage figcaption');
    expect(words).toContain(`before: ${data.before!.name}`);
    expect(words).toContain('23.0% of the half with the highest values are wrong');
    expect(words).toContain('An oracle, which ranks all right answers first, would have 0.0% there');
    expect(words).toContain('95% intervals of the error rate at each coverage');
  });

  it('draws a smooth reliability curve with its band instead of bins where there is one', () => {
    const point = (predicted: number, right: number, density: number) => ({
      ...{ predicted, right, density },
      ...{ low: right - 0.1, high: right + 0.1 },
    });
    const reliabilityCurve = [point(0.2, 0.5, 1), point(0.3, 0.35, 2), point(0.4, 0.42, 1)];
    const drawn = page({ ...data, test: { ...data.test, reliabilityCurve } });
    const chart = [...drawn.document.querySelectorAll('#reliability svg.chart')][1];
    expect(chart.querySelectorAll('circle').length).toBe(0);
    expect(chart.querySelectorAll('[aria-label="area"] path').length).toBe(2);
    const caption = drawn.document.querySelectorAll('#reliability figcaption')[1].textContent;
    expect(caption).toContain('where 20% was predicted, about 50% of the answers were right (95%: 40% to 60%)');
    expect(caption).toContain('The band contains the diagonal for 75% of the answers');
  });

  it('prints on white whatever the screen is, and starts a page only before the longest tables', () => {
    const style = document.querySelector('style')!.textContent!;
    expect(style).toContain('@media screen and (prefers-color-scheme: dark)');
    expect(style.slice(style.indexOf('@media print'))).toContain(
      '#signals, #mistakes, #suspects { break-before: page; }',
    );
  });

  it('names the lowest temperature and what ships', () => {
    const points = data.test.temperatures;
    const best = points.reduce((a, b) => (b.logLoss < a.logLoss ? b : a));
    expect(text('#temperature figcaption')).toContain(`T = ${best.temperature.toFixed(2)}: ${best.logLoss.toFixed(4)}`);
  });

  it('lists baselines, paired differences, signals and slices with their numbers', () => {
    expect(row('baselines', 'Base rate')![1]).toContain(data.baselines.baseRate.metrics.logLoss.value!.toFixed(3));
    const forest = [...document.querySelectorAll('#baselines .forest tbody tr:not(.group)')];
    expect(forest.length).toBe(data.paired.length);
    const pair = data.paired.find(({ against, metric }) => against === 'baseRate' && metric === 'logLoss')!;
    const shown = forest.map((tr) => tr.textContent).find((words) => words?.startsWith('Base rate'));
    expect(shown).toContain(pair.difference.value!.toFixed(4).replace('-', '−'));

    const [first] = data.signals;
    expect(row('signals', first.name)).toEqual([
      first.name,
      '',
      `+${first.permutation.toFixed(4)}`,
      '+0.0020',
      '',
      first.auroc!.toFixed(3),
      `${Math.round(100 * first.recorded)}%`,
    ]);
    expect(document.querySelectorAll('#signals details tbody tr').length).toBe(data.signals.length);
    expect(document.querySelectorAll('#signals > .scroll tbody tr').length).toBe(25);

    const slice = data.slices.find(({ name }) => name === 'gemma-3-4b · arithmetic')!;
    const cells = row('slices', slice.name)!;
    expect(cells[0]).toContain('probability too high');
    expect(cells[2]).toBe(`${(100 * slice.meanProbability).toFixed(1)}%`);
    expect(cells[3]).toBe(`${(100 * slice.right).toFixed(1)}%`);
    expect(document.querySelectorAll('#slices tbody tr').length).toBe(data.slices.length);
  });

  it('says what ships, what was trained on what, and the facts of data and run', () => {
    expect(row('selection', 'Weighted blend')).toEqual(['Weighted blend chosen', '0.4214', 'best', '']);
    expect(row('selection', 'Isotonic')?.slice(1, 3)).toEqual(['0.4302', '+0.0089± 0.0021']);
    for (const part of data.parts) expect(text(`#parts .${part.name}`)).toContain(part.usedFor);
    expect(text('#data')).toContain(data.data.fingerprint);
    expect(text('#data')).toContain(data.data.warnings[0]);
    expect(text('#data')).toContain('Answers read10,012');
    expect(row('run', 'cross-fitting')?.[1]).toBe('41.3 s');
    expect(row('run', 'mlp.batch')?.[1]).toBe('256');
    expect(row('run', 'onnxruntime-node')?.[1]).toBe('1.30.0');
  });
});

it('keeps foreign text text', () => {
  const { document } = page(hostileReport());
  expect(document.querySelector('title')?.textContent).toContain(NASTY);
  expect(document.querySelector('#run b')?.textContent).toBe(NASTY);
  expect(document.querySelector('#data code')?.textContent).toBe(NASTY);
  expect(document.querySelector('#signals code')?.getAttribute('title')).toBe(NASTY);
});

it('says in words what is not there', () => {
  const { document, text, row } = page(emptyReport());
  expect(text('h1')).toBe('No threshold was certified, so nothing is promised about errors.');
  expect([...document.querySelectorAll('section')].map(({ id }) => id)).toEqual(
    ids.filter((id) => id !== 'temperature'),
  );
  expect(row('before-after', 'Log-loss')?.at(-1)).toBe('–');
  expect(document.querySelectorAll('svg.chart').length).toBe(0);
  expect(text('#slices')).toContain('name no models or tasks');
});

it('says what can be certified instead', () => {
  const { text } = page(uncertifiedReport());
  expect(text('h1')).toBe(
    'No threshold can be certified yet for at most 5% errors among accepted answers, at 95% confidence.',
  );
  expect(text('header')).toContain(
    'What can be certified instead: at most 10% errors when 31.2% of answers are accepted (probability at least 0.8321).',
  );
  expect(text('header')).toContain('About 240 more labelled questions would do, if accuracy stays as it is.');
  expect(text('#risk-coverage')).toContain('No point of the curve is certified');
});

it('gives each pattern its claim, and folds what is long', () => {
  const { document, text } = page(wideReport());
  expect(text('h1')).toContain(
    'answers that come with text, token log-probabilities and samples, with at most 5% errors among them, at 98.33% confidence',
  );
  expect(document.querySelectorAll('header tbody tr').length).toBe(4);
  expect(document.querySelectorAll('#signals details tbody tr').length).toBe(500);
  expect(text('#signals details caption')).toBe('The first 500 of 800 signals; the rest is in report.json');
  for (const open of document.querySelectorAll('#slices > .scroll'))
    expect(open.querySelectorAll('tbody tr').length).toBe(12);
});

describe('costs and slices', () => {
  const { text, row } = page(costedReport());

  it('states the table, the cuts in words, and each way to decide', () => {
    expect(text('#costs')).toContain('An accepted wrong answer costs 10, abstaining 3, escalating 1');
    expect(text('#costs')).toContain('Accepting is cheapest from a probability of 0.8000 up');
    expect(text('#costs')).toContain('escalated down to a probability of 0.6000. For answers with a lower');
    expect(text('#costs')).toContain(
      'The observed cost is lowest, 1.200 per answer, if answers are accepted from 70% up',
    );
    expect(row('costs', 'Abstain always')?.slice(1, 5)).toEqual([
      '3.000',
      '2.900 to 3.100',
      '−1.600',
      '−1.700 to −1.500',
    ]);
  });

  it('says of claims by slice how many there are and that each holds on its own', () => {
    expect(text('#slice-claims')).toContain('2 of 3 slices can be given a threshold with at most 5% errors');
    expect(text('#slice-claims')).toContain(
      'Each claim holds on its own with 95% confidence; all 3 hold together with at least 85% confidence',
    );
  });
});

/** The first place where elements do not close in order; null where all do. */
function unbalanced(markup: string): string | null {
  const empty = new Set(['meta', 'br', 'wbr', 'img', 'input', 'hr', 'link']);
  const open: string[] = [];
  const bare = markup.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '').replace('<!doctype html>', '');
  for (const [tag, closing, name, selfClosing] of bare.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (closing === '/') {
      if (open.pop() !== name) return tag;
    } else if (selfClosing !== '/' && !empty.has(name)) open.push(name);
  }
  return open.length === 0 ? null : open.join(' ');
}
