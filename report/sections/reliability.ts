import { reliabilityDiagram } from '../charts/reliability-diagram.js';
import { pair, section } from '../frame.js';
import { type Html, html } from '../markup.js';
import { perfectWords } from '../perfect-words.js';
import type { ReportData } from '../results.js';
import { type Rival, rivalOf } from '../rival.js';
import { furtherWords, metricWords } from '../words.js';
import { histogram } from './histogram.js';

/** Does 80% mean 80%? Reliability diagrams before and after on the same axes, and a histogram of the probabilities. */
export function reliability(data: ReportData): Html {
  const { test } = data;
  const rival = rivalOf(data);
  const title = data.before === null ? 'vouch' : 'After: vouch';
  const { reliability: bins, reliabilityCurve: curve = null, band = [] } = test;
  const after = reliabilityDiagram(title, { bins, curve, band, tone: 'vouch', ece: eceOf(test) });
  return section('reliability', 'Does 80% mean 80%?', [
    html`<p>${curve === null ? BINS : SMOOTH}</p>`,
    data.perfect !== undefined && html`<p>${perfectWords(data.perfect)}</p>`,
    rival === null
      ? pair(after, histogram(data, 'under'))
      : [pair(rivalDiagram(rival), after), histogram(data, 'beside')],
  ]);
}

const BINS =
  'Answers with similar predicted probabilities are grouped into bins. Each dot shows the share of right answers in a ' +
  'bin. On the diagonal, this share equals the predicted probability. Larger dots mean more answers; bands and whiskers ' +
  'are 95% intervals.';
const SMOOTH =
  'The line shows the share of right answers among the answers with about that predicted probability. On the diagonal, ' +
  'this share equals the predicted probability. The band is the 95% interval at each probability: it is wide where there ' +
  'are few answers, and a line may leave the diagonal inside it by chance alone. The hill at the bottom shows where the ' +
  'answers are.';

function eceOf({ metrics }: Pick<ReportData['test'], 'metrics'>): string {
  const { smoothEce, ece } = metrics;
  return smoothEce === undefined
    ? `Calibration error (ECE): ${metricWords.ece.show(ece.value)}.`
    : `Calibration error, smooth: ${furtherWords.smoothEce.show(smoothEce.value)}; in bins (ECE): ` +
        `${metricWords.ece.show(ece.value)}.`;
}

function rivalDiagram({ role, name, standing }: Rival): Html {
  const { reliability: bins, reliabilityCurve: curve = null } = standing;
  return reliabilityDiagram(`${role}: ${name}`, { bins, curve, band: [], tone: 'before', ece: eceOf(standing) });
}
