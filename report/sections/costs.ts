import * as Plot from '@observablehq/plot';
import { maxOf } from '../../support/extremes.js';
import { labelBelow, shareAxis } from '../axes.js';
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

/** What decisions cost by the user's cost table, compared with simpler ways to decide; null without a cost table. */
export function costs(data: ReportData): Html | null {
  const report = data.costs;
  if (report === undefined) return null;
  return section('costs', 'What decisions cost', [
    html`<p>${rule(report)}</p>`,
    table(
      `Cost per answer on ${judgedOn(data)}. Differences: vouch minus the other, paired`,
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
    html`<p class="note">Intervals: bootstrap over questions. No promise covers ${percent(report.undecided)} of the
answers;
vouch abstains on these or escalates them, whichever is cheaper.</p>`,
    curve(data, report),
  ]);
}

/** The cost table and the cut points in words. */
function rule({ table: t, cuts }: CostReport): string {
  const back =
    t.escalatedWrong > 0 ? ` (${percent(t.escalatedWrong, 0)} of the wrong answers are still wrong after that)` : '';
  const escalating = t.escalate === undefined ? '' : `, escalating ${t.escalate}${back}`;
  const given =
    `An accepted wrong answer costs ${t.wrong}, abstaining ${t.abstain}${escalating}; ` +
    'an accepted right answer costs nothing.';
  const accept =
    `Accepting is cheapest from a probability of ${fixed(cuts.accept, 4)} up. Where the certified threshold is ` +
    'higher, ' +
    'vouch uses the certified threshold, so that the promise about errors holds for the accepted answers.';
  const below =
    cuts.escalate === null
      ? t.escalate === undefined
        ? 'Below that, vouch abstains.'
        : 'Escalating never costs less than abstaining, so below that vouch abstains.'
      : cuts.escalate === 0
        ? 'Escalating costs less than abstaining, so below that every answer is escalated.'
        : `Below that, answers are escalated down to a probability of ${fixed(cuts.escalate, 4)}. ` +
          'For answers with a lower probability, vouch abstains.';
  return `${given} ${accept} ${below}`;
}

function curve(data: ReportData, { curve: points, cuts }: CostReport): Html {
  const title = 'Cost by threshold';
  const certified = data.thresholds.flatMap(({ threshold }) => (threshold === null ? [] : [threshold]));
  const best = points.reduce((a, b) => (b.seen < a.seen ? b : a));
  const said =
    `The observed cost is lowest, ${asCost(best.seen)} per answer, if answers are accepted from ` +
    `${percent(best.threshold, 0)} up; by the probabilities, ${percent(cuts.accept)} is the best threshold.`;
  const chart = plot(
    {
      height: 300,
      x: { ...shareAxis, label: 'accept from this probability up', ...labelBelow },
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
  const caption = html`<span class="key vouch"></span>observed,
<span class="key" style="background:var(--before)"></span>expected from the probabilities.
Dotted: the best threshold by the probabilities; dashed: certified thresholds. ${said}`;
  return figure(title, chart, caption, 'beside');
}
