import { type Column, table } from '../../report/frame.js';
import { type Html, html } from '../../report/markup.js';
import { chosenPercent, cutoff, interval, NONE, percent } from '../../report/numbers.js';
import type { Estimate, MetricName, Metrics } from '../../report/results.js';
import { withInterval } from '../../report/sections/before-after.js';
import { beyondChance } from '../../report/sections/forest.js';
import { betterSide, furtherWords, metricWords } from '../../report/words.js';
import { plural } from '../../support/words/plural.js';
import type { AdaptationReport, DecidedAnswers } from './results.js';
import { measuredWords } from './words.js';

interface Change {
  name: string;
  note: string;
  before: Html | string;
  after: Html | string;
  verdict: string;
}

const measures = ['logLoss', 'smoothEce', 'aurocWithin'] as const;

/** What changed, before and after, on the new answers: quality, calibration, thresholds, coverage, errors. */
export function opening(report: AdaptationReport): Html {
  const rows = [...measures.flatMap((name) => measured(report, name)), ...decisions(report)];
  const columns: Column<Change>[] = [
    { head: 'On the new answers', content: ({ name, note }) => html`${name}<small>${note}</small>` },
    { head: html`<span class="key before"></span>Before`, kind: 'number', content: ({ before }) => before },
    { head: html`<span class="key vouch"></span>After`, kind: 'number', content: ({ after }) => after },
    { head: 'What changed', content: ({ verdict }) => verdict },
  ];
  return html`<p class="lead">${verdictOf(report)}</p>
${table('What changed', columns, rows)}
<p class="note">${measuredWords(report)}, with 95% intervals by question.</p>`;
}

/** The change in one sentence. */
function verdictOf({ before, test, differences }: AdaptationReport): string {
  const { show } = metricWords.logLoss;
  const change = `Log-loss on the new answers: ${show(before.metrics.logLoss.value)} → ${show(test.metrics.logLoss.value)}`;
  const side = sideOf('logLoss', differences.logLoss);
  return side === 'unclear' ? `${change}; the difference may be chance.` : `${change}, ${side} by more than chance.`;
}

function sideOf(metric: MetricName | 'smoothEce', difference: Estimate | undefined): 'better' | 'worse' | 'unclear' {
  if (difference === undefined) return 'unclear';
  // All measures here but AUROC are better if lower, as ECE is.
  const side = beyondChance({ against: 'before', metric: metric === 'smoothEce' ? 'ece' : metric, difference });
  return side === 'better' || side === 'worse' ? side : 'unclear';
}

function measured({ before, test, differences }: AdaptationReport, name: (typeof measures)[number]): Change[] {
  const { label, show, difference: shown } = name === 'smoothEce' ? furtherWords[name] : metricWords[name];
  const of = (metrics: Metrics) => metrics[name];
  const [was, now] = [of(before.metrics), of(test.metrics)];
  if (was === undefined || now === undefined) return [];
  const gap = differences[name];
  const side = sideOf(name, gap);
  const span = gap === undefined ? '' : interval(gap, shown);
  return [
    {
      name: name === 'smoothEce' ? 'Calibration error, smooth' : label,
      note: `${betterSide(name)} is better`,
      before: withInterval(was, show),
      after: withInterval(now, show),
      verdict:
        gap === undefined || gap.value === null
          ? NONE
          : `${shown(gap.value)}${span === '' ? '' : ` (${span})`}: ${
              side === 'unclear' ? 'may be chance' : `${side} by more than chance`
            }`,
    },
  ];
}

function decisions({ decisions: both }: AdaptationReport): Change[] {
  if (both === undefined) return [];
  const { before, after } = both;
  const share = (value: Estimate) => withInterval(value, percent);
  return [
    {
      name: 'Threshold',
      note: 'accepted from this probability up',
      before: thresholdWords(before),
      after: thresholdWords(after),
      verdict: after.thresholds.length === 0 ? 'nothing is promised, so nothing is decided' : promiseOf(after),
    },
    {
      name: 'Coverage',
      note: 'share of the answers that is accepted with a promise',
      before: share(before.decided.coverage),
      after: share(after.decided.coverage),
      verdict: undecidedWords(before),
    },
    {
      name: 'Errors among them',
      note: 'lower is better',
      before: share(before.decided.error),
      after: share(after.decided.error),
      verdict: appliedWords(before),
    },
  ];
}

function thresholdWords({ thresholds }: DecidedAnswers): string {
  if (thresholds.length === 0) return 'none';
  const values = [...new Set(thresholds.map(({ threshold }) => cutoff(threshold)))];
  return values.length <= 3 ? values.join(', ') : `${values.length} thresholds`;
}

function promiseOf({ thresholds }: DecidedAnswers): string {
  const alphas = [...new Set(thresholds.map(({ alpha }) => chosenPercent(alpha)))];
  return `certified again, for at most ${alphas.join(' or ')} errors`;
}

/** Why the bundle as trained decided nothing for some answers. */
function undecidedWords({ undecided }: DecidedAnswers): string {
  const parts = Object.entries(undecided).sort(([, a], [, b]) => b - a);
  if (parts.length === 0) return 'before, every answer had a decision';
  return `before, no decision for ${parts.map(([why, n]) => `${plural(n, 'answer')} (${why})`).join(', ')}`;
}

/** What the old thresholds would have done with these answers, had they been applied all the same. */
function appliedWords({ thresholds, applied }: DecidedAnswers): string {
  const { coverage, error } = applied;
  if (thresholds.length === 0 || coverage.value === null) return 'before, no threshold was certified';
  if (error.value === null) return 'the old threshold would accept no answer';
  const span = interval(error, percent);
  return (
    `the old ${thresholds.length === 1 ? 'threshold' : 'thresholds'} would accept ${percent(coverage.value)} of these answers, ` +
    `with ${percent(error.value)} errors (${span})`
  );
}
