import { plural } from '../../support/words/plural.js';
import { equationSentence } from '../equations.js';
import { leakBanner } from '../leak-banner.js';
import { type Html, html } from '../markup.js';
import { interval } from '../numbers.js';
import { mainThreshold, promised } from '../promise.js';
import type { ReportData } from '../results.js';
import { rivalOf } from '../rival.js';
import { tooFew } from '../too-few.js';
import { betterSide, metricWords, subject } from '../words.js';
import { textsNote } from './mistakes.js';
import { thresholdTable } from './thresholds.js';

/** The top of the page: what can be promised, and the four most important measures, before and after. */
export function headline(data: ReportData): Html {
  const main = mainThreshold(data);
  const words = main === null ? null : promised(data, main);
  const warnings = data.data.warnings.length;
  return html`<header id="top">
<p class="eyebrow">vouch report · ${subject(data)} ·
<time datetime="${data.created}">${data.created.slice(0, 10)}</time></p>
<h1>${words === null ? 'No threshold was certified, so nothing is promised about errors.' : words.headline}</h1>
${leakBanner(data)}
${[tooFew(data), ...(words?.details ?? []), equationSentence(data)].map((line) => line !== null && html`<p class="lead">${line}</p>`)}
${textsNote(data.mistakes) !== null && html`<p class="lead"><strong>${textsNote(data.mistakes)}</strong></p>`}
${warnings > 0 && readFirst(warnings === 1 ? 'warning' : plural(warnings, 'warning'))}
${tiles(data)}
${thresholdTable(data)}
</header>`;
}

function readFirst(warnings: string): Html {
  return html`<p class="lead"><a href="#data">Read the ${warnings} about the data</a> before you rely on this
report.</p>`;
}

function tiles(data: ReportData): Html {
  const rival = rivalOf(data);
  const shown = (['logLoss', 'ece', 'aurocWithin', 'accuracyAtCoverage'] as const).map((name) => {
    const { label, show } = metricWords[name];
    const now = data.test.metrics[name];
    const was = rival?.standing.metrics[name].value ?? null;
    const span = interval(now, show);
    return html`<div class="tile"><dt>${label} <small>${betterSide(name)} is better</small></dt>
<dd><b>${show(now.value)}</b>${span !== '' && html`<span>95%: ${span}</span>`}${
      rival !== null && was !== null && html`<span class="was">${rival.role.toLowerCase()}: ${show(was)}</span>`
    }</dd></div>`;
  });
  return html`<dl class="tiles">${shown}</dl>`;
}
