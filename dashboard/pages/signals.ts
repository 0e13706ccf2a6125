import type { NumberShares } from '../../models/bundle/reference.js';
import { figure, folded, pair, section, table } from '../../report/frame.js';
import { type Html, html } from '../../report/markup.js';
import { count, fixed, percent } from '../../report/numbers.js';
import { appendAt } from '../../support/append.js';
import { quantile } from '../../support/quantile.js';
import { plural } from '../../support/words/plural.js';
import { type FanPoint, fanChart } from '../charts/fan-chart.js';
import { stepWords } from '../charts/times.js';
import type { BundleFacts } from '../read/bundle-facts.js';
import { dateOf, inSteps, type Period, periodWords, stepAt } from '../read/period.js';
import { type SampledSignals, sampledSignals } from '../read/sampled-signals.js';
import type { PageInput } from './page.js';

/** Signals that are drawn, and the fewest answers of a step from which quantiles are drawn. */
const DRAWN = 4;
const LEAST = 5;
/** Steps of the charts: each step of a sample must have enough answers. */
const MOST_STEPS = 20;

/** Quantiles of the signals that matter most, over time and against training. */
export async function signals(input: PageInput, period: Period): Promise<Html> {
  const bundle = await input.bundle();
  const title = 'Signals';
  if (bundle === null) return section('signals', title, html`<p class="empty">The bundle is being replaced.</p>`);
  const { db, asked } = input;
  const sample = await sampledSignals(db, period, { bundle: asked.digest, tenant: asked.tenant });
  if (sample.length < LEAST) {
    return section(
      'signals',
      title,
      html`<p class="empty">Of the answers that were looked at in ${periodWords(period)}, fewer than ${LEAST} have the signals of the
bundle in use.</p>`,
    );
  }
  const coarse = inSteps(period, MOST_STEPS);
  const charts = mattering(bundle).map(({ name, index }) => chart({ name, index, sample, period: coarse, bundle }));
  return section('signals', title, [
    html`<p>The ${charts.length === 1 ? 'signal' : plural(charts.length, 'signal')} that the probability depends on most, in
${plural(sample.length, 'answer')} spread evenly over ${periodWords(period)}. Line: the median; bands: the middle half and
the middle 80%. <span class="line expected"></span>10%, 50% and 90% of the training answers. Whether a difference is more
than chance is tested by <code>vouch monitor</code>.</p>`,
    pair(charts),
  ]);
}

/** The numeric signals whose shuffling costs most, or else the first ones. */
function mattering({ manifest, report }: BundleFacts): { name: string; index: number }[] {
  const all = manifest.signals.numeric.map((full, index) => ({ name: full.split('@')[0], index }));
  const worth = report?.worth ?? new Map<string, number>();
  const sorted = [...all].sort((a, b) => (worth.get(b.name) ?? -1) - (worth.get(a.name) ?? -1) || a.index - b.index);
  return sorted.slice(0, DRAWN);
}

interface Drawn {
  name: string;
  index: number;
  sample: readonly SampledSignals[];
  period: Period;
  bundle: BundleFacts;
}

function chart({ name, index, sample, period, bundle }: Drawn): Html {
  const steps = new Map<number, number[]>();
  let missing = 0;
  for (const { time, features } of sample) {
    const at = stepAt(period, time / 3_600_000);
    const value = features[index];
    if (value === undefined || Number.isNaN(value)) missing++;
    else appendAt(steps, at, value);
  }
  const points = [...steps]
    .filter(([, values]) => values.length >= LEAST)
    .sort(([a], [b]) => a - b)
    .map(([at, values]): FanPoint => {
      const sorted = Float64Array.from(values).sort();
      const q = (level: number) => quantile(sorted, level);
      return { at, q10: q(0.1), q25: q(0.25), q50: q(0.5), q75: q(0.75), q90: q(0.9) };
    });
  const shares = bundle.reference?.signals.find((signal) => signal.name.split('@')[0] === name);
  const training = shares === undefined ? [] : [0.1, 0.5, 0.9].flatMap((level) => quantileOf(shares, level) ?? []);
  const last = points.at(-1);
  const words =
    last === undefined
      ? 'Too few recorded values.'
      : `Last step: median ${fixed(last.q50)}, middle 80% from ${fixed(last.q10)} to ${fixed(last.q90)}.` +
        (training.length === 3
          ? ` In training: median ${fixed(training[1])}, ${fixed(training[0])} to ${fixed(training[2])}.`
          : '');
  const share = missing / sample.length;
  const caption = `${words} Not recorded: ${percent(share)} of ${count(sample.length)}.`;
  if (points.length === 0) return figure(name, html`<p class="empty">Nothing to draw.</p>`, caption);
  return html`<div>${figure(
    name,
    fanChart({ points, period, label: name, training, height: 240, words: `${name} over time. ${words}` }),
    caption,
  )}${folded('The numbers of this chart', stepTable(name, points, period))}</div>`;
}

function stepTable(name: string, points: readonly FanPoint[], period: Period): Html {
  return table(
    `Quantiles of ${name} over time`,
    [
      { head: 'From (UTC)', content: ({ at }) => stepWords(dateOf(at), period) },
      ...(['q10', 'q25', 'q50', 'q75', 'q90'] as const).map((quantile) => ({
        head: `${quantile.slice(1)}%`,
        kind: 'number' as const,
        content: (point: FanPoint) => fixed(point[quantile]),
      })),
    ],
    points,
  );
}

/** The smallest knot at or below which at least this share of the recorded values is; undefined without knots. */
function quantileOf({ knots, below, missing }: NumberShares, level: number): number | undefined {
  const place = below.findIndex((share) => share >= level * (1 - missing));
  return place < 0 ? knots.at(-1) : knots[place];
}
