/**
 * False alarms of the monitor over quiet years, and its delay until a shift. `npx tsx bench/monitor.ts [YEARS]
 * [quiet|shifts|drift]`.
 *
 * A year has 52 weekly runs of 300 questions with an accepted answer each; the queue draws 50 labels a week. In quiet
 * years the share of errors is exactly α, the worst case, or swings between 0 and 2α by month. Probabilities are wrong on
 * purpose (they say nothing about errors), and one label in ten may never arrive. Shifts begin in week 13.
 */

import { numberShares } from '../models/bundle/shares.js';
import { driftOf } from '../monitor/drift/drift.js';
import { type Books, type Claims, labelled, registered } from '../monitor/ledgers.js';
import type { Terms } from '../monitor/promise/claim-state.js';
import { startLedger } from '../monitor/promise/ledger.js';
import { badSlices } from '../monitor/promise/slices.js';
import { stakesFor } from '../monitor/promise/stakes.js';
import { standingOf } from '../monitor/promise/standing.js';
import { drawLabels } from '../monitor/queue/draw.js';
import { type Random, random } from '../support/random.js';

const years = Number(process.argv[2] ?? 200);
const part = process.argv[3];
const WEEKS = 52;
const [QUESTIONS, LABELS] = [300, 50];
const [alpha, delta, floor, runLength] = [0.05, 0.05, 0.1, 5000];
const terms: Terms = { alpha, delta, runLength, stakes: stakesFor(alpha, floor) };
const claims: Claims = new Map([['c', terms]]);

interface Year {
  broken: number | null;
  changed: number | null;
  changes: number;
  labels: number;
  holds: boolean;
  /** Labels until broken, and until the first alarm of a change, counted from the shift. */
  delay: { broken: number | null; changed: number | null };
  slices: number;
}

/** One year; `rateAt` is the share of errors in a week, `shift` the week from which delays count. */
function year(draw: Random, rateAt: (week: number) => number, shift = 0, lost = 0.1): Year {
  let books: Books = { ledgers: new Map([['c', startLedger(terms)]]), slices: new Map() };
  const out: Year = {
    ...{ broken: null, changed: null, changes: 0, labels: 0, holds: false, slices: 0 },
    delay: { broken: null, changed: null },
  };
  let before = 0;
  for (let week = 0; week < WEEKS; week++) {
    const questions = Array.from({ length: QUESTIONS }, (_, i) => [
      {
        ...{ id: `${week}/${i}`, question: `${week}/${i}`, time: null, model: `m${i % 10}`, task: null, claim: 'c' },
        ...{ probability: 0.7 + 0.3 * draw.next(), numbers: new Float32Array(0), categories: [], label: null },
      },
    ]);
    const drawn = drawLabels(questions, { labels: LABELS, floor, alphaOf: () => alpha, due: week + 4, random: draw });
    books = registered(books, drawn);
    const given = new Map(
      drawn.rows
        .filter(() => draw.next() >= lost)
        .map(({ id }): [string, number] => [id, draw.next() < rateAt(week) ? 0 : 1]),
    );
    books = labelled(books, { claims, labels: given, now: week });
    const ledger = books.ledgers.get('c')!;
    const found = standingOf({ claim: 'c', ledger, terms, claims: 1 }, { error: null, chance: 0.25 });
    if (week === shift - 1) before = found.labels;
    if (found.state === 'holds') out.holds = true;
    if (found.logBroken >= Math.log(1 / delta) && out.broken === null) {
      out.broken = week;
      out.delay.broken = found.labels - before;
    }
    if (found.change.alarms > out.changes && week >= shift && out.changed === null) {
      out.changed = week;
      out.delay.changed = found.labels - before;
    }
    out.changes = Math.max(out.changes, found.change.alarms);
    out.labels = found.labels;
    out.slices = Math.max(out.slices, badSlices(books.slices, 0.05).length);
  }
  return out;
}

