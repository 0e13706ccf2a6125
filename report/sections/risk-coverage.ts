import { observedRisk, type RiskPoint, riskChart } from '../charts/risk-chart.js';
import { figure, pair, section } from '../frame.js';
import { judgedOn } from '../judged-on.js';
import { type Html, html } from '../markup.js';
import { cutoff, percent } from '../numbers.js';
import type { CertifiedThreshold, ReportData } from '../results.js';
import { type Rival, rivalOf } from '../rival.js';
import { claimWords } from '../words.js';
import { alphaCoverage } from './alpha-coverage.js';
import { labelsBuy } from './labels-buy.js';

/** Error rate among accepted answers by coverage: as observed, and as it can be promised. */
export function riskCoverage(data: ReportData): Html {
  return section('risk-coverage', 'Accept fewer answers, make fewer errors', [
    html`<p>If only the answers with the highest probabilities are accepted, fewer of the accepted answers are wrong.
The
first chart shows what was observed on ${judgedOn(data)}. The second shows what can be promised for future answers,
which is
always a little less.</p>`,
    pair(curve(data), alphaCoverage(data)),
    labelsBuy(data),
  ]);
}

function curve(data: ReportData): Html {
  const title = 'Risk–coverage curve';
  const points = data.test.riskCoverage;
  if (points.length === 0) return figure(title, html`<p class="empty">No answers to draw.</p>`, '');
  const certified = data.thresholds.filter((t) => t.threshold !== null && t.error !== null);
  const rival = rivalOf(data);
  const before = rival?.standing.riskBand ?? [];
  const { riskBand: band = [], oracle = [] } = data.test;
  const others = besides(rival, before, oracle);
  const chart = riskChart({
    ...{ points, band, before, oracle, besides: others, dotName: 'certified' },
    targets: data.thresholds.map(({ alpha }) => alpha),
    dots: certified.map((t) => ({
      coverage: t.coverage,
      error: t.error ?? 0,
      title:
        `${claimWords(t)}: accept at ≥ ${cutoff(t.threshold)}, coverage ${percent(t.coverage)}, errors ` +
        `${percent(t.error)}`,
    })),
  });
  return figure(title, chart, [
    band.length + before.length + oracle.length > 0 && key(rival, before.length > 0, oracle.length > 0),
    `${observedRisk(points)} ${others} ${certifiedWords(data, certified)}`.replace(/ +/g, ' ').trim(),
    band.length > 0 &&
      ' Shaded, and between the thin lines: 95% intervals of the error rate at each coverage by itself, from whole ' +
        'questions drawn again; they are not intervals of the difference between the curves.',
  ]);
}

/** The curves by name, each with its line as drawn. */
function key(rival: Rival | null, hasBefore: boolean, hasOracle: boolean): Html {
  return html`<span class="lines"><span class="line vouch"></span>vouch${
    hasBefore && rival !== null && html` <span class="line before"></span>${rival.role.toLowerCase()}: ${rival.name}`
  }${hasOracle && html` <span class="line oracle"></span>oracle`}</span>`;
}

/** The other curves at one half of the answers. */
function besides(rival: Rival | null, before: RiskPoint[], oracle: RiskPoint[]): string {
  const half = (points: RiskPoint[]) => points.find(({ coverage }) => Math.abs(coverage - 0.5) < 1e-9);
  const [was, best] = [half(before), half(oracle)];
  return [
    rival !== null &&
      was !== undefined &&
      `Ranked by ${rival.role === 'Before' ? rival.name : `“${rival.name}”`}, ${percent(was.risk)} of the half with the ` +
        'highest values are wrong.',
    best !== undefined && `An oracle, which ranks all right answers first, would have ${percent(best.risk)} there.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function certifiedWords(data: ReportData, certified: CertifiedThreshold[]): string {
  if (certified.length === 0) return 'No point of the curve is certified for the target.';
  const each = certified.map(
    (t) =>
      `${percent(t.coverage)} accepted with ${percent(t.error)} wrong` +
      (data.thresholds.length > 1 ? ` (${claimWords(t)})` : ''),
  );
  const note =
    certified.length > 1
      ? ' Each dot counts only the answers of its pattern, so it can be off the curve of all answers.'
      : '';
  return `Certified: ${each.join('; ')}.${note}`;
}
