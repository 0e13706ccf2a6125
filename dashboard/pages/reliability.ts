import { reliabilityDiagram } from '../../report/charts/reliability-diagram.js';
import { folded, pair, section, table } from '../../report/frame.js';
import { type Html, html, type Part } from '../../report/markup.js';
import { interval, NONE, percent } from '../../report/numbers.js';
import type { CurvePoint, Estimate, ReliabilityBin } from '../../report/results.js';
import { metricWords } from '../../report/words.js';
import { plural } from '../../support/words/plural.js';
import { type Calibration, COMPARED, calibrationOf } from '../read/calibration.js';
import { type Labelled, latestLabelled } from '../read/labelled.js';
import { periodOf, periodWords } from '../read/period.js';
import type { ReportFacts } from '../read/report-facts.js';
import { type Page, periodLinks } from './page.js';

/** Whether 80% still means 80%: labels in the store against the report of training. */
export const reliability: Page = {
  title: 'Reliability: does 80% still mean 80%?',
  draw: async (input) => {
    const { db, asked } = input;
    const period = periodOf(asked.query.days, asked.now);
    const bundle = await input.bundle();
    const whose = { bundle: asked.digest, tenant: asked.tenant, since: 3_600_000 * period.from };
    const labelled = await latestLabelled(db, whose);
    const report = bundle?.report ?? null;
    const now = labelled === null ? null : calibrationOf(labelled);
    return [
      periodLinks(input, period.days),
      html`<p><strong>This may be biased.</strong> It shows answers that somebody chose to label. Users report errors more
often than right answers, and reviewers get the answers that the monitor drew, doubtful ones first. So a gap here is a
reason to look closer, and no proof that calibration has changed.</p>`,
      labelled === null
        ? html`<p class="empty">In ${periodWords(period)}, no answer that the bundle in use scored got a label.</p>`
        : basis(labelled),
      diagrams({ now, report }),
      measures({ now, report }),
    ];
  },
};

function basis({ n, from, to, isCut }: Labelled): Html {
  const day = (time: number) => html`<time>${new Date(time).toISOString().slice(0, 10)}</time>`;
  const which = isCut ? `The latest ${plural(n, 'labelled answer')}` : plural(n, 'labelled answer');
  return html`<p>${which} of the bundle in use, scored from ${day(from)} to ${day(to)}.</p>`;
}

interface Both {
  now: Calibration | null;
  report: ReportFacts | null;
}

function diagrams({ now, report }: Both): Html {
  const drawn: Part[] = [];
  if (now !== null)
    drawn.push(diagram('Now', { bins: binsOf(now), curve: now.curve, metrics: now.metrics, tone: 'vouch' }));
  if (report?.reliability) {
    const { reliability: shown, metrics } = report;
    drawn.push(diagram('In training, on held-out answers', { ...shown, metrics, tone: 'before' }));
  }
  return section('diagrams', 'Reliability diagrams', [
    html`<p>The line is the share of right answers among answers with about that probability. On the diagonal the two are
equal. The band is a 95% interval at each probability; the hill shows where the answers are.</p>`,
    drawn.length === 0
      ? html`<p class="empty">Nothing to draw: neither labels nor a diagram in the report.</p>`
      : pair(drawn),
  ]);
}

interface Diagram {
  bins: ReliabilityBin[];
  curve: CurvePoint[] | null;
  metrics: ReportFacts['metrics'];
  tone: 'vouch' | 'before';
}

function diagram(title: string, { bins, curve, metrics, tone }: Diagram): Html {
  const { eceDebiased } = metrics;
  const ece =
    eceDebiased === undefined ? '' : `Calibration error, debiased: ${metricWords.eceDebiased.show(eceDebiased.value)}.`;
  const shown: (CurvePoint | ReliabilityBin)[] = curve ?? bins;
  const points = table(
    `Share of right answers by probability: ${title}`,
    [
      { head: 'Probability', kind: 'number', content: ({ predicted }) => percent(predicted) },
      { head: 'Right', kind: 'number', content: ({ right }) => percent(right) },
      { head: '95% interval', kind: 'number', content: ({ low, high }) => `${percent(low)} to ${percent(high)}` },
    ],
    shown,
  );
  const drawn = reliabilityDiagram(title, { bins, curve, band: [], tone, ece });
  return html`<div>${drawn}${folded('The numbers of this chart', points)}</div>`;
}

/** What the report of the bundle in use does not have. */
function without(report: ReportFacts | null): Part {
  if (report === null) return ' The bundle in use has no report of its training.';
  if (Object.keys(report.metrics).length === 0) return ' The report of the bundle in use has no such measures.';
  if (report.reliability !== null) return null;
  return ' The bundle in use was adapted: its report has these measures of that day, and no diagram.';
}

/** The diagram draws nothing without bins. */
function binsOf({ curve }: Calibration): ReliabilityBin[] {
  return curve.map(({ predicted, right, low, high }) => ({ predicted, right, low, high, rows: 1 }));
}

function measures({ now, report }: Both): Html {
  const shown = (name: (typeof COMPARED)[number], estimate: Estimate | undefined): Part => {
    if (estimate === undefined) return NONE;
    const { show } = metricWords[name];
    return html`${show(estimate.value)}<small>${interval(estimate, show)}</small>`;
  };
  return section('measures', 'Measures', [
    table(
      'Quality of the probabilities, now and in training (95% intervals, bootstrap over questions)',
      [
        { head: 'Measure', content: (name) => html`${metricWords[name].label}<small>lower is better</small>` },
        { head: 'Now', kind: 'number', content: (name) => shown(name, now?.metrics[name]) },
        { head: 'In training', kind: 'number', content: (name) => shown(name, report?.metrics[name]) },
      ],
      COMPARED,
    ),
    html`<p class="note">Log-loss and Brier score also change when questions get harder or easier, even if calibration is
unchanged.${without(report)}</p>`,
  ]);
}