function quiet(): void {
  const swinging = (week: number) => (Math.floor(week / 4) % 2 === 0 ? 0 : 2 * alpha);
  for (const [name, rateAt, losses] of [
    ['α all the time', () => alpha, [0, 0.1]],
    ['0 and 2α in turn, α on average', swinging, [0]],
    ['0.6 α', () => 0.6 * alpha, [0]],
  ] as const) {
    for (const lost of losses) {
      const all = Array.from({ length: years }, (_, k) => year(random(`${name} ${lost} ${k}`), rateAt, 0, lost));
      const labels = all.reduce((sum, each) => sum + each.labels, 0);
      const changes = all.reduce((sum, each) => sum + each.changes, 0);
      const share = (is: (each: Year) => boolean) => (all.filter(is).length / years).toFixed(3);
      console.log(
        `${name}, ${100 * lost}% of labels lost | ${share(({ broken }) => broken !== null)} | ` +
          `${changes} in ${labels} | ${share(({ slices }) => slices > 0)} | ${share(({ holds }) => holds)}`,
      );
    }
  }
}

function shifts(): void {
  const median = (values: (number | null)[]) => {
    const sorted = values.map((value) => value ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
    const middle = sorted[Math.floor(sorted.length / 2)];
    return Number.isFinite(middle) ? String(middle) : 'more than the year';
  };
  for (const rate of [0.075, 0.1, 0.15, 0.3]) {
    const rateAt = (week: number) => (week < 13 ? 0.6 * alpha : rate);
    const all = Array.from({ length: Math.min(years, 50) }, (_, k) =>
      year(random(`shift ${rate} ${k}`), rateAt, 13, 0),
    );
    const [broken, changed] = [all.map(({ delay }) => delay.broken), all.map(({ delay }) => delay.changed)];
    const missed = (values: (number | null)[]) => values.filter((value) => value === null).length;
    console.log(
      `${100 * rate}% | ${median(changed)} (${missed(changed)} of ${all.length} not in the year) | ` +
        `${median(broken)} (${missed(broken)} not in the year)`,
    );
  }
}

function drift(): void {
  const [signals, questions] = [20, QUESTIONS];
  let runs = 0;
  let alarms = 0;
  let plain = 0;
  const total = Math.min(years, 40);
  for (let k = 0; k < total; k++) {
    const draw = random(`drift ${k}`);
    const sample = (n: number) => Float32Array.from({ length: n }, () => draw.normal());
    const even = (n: number) => new Float64Array(n).fill(1);
    const reference = {
      ...{ version: 1 as const, questions: 1000, scored: 300, categories: [] },
      signals: Array.from({ length: signals }, (_, s) => numberShares(`s${s}`, sample(1000), even(1000))),
      probability: numberShares('probability', sample(300), even(300)),
    };
    for (let week = 0; week < WEEKS; week++) {
      const numbers = new Map(reference.signals.map(({ name }) => [name, sample(questions)]));
      const now = {
        weight: even(questions),
        questions,
        numbers,
        probability: sample(questions),
        categories: new Map(),
      };
      const isAlarm = (least: number, level: number) =>
        driftOf(reference, now, { level, least }).some(({ alarm }) => alarm);
      runs++;
      if (isAlarm(0, 0.001)) alarms++;
      if (isAlarm(0, 0.05)) plain++;
    }
  }
  console.log(`drift: at level .001 ${alarms} false alarms in ${runs} runs; at level .05 ${plain} in ${runs}`);
}

console.log(`years: ${years}; α ${alpha}, δ ${delta}, smallest chance ${floor}, run length ${runLength}`);
if (part === undefined || part === 'quiet') {
  console.log('errors | years called broken | changes in labels | years with a slice named | years with "holds"');
  quiet();
}
if (part === undefined || part === 'shifts') {
  console.log('errors after the shift | labels until "recently risen", median | labels until "broken", median');
  shifts();
}
if (part === undefined || part === 'drift') drift();
