import { folded } from '../frame.js';
import { type Html, html } from '../markup.js';
import { interval } from '../numbers.js';
import type { MetricName, Paired, ReportData } from '../results.js';
import { type Scale, scaleOf, strip } from '../strip.js';
import { betterSide, leading, metricNames, metricWords, standingLabel } from '../words.js';

/** On which side of zero the 95% interval of a paired difference is; null if it contains zero or there is none. */
export function beyondChance({ metric, difference: { low, high } }: Paired): 'better' | 'worse' | null {
  if (low === null || high === null || (low <= 0 && high >= 0)) return null;
  return high < 0 === (betterSide(metric) === 'lower') ? 'better' : 'worse';
}

/** Forest plot: paired differences with 95% intervals around a zero line. Each metric has its own scale. */
export function forest(data: ReportData): Html | null {
  if (data.paired.length === 0) return null;
  const present = metricNames.filter((name) => data.paired.some(({ metric }) => metric === name));
  const first = present.filter((name) => leading.includes(name));
  const open = first.length > 0 ? first : present;
  const rest = present.filter((name) => !open.includes(name));
  return html`${differences(open, data)}<p class="note">Each dot is a paired difference with its 95% interval
(bootstrap over questions). The vertical line marks no difference. A ring instead of a dot means that the interval
contains
zero, so the difference may be chance. Judge by log-loss: a predictor that always gives the base rate is well
calibrated but
knows nothing about the answers, so calibration error alone says little.</p>${
    rest.length > 0 && folded('Differences on the other measures', differences(rest, data))
  }`;
}

function differences(metrics: MetricName[], data: ReportData): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Paired differences">
<table class="forest"><caption><span>Paired differences: vouch minus the other</span></caption>
<thead><tr><th scope="col">Compared with</th><td class="picture"></td>
<th scope="col" class="number">Difference</th><th scope="col" class="number">95%
interval</th></tr></thead>${metrics.map((name) =>
    body(
      name,
      data.paired.filter(({ metric }) => metric === name),
      data,
    ),
  )}</table></div>`;
}

function body(name: MetricName, pairs: Paired[], data: ReportData): Html {
  const at = scaleOf([0, ...pairs.flatMap(({ difference }) => [difference.low, difference.value, difference.high])]);
  const { label, difference: show } = metricWords[name];
  const side = betterSide(name) === 'lower' ? '← left is better' : 'right is better →';
  const head = html`<th scope="rowgroup" colspan="4">${label} <small>${side}</small></th>`;
  return html`<tbody><tr class="group">${head}</tr>${pairs.map(
    (pair) =>
      html`<tr><th scope="row">${standingLabel(pair.against, data)}</th><td class="picture">${picture(pair, at)}</td>
<td class="number">${show(pair.difference.value)}</td>
<td class="number">${interval(pair.difference, show)}</td></tr>`,
  )}</tbody>`;
}

function picture(pair: Paired, at: Scale): Html {
  const { low, value, high } = pair.difference;
  const clear = beyondChance(pair);
  const tone = clear === 'better' ? 'vouch' : clear === 'worse' ? 'wrong' : 'muted';
  return strip(at, [
    { kind: 'rule', at: 0, tone: 'ink' },
    { kind: 'span', from: low, to: high, tone },
    { kind: clear === null ? 'ring' : 'dot', at: value, tone },
  ]);
}
