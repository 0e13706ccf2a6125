import * as Plot from '@observablehq/plot';
import { maxOf } from '../../support/extremes.js';
import { figure, section, table } from '../frame.js';
import { judgedOn } from '../judged-on.js';
import { type Html, html } from '../markup.js';
import { fixed, interval, type Maybe, percent, signed } from '../numbers.js';
import { plot } from '../plot.js';
import type { CostedPolicy, CostReport, ReportData } from '../results.js';

const names: Record<CostedPolicy['name'], string> = {
  vouch: 'As vouch decides',
  probability: 'By probability alone, no promise',
  accept: 'Accept every answer',
  abstain: 'Abstain always',
  escalate: 'Escalate every answer',
};

const asCost = (x: Maybe) => fixed(x, 3);

/** What decisions cost by the table given, beside simpler ways to decide; nothing without a cost table. */
export function costs(data: ReportData): Html | null {
  const report = data.costs;
  if (report === undefined) return null;
  return section('costs', 'What decisions cost', [
    html`<p>${rule(report)}</p>`,
    table(
      `Cost per answer on ${judgedOn(data)}; differences are vouch less the other, paired`,
      [
        { head: 'Decision', content: ({ name }) => names[name] },
        { head: 'Cost', kind: 'number', content: ({ cost }) => asCost(cost.value) },
        { head: '95% interval', kind: 'number', content: ({ cost }) => interval(cost, asCost) },
        { head: 'Difference', kind: 'number', content: ({ difference }) => difference && signed(difference.value, 3) },
        {
          head: '95% interval',
          kind: 'number',
          content: ({ difference }) => difference && interval(difference, (x) => signed(x, 3)),
        },
        { head: 'Accepted', kind: 'number', content: ({ accepted }) => percent(accepted) },
        { head: 'Escalated', kind: 'number', content: ({ escalated }) => percent(escalated) },
        { head: 'Abstained', kind: 'number', content: ({ abstained }) => percent(abstained) },
      ],
      report.policies,
    ),
    html`<p class="note">Intervals are drawn by question. ${percent(report.undecided)} of the answers are covered by no promise: they are abstained from or escalated, whichever is cheaper.</p>`,
    curve(data, report),
  ]);
}

/** The table and the cut points in words. */
function rule({ table: t, cuts }: CostReport): string {
  const back = t.escalatedWrong > 0 ? `, and ${percent(t.escalatedWrong, 0)} of the wrong ones come back wrong` : '';
  const given = `A wrong answer accepted costs ${t.wrong}, abstaining ${t.abstain}${t.escalate === undefined ? '' : `, escalating ${t.escalate}${back}`}; a right answer accepted costs nothing.`;
  const accept = `Accepting is cheapest from a probability of ${fixed(cuts.accept, 4)} up; where the certified threshold is higher, that one decides, so that the promise about errors holds for what is accepted.`;
  const below =
    cuts.escalate === null
      ? t.escalate === undefined
        ? 'Below it vouch abstains.'
        : 'Escalating never costs less than abstaining, so below it vouch abstains.'
      : cuts.escalate === 0
        ? 'Escalating costs less than abstaining, so below it every answer is escalated.'
        : `Below it answers are escalated down to ${fixed(cuts.escalate, 4)}, and under that vouch abstains.`;
  return `${given} ${accept} ${below}`;
}

function curve(data: ReportData, { curve: points, cuts }: CostReport): Html {
  const title = 'Cost against the probability accepted from';
  const certified = data.thresholds.flatMap(({ threshold }) => (threshold === null ? [] : [threshold]));
  const best = points.reduce((a, b) => (b.seen < a.seen ? b : a));
  const said = `Seen costs are least, ${asCost(best.seen)} per answer, when accepting from ${percent(best.threshold, 0)} up; the probabilities put the best cut at ${percent(cuts.accept)}.`;
  const chart = plot(
    {
      height: 300,
      x: {
        domain: [0, 1],
        ticks: 5,
        tickFormat: (x: number) => `${Math.round(100 * x)}%`,
        label: 'accept from this probability up',
        labelAnchor: 'center',
        labelArrow: 'none',
      },
      y: {
        domain: [0, maxOf(points.flatMap(({ seen, expected }) => [seen, expected]))],
        nice: true,
        ticks: 5,
        label: 'cost per answer',
        labelArrow: 'none',
        grid: true,
      },
      marks: [
        Plot.ruleX([cuts.accept], { stroke: 'var(--muted)', strokeDasharray: '2 3' }),
        Plot.ruleX(certified, { stroke: 'var(--ink)', strokeDasharray: '5 4' }),
        Plot.lineY(points, { x: 'threshold', y: 'expected', stroke: 'var(--before)', strokeDasharray: '4 3' }),
        Plot.lineY(points, { x: 'threshold', y: 'seen', stroke: 'var(--vouch)', strokeWidth: 2.25 }),
      ],
    },
    `${title}. ${said}`,
  );
  const caption = html`<span class="key vouch"></span>seen, <span class="key" style="background:var(--before)"></span>expected by the probabilities. Dotted: the cut by probability alone; dashed: certified thresholds. ${said}`;
  return figure(title, chart, caption, 'beside');
}
