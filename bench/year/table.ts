import { monitorDefaults } from '../../monitor/rules.js';
import { ALERT_KINDS, type AlertKind } from '../../monitor/state.js';
import { plural } from '../../support/words/plural.js';
import { shortPercent } from '../../support/words/short-percent.js';
import { thousands } from '../../support/words/thousands.js';
import type { ByLabels } from './by-labels.js';
import { afterChanges, beforeChange, isBroken, isClearlyBroken, recertified, spreadOf, sumOf } from './counted.js';
import type { Replay } from './replay.js';
import { script, shifts } from './script.js';
import type { WatchedYear } from './watched-year.js';

/** One finished piece of work, as the cache keeps it. */
export type Line = { key: string; first: number; k: number } & (
  | { of: 'replay'; replay: Replay }
  | { of: 'quiet'; isCertified: boolean; year: WatchedYear }
  | { of: 'shift'; size: number; year: WatchedYear }
  | { of: 'labels'; phase: number; wanted: number; found: ByLabels }
);

const PHASES = ['second model', 'new task'];

/** All tables as Markdown. */
export function tablesOf(lines: readonly Line[]): string[] {
  const replays = lines.flatMap((line) => (line.of === 'replay' ? [line.replay] : []));
  const calm = lines.flatMap((line) => (line.of === 'quiet' ? [line] : []));
  const curve = lines.flatMap((line) => (line.of === 'labels' ? [line] : []));
  const years = (size: number) =>
    lines.flatMap((line) => (line.of === 'shift' && line.size === size ? [line.year] : []));
  return [
    ...(replays.length === 0 ? [] : [...promises(replays), '', ...calibration(replays), '', ...repairs(replays)]),
    ...(curve.length === 0 ? [] : ['', ...moreLabels(curve)]),
    ...(calm.length === 0 ? [] : ['', ...falseAlarms(calm)]),
    ...(years(0).length === 0 ? [] : ['', ...delays(years)]),
  ];
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, k) => (k === 0 ? '---' : '---:'))), ...rows.map(line)];
}

function promises(replays: readonly Replay[]): string[] {
  const count = (is: (replay: Replay) => boolean) => `${replays.filter(is).length} of ${replays.length}`;
  const each = replays.flatMap((replay) =>
    recertified(replay).map((version) => ({ ...version, before: beforeChange(replay, version) })),
  );
  const of = (is: (version: (typeof each)[number]) => boolean) => `${each.filter(is).length} of ${each.length}`;
  const coverage = (part: 'loop' | 'alone') => {
    const shares = replays.map(
      (replay) => afterChanges(replay[part]).accepted / ((script.weeks - script.changes[0]) * script.perWeek),
    );
    return shortPercent(spreadOf(shares).median);
  };
  const error = (part: 'loop' | 'alone') => {
    const { median, low, high } = spreadOf(
      replays.map((replay) => afterChanges(replay[part])).map(({ accepted, wrong }) => wrong / accepted),
    );
    return `${shortPercent(median)} (${shortPercent(low)} to ${shortPercent(high)})`;
  };
  return table(
    ['promise: at most 10% errors', 'with the loop', 'without'],
    [
      [
        'recertifications whose promise broke, over the whole period that they served',
        of((v) => isBroken(v.whole)),
        '–',
      ],
      ['… by more than chance (one-sided 95%)', of((v) => isClearlyBroken(v.whole)), '–'],
      ['… before something changed again', of(({ before }) => isBroken(before)), '–'],
      [
        'years with a recertification whose promise broke',
        count((r) => recertified(r).some((v) => isBroken(v.whole))),
        '–',
      ],
      [
        'years whose accepted answers from month 5 on had more errors',
        count((r) => isBroken(afterChanges(r.loop))),
        count((r) => isBroken(afterChanges(r.alone))),
      ],
      [
        'years whose accepted answers had more errors, over the whole year',
        count((r) => isBroken(sumOf(r.loop))),
        count((r) => isBroken(sumOf(r.alone))),
      ],
      ['errors among accepted from month 5 on, median (10% to 90%)', error('loop'), error('alone')],
      ['coverage from month 5 on, median', coverage('loop'), coverage('alone')],
    ],
  );
}

