import type { Estimate } from '../../metrics/interval/interval.js';
import { figure, pageOf, pair, section, table } from '../../report/frame.js';
import { type Html, html } from '../../report/markup.js';
import { chosenPercent, count, interval, money, NONE, percent } from '../../report/numbers.js';
import { scale, strip } from '../../report/strip.js';
import type { Cut } from '../../scorer/policy/policy.js';
import { plural } from '../../support/words/plural.js';
import { frontierChart, letterOf } from './frontier-chart.js';
import type { PolicyReport, StateLine, TestLine, Way } from './results.js';
import { valueChart } from './value-chart.js';
import { afterWords, cutWords, headline, leadWords, savedWords } from './words.js';

/** The report of a policy: one page that loads nothing else and has no script. The certificate comes first, in words. */
export function policyHtml(report: PolicyReport): string {
  const { created, versions, data } = report;
  const about = data.files.join(', ');
  const main = html`<header id="top">
<p class="eyebrow">vouch policy · ${about} · <time datetime="${created}">${created.slice(0, 10)}</time></p>
<h1>${headline(report)}</h1>
${leadWords(report).map((line) => html`<p class="lead">${line}</p>`)}
</header>
${costs(report)}
${states(report)}
${tests(report)}
${facts(report)}`;
  return pageOf({ title: `${about}: vouch policy`, vouch: versions.vouch }, main);
}

function shown(estimate: Estimate, show: (x: number | null) => string): Html {
  const range = interval(estimate, (x) => show(x ?? null));
  return html`${show(estimate.value)}${range === '' ? '' : html`<small> ${range}</small>`}`;
}

function costs(report: PolicyReport): Html {
  const { ways } = report;
  return section('costs', 'What it costs, and what else it could cost', [
    html`<p>Costs are per question, in the money of the price file: signals and first answers, questions without an answer
(${money(report.stop.money)} each), and wrong answers that were returned (${money(report.wrong)} each). All ways are
judged on the certify questions, with 95% intervals by question. ${savedWords(report)}</p>`,
    figure(
      'Errors by cost',
      frontierChart(report),
      html`The line joins the candidates that no other one beats, on the fit questions. The dots are the ways of the table.`,
      'beside',
    ),
    table<Way>(
      'This policy and other ways of buying',
      [
        {
          head: 'Way',
          content: (way) =>
            html`${letterOf(ways.indexOf(way))}. ${way.name}<small> ${way.order.join(' → ') || 'first answer only'}</small>`,
        },
        { head: 'Certified', content: ({ certified }) => (certified ? html`<mark class="good">yes</mark>` : 'no') },
        { head: 'Signals', kind: 'number', content: ({ signals }) => money(signals.value) },
        { head: 'All costs', kind: 'number', content: ({ total }) => shown(total, money) },
        {
          head: 'Saved by the policy',
          kind: 'number',
          content: ({ saved }) => (saved === null ? NONE : shown(saved, money)),
        },
        { head: 'Accepted', kind: 'number', content: ({ coverage }) => percent(coverage.value) },
        { head: 'Wrong among accepted', kind: 'number', content: ({ error }) => shown(error, percent) },
      ],
      ways,
      (way) => (way === ways[0] ? 'own' : ''),
    ),
    html`<p class="note">Certified ways were chosen on the fit questions and tested on the certify questions just like the
policy, each at the same error and confidence. A comparison with several of them has no joint guarantee.</p>`,
    table<PolicyReport['stages'][number]>(
      'Stages',
      [
        {
          head: 'Stage',
          content: ({ name, model, fields, k }) =>
            html`${name}<small> ${model ?? fields.join(', ')}${k === null ? '' : `, k = ${k}`}</small>`,
        },
        { head: 'Price', kind: 'number', content: (stage) => money(stage.money) },
        { head: 'Tokens', kind: 'number', content: ({ price }) => count(price.tokens) },
        { head: 'Milliseconds', kind: 'number', content: ({ price }) => count(price.milliseconds) },
        { head: 'Bought', kind: 'number', content: ({ bought }) => percent(bought) },
        {
          head: '',
          kind: 'picture',
          content: ({ bought }) =>
            strip(scale(0, 1), [
              { kind: 'bar', from: 0, to: 1, tone: 'faint' },
              { kind: 'bar', from: 0, to: bought, tone: 'vouch' },
            ]),
        },
      ],
      report.stages,
    ),
  ]);
}

const TONES = { stop: 'muted', buy: 'faint', accept: 'vouch' } as const;

/** The actions along the probability, from 0 to 1. */
function cutsStrip(cuts: readonly Cut[]): Html {
  return strip(
    scale(0, 1),
    cuts.map((cut, i) => ({ kind: 'bar' as const, from: cut.from, to: cuts[i + 1]?.from ?? 1, tone: TONES[cut.do] })),
  );
}

