import { describe, expect, it } from 'vitest';
import { evaluationHtml } from '../../report/evaluation/html.js';
import type { Evaluation, PromiseVerdict } from '../../report/evaluation/results.js';
import { togetherWords, undecidedWords, verdictHeadline, verdictLines } from '../../report/evaluation/words.js';

function promise(more: Partial<PromiseVerdict> = {}): PromiseVerdict {
  return {
    ...{ claim: 'free@0.05', pattern: 'free', slice: null, alpha: 0.05, delta: 0.05, verdict: 'kept', why: null },
    ...{ answers: 300, accepted: 200, acceptedGroups: 200, error: { value: 0.02, low: 0.006, high: 0.045 } },
    ...{ pvalues: { kept: 0.02, broken: 0.99 }, guarantee: 'finite-sample', brokenTogether: false, needed: null },
    ...more,
  };
}

const broken = promise({ verdict: 'broken', brokenTogether: true, error: { value: 0.12, low: 0.08, high: 0.17 } });
const open = promise({
  ...{ verdict: 'cannot tell', why: 'the target lies within the interval of the errors' },
  ...{ error: { value: 0.04, low: 0.01, high: 0.09 } },
  needed: { answers: 1234, accepted: 821, error: 0.0405, chance: 0.8 },
});

function evaluation(promises: PromiseVerdict[], more: Partial<Evaluation> = {}): Evaluation {
  return {
    ...{ bundle: 'abcdef012345', answers: 300, groups: 300, unlabelled: 0, seen: { answers: 0, questions: 0 } },
    ...{ promises, metrics: { ece: { value: 0.03, low: 0, high: 0.05 } }, costs: null },
    reliability: [{ predicted: 0.9, right: 0.88, low: 0.8, high: 0.93, rows: 300 }],
    reliabilityCurve: [
      { predicted: 0.8, right: 0.78, low: 0.7, high: 0.86, density: 1 },
      { predicted: 0.9, right: 0.88, low: 0.8, high: 0.93, density: 2 },
    ],
    riskCoverage: [
      { coverage: 0.5, risk: 0.02, threshold: 0.9 },
      { coverage: 1, risk: 0.2, threshold: 0.1 },
    ],
    riskBand: [
      { coverage: 0.5, risk: 0.02, low: 0.01, high: 0.06 },
      { coverage: 1, risk: 0.2, low: 0.15, high: 0.25 },
    ],
    decisions: [
      {
        ...{ pattern: 'free', slice: null, rows: 300, accepted: 200, unpromised: 0, escalated: 0, abstained: 98 },
        ...{ undecided: { 'unseen model': 2 }, error: 0.02, alpha: 0.05 },
      },
    ],
    ...more,
  };
}

const context = { created: '2026-01-02T03:04:05Z', files: ['/home/me/new.jsonl'], warnings: [], vouch: '1.2.3' };

describe('the verdict in words', () => {
  it('is one sentence for one promise, and counts several', () => {
    expect(verdictHeadline([])).toBe('Nothing is promised, so there is nothing to keep or to break.');
    expect(verdictHeadline([promise()])).toBe('The promise is kept.');
    expect(verdictHeadline([open])).toBe('These answers cannot tell whether the promise is kept.');
    expect(verdictHeadline([promise(), promise()])).toBe('All 2 promises are kept.');
    expect(verdictHeadline([promise(), broken, open])).toBe(
      'Of 3 promises, 1 is broken, 1 is kept and for 1 these answers cannot tell.',
    );
  });

  it('names the errors, their limits, and the labels that would decide with what is assumed', () => {
    expect(verdictLines(evaluation([promise()]))).toEqual([
      'KEPT  text: at most 5% errors among accepted answers, with 95% confidence.',
      '  2.0% of 200 accepted answers to 200 questions were wrong (0.6% to 4.5%; each limit holds with 95% confidence).',
    ]);
    expect(undecidedWords(open)).toBe(
      'It cannot tell, because the target lies within the interval of the errors. About 1,300 labelled answers in all ' +
        '(830 accepted) would decide it with a chance of 80%, if 4.0% of the accepted answers are wrong.',
    );
    expect(undecidedWords({ ...open, needed: null })).toMatch(/no number of labels can be named/);
  });

  it('says what is not certain if all promises are judged together', () => {
    expect(togetherWords([broken])).toBeNull();
    expect(togetherWords([broken, promise()])).toMatch(/also holds/);
    expect(togetherWords([{ ...broken, brokenTogether: false }, promise()])).toMatch(/it is not certain/);
  });
});

describe('the report of an evaluation', () => {
  it('says the verdict first, in a page that loads nothing', () => {
    const page = evaluationHtml(evaluation([broken]), context);
    expect(page).toContain('<h1>The promise is broken.</h1>');
    expect(page).toContain('<mark class="bad">Broken</mark>');
    expect(page.indexOf('<h1>')).toBeLessThan(page.indexOf('Risk–coverage curve'));
    expect(page).toContain('2: unseen model');
    expect(page).toContain('new.jsonl');
    expect(page).not.toContain('/home/me');
    expect(page).not.toMatch(/<script|src=|url\(|href="http|<link/);
    expect(page).toContain("default-src 'none'");
  });

  it('draws a band, and works without any promise', () => {
    const page = evaluationHtml(evaluation([]), { ...context, files: [] });
    expect(page).toContain('Nothing is promised');
    expect(page).not.toContain('Each promise of the bundle');
    expect(page).toContain('aria-label="area"');
  });

  it('escapes names from the data', () => {
    const page = evaluationHtml(evaluation([promise({ slice: '<b>x</b>' })]), context);
    expect(page).toContain('&lt;b&gt;x&lt;/b&gt;');
    expect(page).not.toContain('<b>x</b>');
  });

  it('compares two bundles measure by measure', () => {
    const measure = {
      ...{ name: 'auroc', better: 'higher' as const, ours: { value: 0.9, low: 0.88, high: 0.92 } },
      ...{ theirs: { value: 0.8, low: 0.75, high: 0.85 }, difference: { value: 0.1, low: 0.05, high: 0.15 } },
      winner: 'ours' as const,
    };
    const none = { value: 0.5, low: null, high: null };
    const bare = { ...measure, name: 'coverage', winner: null, difference: none };
    const against = { bundle: 'fedcba', promises: [open], measures: [measure, bare], onlyOurs: 1, onlyTheirs: 7 };
    const page = evaluationHtml(evaluation([promise()], { against }), context);
    expect(page).toContain('better on 1 of 2 measures and worse');
    expect(page).toContain('+0.1000');
    expect(page).toContain('too few for an interval');
    expect(page).toContain('Promises of the other bundle');
  });
});