function calibration(replays: readonly Replay[]): string[] {
  const rows = script.changes.map((week, k) => {
    const measured = replays.flatMap(({ calibration: all }) => all[k] ?? []);
    const eces = (part: 'loop' | 'alone') => measured.map((each) => each[part].ece);
    const text = (values: number[]) => {
      const { median, low, high } = spreadOf(values);
      return `${median.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
    };
    const below = eces('loop').filter((ece) => ece < 0.04).length;
    const answers = Math.min(...measured.map(({ loop }) => loop.answers));
    const shipped = replays.filter(({ shipped: all }) =>
      all.some(({ from }) => from > week && from <= week + 6),
    ).length;
    return [
      PHASES[k],
      text(eces('loop')),
      text(eces('alone')),
      `${below} of ${measured.length}`,
      shipped,
      thousands(answers),
    ];
  });
  return table(
    [
      `${script.within} labels after the change`,
      'debiased ECE with the loop, median (10% to 90%)',
      'of the first version',
      'below .04',
      'years with a new version within 6 weeks',
      'held-out answers, at least',
    ],
    rows,
  );
}

function moreLabels(all: readonly { phase: number; wanted: number; found: ByLabels }[]): string[] {
  const wanted = [...new Set(all.map((each) => each.wanted))].sort((a, b) => a - b);
  const rows = wanted.flatMap((labels) =>
    script.changes.flatMap((_, phase) => {
      const own = all.filter((each) => each.wanted === labels && each.phase === phase).map(({ found }) => found);
      if (own.length === 0) return [];
      const text = (values: number[]) => spreadOf(values).median.toFixed(3);
      const chosen = ['none', 'threshold', 'calibrator', 'adapt']
        .map((name) => [name, own.filter((each) => each.chosen === name).length] as const)
        .flatMap(([name, n]) => (n === 0 ? [] : `${name} ${n}`));
      const before = text(own.map(({ alone }) => alone));
      return [[`${labels}, ${PHASES[phase]}`, text(own.map(({ ece }) => ece)), before, chosen.join(', ')]];
    }),
  );
  return table(['labels of one recalibration, after', 'debiased ECE, median', 'before', 'chosen'], rows);
}

function repairs(replays: readonly Replay[]): string[] {
  const attempts = replays.flatMap(({ attempts: all }) => all);
  const names = ['none', 'threshold', 'calibrator', 'adapt', 'whole'];
  const rows = names.flatMap((name) => {
    const own = attempts.filter(({ chosen }) => chosen === name);
    const shipped = own.filter(({ ships }) => ships);
    const certified = shipped.filter(({ isCertified }) => isCertified).length;
    return own.length === 0 ? [] : [[name, own.length, shipped.length, certified, shipped.length - certified]];
  });
  return table(['change chosen', 'recalibrations', 'shipped', 'certified', 'nothing certified'], rows);
}

function falseAlarms(lines: readonly { isCertified: boolean; year: WatchedYear }[]): string[] {
  const runs = lines.length * script.weeks;
  const labels = lines.reduce((sum, { year }) => sum + year.labels, 0);
  const kept = lines.filter(({ year: { error } }) => error !== null && error <= script.targetError);
  const began = (kind: AlertKind, all = lines) =>
    all.reduce((sum, { year }) => sum + year.alarms.filter((alarm) => alarm.kind === kind).length, 0);
  const perRun = (level: number) => `${(level * runs).toFixed(1)} (${level} per run)`;
  const stated: Record<AlertKind, [string | number, string]> = {
    broken: [
      `${kept.filter(({ year }) => year.alarms.some(({ kind }) => kind === 'broken')).length} of ${plural(kept.length, 'year')} that kept it`,
      `${((1 - script.confidence) * kept.length).toFixed(1)} (δ per year)`,
    ],
    change: [
      began('change'),
      `${(labels / monitorDefaults.runLength).toFixed(1)} (1 per ${thousands(monitorDefaults.runLength)} labels)`,
    ],
    slice: [began('slice'), '–'],
    drift: [began('drift'), perRun(monitorDefaults.driftLevel)],
    unseen: [began('unseen'), perRun(0.001)],
    feedback: [began('feedback'), perRun(monitorDefaults.driftLevel)],
  };
  return table(
    [`false alarms in ${plural(lines.length, 'quiet year')} (${thousands(labels)} labels)`, 'began', 'stated, at most'],
    ALERT_KINDS.filter((kind) => kind !== 'slice').map((kind) => [kind, ...stated[kind]]),
  );
}

/** Alarms whose delay is told: without labels, and by labels. */
const TOLD: readonly (readonly [name: string, kinds: readonly AlertKind[]])[] = [
  ['drift or unseen', ['drift', 'unseen']],
  ['change', ['change']],
  ['broken', ['broken']],
  ['any', ['drift', 'unseen', 'change', 'broken']],
];

/** Answers, and labels that had arrived, from the shift until the first alarm of these kinds; null: not in the year. */
export function delayOf(
  { alarms }: WatchedYear,
  kinds: readonly AlertKind[],
): { answers: number; labels: number } | null {
  const found = alarms.find(({ week, kind }) => week >= shifts.week && kinds.includes(kind));
  return found === undefined
    ? null
    : { answers: (found.week - shifts.week + 1) * script.perWeek, labels: found.labels };
}

/** The name of a shift, and its size: the share of the questions that go to the other source. */
export function shiftNamed(size: number): { who: 'second model' | 'new task'; share: number } {
  const { second, task } = shifts.mixes[size];
  return second > 0 ? { who: 'second model', share: second } : { who: 'new task', share: task };
}

function delays(years: (size: number) => readonly WatchedYear[]): string[] {
  const rows = shifts.mixes.map((_, size) => {
    const own = years(size);
    const { who, share } = shiftNamed(size);
    const errors = own.flatMap(({ error }) => error ?? []);
    const cells = TOLD.map(([, kinds]) => {
      const found = own.map((year) => delayOf(year, kinds));
      const late = { answers: Infinity, labels: Infinity };
      const sorted = found.map((delay) => delay ?? late).sort((a, b) => a.answers - b.answers);
      const middle = sorted[Math.floor((sorted.length - 1) / 2)];
      const seen = found.filter((delay) => delay !== null).length;
      const text = Number.isFinite(middle.answers)
        ? `${thousands(middle.answers)} answers, ${thousands(middle.labels)} labels`
        : 'not in the year';
      return `${text} (${seen} of ${own.length})`;
    });
    return [`${who}, ${shortPercent(share)} of the questions`, shortPercent(spreadOf(errors).median), ...cells];
  });
  return table(['shift in week 13', 'errors among accepted after it', ...TOLD.map(([name]) => `until ${name}`)], rows);
}
