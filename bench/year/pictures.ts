import * as Plot from '@observablehq/plot';
import { labelBelow } from '../../report/axes.js';
import { plot } from '../../report/plot.js';
import { style } from '../../report/style.js';
import { shortPercent } from '../../support/words/short-percent.js';
import { thousands } from '../../support/words/thousands.js';
import { spreadOf, sumOf } from './counted.js';
import type { Accepted, Replay } from './replay.js';
import { script, shifts } from './script.js';
import { delayOf, type Line, shiftNamed } from './table.js';

/** The pictures of docs/recalibrate.md by file name, drawn from the results. */
export function picturesOf(lines: readonly Line[]): Record<string, string> {
  const replays = lines.flatMap((line) => (line.of === 'replay' ? [line.replay] : []));
  return {
    'year-errors.svg': errors(replays),
    'year-calibration.svg': calibration(replays),
    'year-delay.svg': delay(lines),
  };
}

/** Weeks whose accepted answers are taken together. */
const TOGETHER = 4;

interface Point {
  week: number;
  median: number;
  low: number;
  high: number;
  tone: 'before' | 'vouch';
}

/** The share of errors among accepted answers over the year: median over replays, and the middle 80%. */
function errors(replays: readonly Replay[]): string {
  const curve = (of: (replay: Replay) => readonly Accepted[], tone: Point['tone']): Point[] =>
    Array.from({ length: script.weeks - TOGETHER + 1 }, (_, from) => {
      const shares = replays.flatMap((replay) => {
        const { accepted, wrong } = sumOf(of(replay).slice(from, from + TOGETHER));
        return accepted === 0 ? [] : [wrong / accepted];
      });
      return { week: from + TOGETHER, ...spreadOf(shares), tone };
    });
  const alone = curve(({ alone: weeks }) => weeks, 'before');
  const loop = curve(({ loop: weeks }) => weeks, 'vouch');
  const marks = [alone, loop].flatMap((points) => {
    const colour = `var(--${points[0].tone})`;
    return [
      Plot.areaY(points, { x: 'week', y1: 'low', y2: 'high', fill: colour, fillOpacity: 0.18 }),
      Plot.lineY(points, { x: 'week', y: 'median', stroke: colour, strokeWidth: 2.25 }),
    ];
  });
  const last = (points: readonly Point[], text: string, dy: number) =>
    Plot.text([points[points.length - 1]], {
      ...{ x: 'week', y: 'median', text: () => text, textAnchor: 'end', dy },
      ...{ fill: `var(--${points[0].tone})`, stroke: 'var(--paper)', strokeWidth: 4 },
    });
  const end = (points: readonly Point[]) => shortPercent(points[points.length - 1].median);
  return standing(
    plot(
      {
        width: 720,
        x: { domain: [TOGETHER, script.weeks], ticks: 12, label: 'week', ...labelBelow },
        y: {
          ...{ domain: [0, 0.3], ticks: 6, tickFormat: shortPercent, grid: true, labelArrow: 'none' },
          label: 'errors among accepted answers, over 4 weeks',
        },
        marks: [
          ...marks,
          Plot.ruleY([script.targetError], { stroke: 'var(--wrong)', strokeDasharray: '5 4' }),
          Plot.text([script.targetError], {
            ...{ x: TOGETHER, y: (alpha: number) => alpha, text: () => 'promise: at most 10% errors' },
            ...{ textAnchor: 'start', dx: 4, dy: -8, fill: 'var(--wrong)', stroke: 'var(--paper)', strokeWidth: 4 },
          }),
          Plot.ruleX(script.changes, { stroke: 'var(--muted)', strokeDasharray: '2 3' }),
          Plot.text(script.changes, {
            ...{
              x: (week: number) => week,
              y: 0.3,
              text: (_: number, k: number) => ['a second model', 'a new task'][k],
            },
            ...{ textAnchor: 'start', dx: 5, dy: 8, fill: 'var(--muted)' },
          }),
          last(alone, 'without the loop', -24),
          last(loop, 'with the loop', 34),
        ],
      },
      `Errors among accepted answers over a year, in ${replays.length} replays. At the end, the median is ${end(loop)} with the loop, and ${end(alone)} without.`,
    ).markup,
  );
}

