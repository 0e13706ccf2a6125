import { eceMassMetric, eceMetric } from '../../metrics/calibration/ece.js';
import { eceDebiasedMetric } from '../../metrics/calibration/ece-debiased.js';
import { fullEceMetric } from '../../metrics/calibration/full-ece.js';
import { mceMetric } from '../../metrics/calibration/mce.js';
import { smoothEceMetric } from '../../metrics/calibration/smooth-ece.js';
import { metrics } from '../../metrics/list.js';
import type { ReportedMetric } from '../../metrics/metric.js';
import { brierMetric } from '../../metrics/proper/brier.js';
import { brierCalibrationMetric } from '../../metrics/proper/brier-calibration.js';
import { brierRefinementMetric } from '../../metrics/proper/brier-refinement.js';
import { logLossMetric } from '../../metrics/proper/log-loss.js';
import { auprcErrorsMetric } from '../../metrics/ranking/auprc-errors.js';
import { aurocMetric } from '../../metrics/ranking/auroc.js';
import { aurocWithinMetric } from '../../metrics/ranking/auroc-within.js';
import { accuracyAtCoverageMetric } from '../../metrics/selective/accuracy-at-coverage.js';
import { aurcMetric } from '../../metrics/selective/aurc.js';
import { eAurcMetric } from '../../metrics/selective/e-aurc.js';
import { prrMetric } from '../../metrics/selective/prr.js';
import { anchorOf, markdownTable, wrapped } from '../../support/page/markdown.js';
import { figures } from './figures.js';

interface Section {
  title: string;
  about: string;
  metrics: readonly ReportedMetric[];
}

const sections: readonly Section[] = [
  {
    title: 'Proper scores',
    about:
      'On average, a proper score is lowest for the true probabilities. It judges calibration and separation ' +
      'together, so it is the first thing to look at.',
    metrics: [logLossMetric, brierMetric, brierCalibrationMetric, brierRefinementMetric],
  },
  {
    title: 'Ranking',
    about:
      'Whether right answers get higher values than wrong ones. Only the order counts, so these metrics suit any ' +
      'score.',
    metrics: [aurocMetric, aurocWithinMetric, auprcErrorsMetric],
  },
  {
    title: 'Calibration',
    about:
      'Whether eight in ten answers with a probability of 0.8 are right. A predictor can be calibrated and useless ' +
      '(the base rate is both), so read these together with log-loss. ȳ_b and p̄_b are the mean label and the mean ' +
      'probability in bin b, W_b its weight.',
    metrics: [eceMetric, eceDebiasedMetric, eceMassMetric, smoothEceMetric, mceMetric, fullEceMetric],
  },
  {
    title: 'Selective prediction',
    about: 'How many errors remain if only the answers with the highest probabilities are accepted.',
    metrics: [accuracyAtCoverageMetric, aurcMetric, eAurcMetric, prrMetric],
  },
];

const intervals: Record<ReportedMetric['interval'], { title: string; says: string }> = {
  percentile: {
    title: 'Percentile',
    says: 'The middle 95% of the drawn values (Davison & Hinkley 1997, sec. 5.3).',
  },
  basic: {
    title: 'Basic',
    says:
      'The drawn values q mirrored at the value v: 2v − q. Used where each draw shifts the metric in the same ' +
      'direction as the sample did (Davison & Hinkley 1997, sec. 5.2).',
  },
  aboveNoise: {
    title: 'Above noise',
    says:
      'For metrics that chance alone keeps above 0. The low end is the value minus the most that chance adds in the ' +
      'draws, but at least 0; the high end is that of the basic interval. It contains 0 if chance explains the value.',
  },
  shifted: {
    title: 'Shifted percentile',
    says: 'The percentile interval, moved so that the mean of the drawn values is the value.',
  },
};

const intro = `# Metrics

<!-- Made from metrics/ and report/page/ by \`npx vitest run test/report/metrics-page.test.ts -u\`. Change it there. -->

What vouch measures, and how. A metric has the same name everywhere:

- **report.json**: \`test.metrics.NAME\`, and \`baselines.NAME.metrics\` for predictors to compare with.
- **\`vouch evaluate\`**: \`metrics.NAME\`.
- **The library**: \`metrics.NAME({ probability, label, group })\`; see [the library](library.md).

Each is \`{ value, low, high }\`: the value and its 95% interval, or null if it is not defined. In the formulas, p is
the predicted probability that an answer is right, and y its label: 1 for right, 0 for wrong, a number between them for
partly right (a soft label). An answer with y = 0.7 counts as 0.7 of a right answer and 0.3 of a wrong one. If labels
have weights, every mean and share is weighted; W is the sum of the weights.
`;

const howIntervals = `## Intervals

Answers to one question depend on each other. So the bootstrap draws whole questions, as many as there are, with
replacement, and computes every metric on the same draws (grouped bootstrap; Davison & Hinkley 1997, sec. 3.8). There
are 2,000 draws (\`--resamples\`). With more than 50,000 answers there are fewer, but at least 400. Three costly metrics
use 500: the two parts of the Brier score, and smooth ECE. Draws in which a metric is not defined are left out. For the
difference between two predictors, both are measured on the same draws, so that what they share cancels out.
`;

/** The page docs/metrics.md: each metric with its formula, range, direction, interval and source, and other figures. */
export function metricsPage(): string {
  const listed = sections.flatMap((section) => section.metrics);
  const missing = metrics.filter((metric) => !listed.includes(metric)).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`no section of docs/metrics.md has ${missing.join(', ')}`);
  const rows = listed.map(({ name, better, text: { title, range } }) => [
    `[\`${name}\`](#${anchorOf(`${title} ${name}`)})`,
    title,
    better,
    range.split(';', 1)[0],
  ]);
  const kinds = Object.values(intervals).map(({ title, says }) => `- **${title}**: ${says}`);
  return [
    intro,
    `${markdownTable(['name', 'metric', 'better', 'range'], rows)}\n`,
    ...sections.map(sectionText),
    howIntervals,
    `${kinds.map(item).join('\n')}\n`,
    '## Other figures\n\nWhere they are in report.json, and what they are.\n',
    ...figures.map(({ title, list }) => {
      const table = markdownTable(
        ['figure', 'what it is'],
        list.map(({ at, says }) => [at.replace(/[\w.]+(?:\[\])?(?= |,|$)(?! evaluate)/g, '`$&`'), says]),
      );
      return `### ${title}\n\n${table}\n`;
    }),
  ].join('\n');
}

function sectionText({ title, about, metrics }: Section): string {
  return `## ${title}\n\n${wrapped(about)}\n\n${metrics.map(metricText).join('\n')}`;
}

function metricText({ name, better, interval, text: { title, says, formula, range, source } }: ReportedMetric): string {
  const facts = [
    `- **Formula**: ${formula}`,
    `- **Range**: ${range}. ${better === 'lower' ? 'Lower' : 'Higher'} is better.`,
    `- **Interval**: ${intervals[interval].title.toLowerCase()} ([intervals](#intervals))`,
    `- **Source**: ${source}`,
  ];
  return `### ${title}: \`${name}\`\n\n${wrapped(says)}\n\n${facts.map(item).join('\n')}\n`;
}

/** An item of a list in lines of at most 120 characters; further lines are indented. */
function item(text: string): string {
  return text.replace(/(.{1,118})(?: |$)/g, '$1\n  ').trimEnd();
}
