import { folded } from '../frame.js';
import { type Html, html } from '../markup.js';
import { interval } from '../numbers.js';
import type { MetricName, Paired, ReportData } from '../results.js';
import { type Scale, scaleOf, strip } from '../strip.js';
import { betterSide, leading, metricNames, metricWords, standingLabel } from '../words.js';

/** A paired difference whose interval lies wholly on one side of zero. */
export function standsClear({ metric, difference: { low, high } }: Paired): 'better' | 'worse' | null {
  if (low === null || high === null || (low <= 0 && high >= 0)) return null;
  return high < 0 === (betterSide(metric) === 'lower') ? 'better' : 'worse';
}

/** Forest plot: paired differences with 95% intervals around a zero line, a scale of its own for each metric. */
export function forest(data: ReportData): Html | null {
  if (data.paired.length === 0) return null;
  const present = metricNames.filter((name) => data.paired.some(({ metric }) => metric === name));
  const first = present.filter((name) => leading.includes(name));
  const open = first.length > 0 ? first : present;
  const rest = present.filter((name) => !open.includes(name));
  return html`${differences(open, data)}<p class="note">Dots are differences answer by answer with 95% intervals, drawn by question; the upright line is no difference. A ring: the interval holds zero. Judge by log-loss: a constant base rate looks calibrated for free, so calibration error alone says little.</p>${
    rest.length > 0 && folded('Differences on the other measures', differences(rest, data))
  }`;
}

function differences(metrics: MetricName[], data: ReportData): Html {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Paired differences"><table class="forest"><caption><span>Paired differences: vouch less the other</span></caption><thead><tr><th scope="col">Against</th><td class="picture"></td><th scope="col" class="number">Difference</th><th scope="col" class="number">95% interval</th></tr></thead>${metrics.map(
    (name) =>
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
  return html`<tbody><tr class="group"><th scope="rowgroup" colspan="4">${label} <small>${betterSide(name) === 'lower' ? '← left is better' : 'right is better →'}</small></th></tr>${pairs.map(
    (pair) =>
      html`<tr><th scope="row">${standingLabel(pair.against, data)}</th><td class="picture">${picture(pair, at)}</td><td class="number">${show(pair.difference.value)}</td><td class="number">${interval(pair.difference, show)}</td></tr>`,
  )}</tbody>`;
}

function picture(pair: Paired, at: Scale): Html {
  const { low, value, high } = pair.difference;
  const clear = standsClear(pair);
  const tone = clear === 'better' ? 'vouch' : clear === 'worse' ? 'wrong' : 'muted';
  return strip(at, [
    { kind: 'rule', at: 0, tone: 'ink' },
    { kind: 'span', from: low, to: high, tone },
    { kind: clear === null ? 'ring' : 'dot', at: value, tone },
  ]);
}