/** Debiased calibration error after each change, one dot per replay. */
function calibration(replays: readonly Replay[]): string {
  const names = ['second model', 'new task'];
  const dots = replays.flatMap((replay) =>
    replay.calibration.flatMap(({ loop, alone }, k) => [
      { ece: loop.ece, row: `${names[k]}, with the loop`, tone: 'vouch' },
      { ece: alone.ece, row: `${names[k]}, without`, tone: 'before' },
    ]),
  );
  const rows = names.flatMap((name) => [`${name}, without`, `${name}, with the loop`]);
  const medians = rows.map((row) => ({
    row,
    ...spreadOf(dots.filter((dot) => dot.row === row).map(({ ece }) => ece)),
  }));
  const said = medians.map(({ row, median }) => `${row}: ${median.toFixed(3)}`).join('; ');
  return standing(
    plot(
      {
        ...{ width: 720, height: 250, marginLeft: 205 },
        x: {
          domain: [0, Math.max(...dots.map(({ ece }) => ece)) * 1.03],
          label: 'debiased ECE',
          grid: true,
          ...labelBelow,
        },
        y: { type: 'band', domain: rows, label: null, tickSize: 0 },
        marks: [
          Plot.ruleX([0.04], { stroke: 'var(--wrong)', strokeDasharray: '5 4' }),
          Plot.dot(dots, {
            ...{ x: 'ece', y: 'row', r: 3, fill: ({ tone }: { tone: string }) => `var(--${tone})`, fillOpacity: 0.35 },
          }),
          Plot.tickX(medians, { x: 'median', y: 'row', stroke: 'var(--ink)', strokeWidth: 2.5 }),
        ],
      },
      `Calibration error after each change, one dot per replay. Medians: ${said}.`,
    ).markup,
  );
}

/** Answers from the shift until the first alarm, by the size of the shift. */
function delay(lines: readonly Line[]): string {
  const dots = lines.flatMap((line) => {
    if (line.of !== 'shift') return [];
    const found = delayOf(line.year, ['drift', 'unseen', 'change', 'broken']);
    const { who, share } = shiftNamed(line.size);
    return [{ who, share, answers: found?.answers ?? Number.NaN }];
  });
  const most = (script.weeks - shifts.week) * script.perWeek;
  const sizes = [...new Set(dots.map(({ who, share }) => `${who}|${share}`))].map((key) => {
    const own = dots.filter(({ who, share }) => `${who}|${share}` === key);
    const late = own.map(({ answers }) => (Number.isNaN(answers) ? most : answers));
    return {
      ...own[0],
      median: spreadOf(late).median,
      seen: own.filter(({ answers }) => answers > 0).length / own.length,
    };
  });
  const colour = ({ who }: { who: string }) => (who === 'new task' ? 'var(--vouch)' : 'var(--before)');
  const said = sizes
    .map(({ who, share, seen }) => `${who}, ${shortPercent(share)}: ${shortPercent(seen)} seen`)
    .join('; ');
  return standing(
    plot(
      {
        ...{ width: 720, marginLeft: 120 },
        x: {
          type: 'log',
          domain: [0.045, 1.1],
          ticks: [0.05, 0.1, 0.2, 0.4, 1],
          tickFormat: shortPercent,
          label: 'share of the questions that changed',
          ...labelBelow,
        },
        y: {
          type: 'log',
          domain: [200, most * 1.15],
          ticks: [250, 1000, 2500, most],
          tickFormat: (answers: number) => (answers === most ? 'not in the year' : thousands(answers)),
          label: 'answers until the first alarm',
          labelArrow: 'none',
          grid: true,
        },
        marks: (['second model', 'new task'] as const).flatMap((who) => {
          const line = sizes.filter((size) => size.who === who).sort((a, b) => a.share - b.share);
          return [
            Plot.lineY(line, { x: 'share', y: 'median', stroke: colour({ who }), strokeWidth: 2.25 }),
            Plot.dot(line, { x: 'share', y: 'median', r: 5, fill: colour({ who }), stroke: 'var(--paper)' }),
            Plot.text(line.slice(0, 1), {
              ...{ x: 'share', y: 'median', text: 'who', textAnchor: 'start', dx: 8, dy: -12 },
              ...{ fill: colour({ who }), stroke: 'var(--paper)', strokeWidth: 4 },
            }),
          ];
        }),
      },
      `Answers until the first alarm, by the size of the shift. ${said}.`,
    ).markup,
  );
}

/** A chart as a file of its own: with the colours and fonts that a report has in its page. */
function standing(chart: string): string {
  const colours = style.slice(0, style.indexOf('* { box-sizing'));
  const rules = style.split('\n').filter((line) => line.startsWith('.chart'));
  const own = `${colours}\nsvg { background: var(--paper); font: 13px var(--sans); }\n${rules.join('\n')}`;
  return chart
    .replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')
    .replace('>', `><style>${own}</style>`)
    .concat('\n');
}