function states(report: PolicyReport): Html {
  const priceOf = (name: string | null) => report.stages.find((stage) => stage.name === name)?.money ?? 0;
  const charts = report.states.flatMap((state) => {
    const chart = valueChart(state, priceOf(state.next));
    const caption = `The dashed line is the price of ${state.next ?? ''}. The band is two standard errors wide on either side.`;
    return chart === null ? [] : [figure(`${afterWords(state)}: is ${state.next} worth its price?`, chart, caption)];
  });
  return section('states', 'What it does at each state', [
    html`<p>At each state the policy knows a probability that the answer it would return is right. Cut-offs on this
probability are frozen. <span class="key vouch"></span>accept, <span class="key" style="background:var(--faint)"></span>buy
the next stage, <span class="key" style="background:var(--muted)"></span>stop. Uncertain are questions within 2 percentage
points of a cut-off: there, the two actions are worth about the same.</p>`,
    table<StateLine>(
      'States of the policy, on the certify questions',
      [
        { head: 'After', content: (state) => afterWords(state) },
        { head: 'Reached', kind: 'number', content: ({ reached }) => percent(reached) },
        { head: 'Accepts', kind: 'number', content: ({ accept }) => percent(accept) },
        { head: 'Buys', kind: 'number', content: ({ buy, next }) => (next === null ? NONE : percent(buy)) },
        { head: 'Stops', kind: 'number', content: ({ stop }) => percent(stop) },
        { head: 'Uncertain', kind: 'number', content: ({ uncertain }) => percent(uncertain) },
        { head: 'AUROC', kind: 'number', content: ({ auroc }) => (auroc === null ? NONE : auroc.toFixed(3)) },
        {
          head: 'Cut-offs',
          kind: 'picture',
          content: ({ cuts }) => html`${cutsStrip(cuts)}<small>${cutWords(cuts)}</small>`,
        },
      ],
      report.states,
    ),
    charts.length > 0 && pair(charts),
  ]);
}

function tests(report: PolicyReport): Html {
  const mark = ({ passed }: TestLine) =>
    passed === null
      ? 'not tested'
      : passed
        ? html`<mark class="good">passed</mark>`
        : html`<mark class="bad">failed</mark>`;
  return section('tests', 'The tests', [
    html`<p>These policies were fixed on the fit questions, from cautious to bold. The certify questions tested them in this
order until one failed; the last that passed is the one above. So the chance that it has more than
${chosenPercent(report.targetError)} errors is at most ${chosenPercent(1 - report.confidence)}.</p>`,
    report.tests.length === 0
      ? html`<p class="empty">No candidate had a chance to pass.</p>`
      : table<TestLine>(
          'The sequence of policies',
          [
            {
              head: 'Policy',
              content: ({ order, family }) =>
                html`${order.join(' → ') || 'first answer only'}<small> by ${family}</small>`,
            },
            { head: 'Cost (fit)', kind: 'number', content: ({ fitCost }) => money(fitCost) },
            { head: 'Wrong (fit)', kind: 'number', content: ({ fitError }) => percent(fitError) },
            { head: 'Predicted chance to pass', kind: 'number', content: ({ power }) => percent(power, 0) },
            { head: 'Accepted', kind: 'number', content: ({ coverage }) => percent(coverage) },
            { head: 'Wrong', kind: 'number', content: ({ error }) => percent(error) },
            { head: 'Test', content: mark },
          ],
          report.tests,
        ),
  ]);
}

function facts(report: PolicyReport): Html {
  const { data, searched, versions, created, seed } = report;
  const missing = Object.entries(data.leftOut.missing).map(([name, n]) => `${plural(n, 'question')} without ${name}`);
  const pairs: [string, string][] = [
    ['Answers, first answers with every stage', `${count(data.answers)}, ${count(data.cases)}`],
    ['Fit questions, certify questions', `${count(data.fit.questions)}, ${count(data.certify.questions)}`],
    ['Left out', [...missing, `${plural(data.leftOut.unlabelled, 'question')} without a label`].join('; ')],
    ['Weighted by the chance of buying', data.weighted ? 'yes' : 'no'],
    [
      'Searched',
      `${plural(searched.candidates, 'policy', 'policies')} over ${plural(searched.orders, 'order')} of stages`,
    ],
    ['Seed', String(seed)],
    ['Made', `${created.slice(0, 16).replace('T', ' ')} UTC`],
    ['vouch', versions.vouch],
  ];
  return section('run', 'How this was made', [
    data.warnings.length > 0 && html`<ul class="warnings">${data.warnings.map((line) => html`<li>${line}</li>`)}</ul>`,
    html`<dl class="facts">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
  ]);
}
