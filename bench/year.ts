/**
 * A simulated year of real answers, many times over: a second model answers from month 5, a new task comes in month 9.
 * Each week the monitor draws labels; an alarm collects them; `recalibrate` repairs and certifies, and ships only what is
 * not worse. `npx tsx bench/year.ts --data DIR [--replays 100] [--quiet 200] [--shifts 20] [--firsts 10] [--whole]
 * [--certify split] [--only replay|quiet|labels|shift] [--from 0] [--labels 260,520,1040] [--cache FILE] [--table]
 * [--pictures docs]`. DIR has `triviaqa-5-systems`. With --cache, what is finished is kept and a second call goes on;
 * --table only prints. --certify: which labels certify a recalibration. --from: the first replay (or year, or seed).
 *
 * Everything is done by the functions of the product in memory. First versions are shared: replay k has the one of seed
 * k mod `--firsts`. They are trained by logistic regression alone, which takes seconds. --whole also tries a predictor
 * that is trained anew in each recalibration.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type RecalibrateRules, recalibrateDefaults, recalibrateRules } from '../recalibrate/rules.js';
import { random } from '../support/random.js';
import { openBackend } from '../train/backend/ladder.js';
import type { TrainContext } from '../train/context.js';
import { inlinePool } from '../train/learn/pool/pool.js';
import { machine } from './venv.js';
import { byLabels } from './year/by-labels.js';
import { picturesOf } from './year/pictures.js';
import { replayed } from './year/replay.js';
import { mixAt, quietMix, script, shifts } from './year/script.js';
import { type Line, tablesOf } from './year/table.js';
import { firstVersion } from './year/version.js';
import { watchedYear } from './year/watched-year.js';
import { worldOf } from './year/world.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    replays: { type: 'string', default: '100' },
    quiet: { type: 'string', default: '200' },
    shifts: { type: 'string', default: '20' },
    firsts: { type: 'string', default: '10' },
    whole: { type: 'boolean', default: false },
    certify: { type: 'string', default: recalibrateDefaults.certify },
    from: { type: 'string', default: '0' },
    only: { type: 'string' },
    labels: { type: 'string', default: '260,520,1040' },
    cache: { type: 'string' },
    table: { type: 'boolean', default: false },
    pictures: { type: 'string' },
    seed: { type: 'string', default: 'simulated year' },
  },
});
const { data, cache, seed, whole: isWhole } = values;
const [replays, quiet, perShift, firsts] = [values.replays, values.quiet, values.shifts, values.firsts].map(Number);

const { certify } = recalibrateRules({ certify: values.certify as RecalibrateRules['certify'] });
/** Numbers of labels after which calibration is measured, without a loop around it. */
const LABELS = values.labels.split(',').filter(Boolean).map(Number);

const lines: Line[] =
  cache !== undefined && existsSync(cache)
    ? readFileSync(cache, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Line)
    : [];
const known = new Set(lines.map(({ key }) => key));
function keep(line: Line): void {
  if (cache !== undefined) appendFileSync(cache, `${JSON.stringify(line)}\n`);
  lines.push(line);
}

if (!values.table) {
  if (data === undefined) throw new Error('--data DIR: the folder of triviaqa-5-systems');
  const { tf, name, said } = await openBackend('wasm');
  const context: TrainContext = {
    pool: inlinePool(tf),
    backend: { name, said },
    ...{ files: [], read: 0, bad: 0, warnings: [], created: '2026-01-01T00:00:00Z', versions: { vouch: 'year' } },
  };
  const world = worldOf(data);
  const made = new Map<number, Awaited<ReturnType<typeof firstVersion>>>();
  const firstOf = async (f: number) => {
    const first = made.get(f) ?? (await firstVersion(world, { random: random(`${seed} first ${f}`), context }));
    made.set(f, first);
    return first;
  };
  const missing = (count: number, what: string) =>
    Array.from({ length: count }, (_, k) => ({ k, key: `${what} ${k}`, f: k % firsts })).filter(
      ({ key, k }) => !known.has(key) && k >= Number(values.from) && key.startsWith(values.only ?? ''),
    );
  for (const { k, key, f } of missing(replays, 'replay')) {
    const own = random(`${seed} ${key}`);
    const given = { first: await firstOf(f), random: own, context, isWhole, certify, weeks: script.weeks };
    keep({ key, first: f, of: 'replay', k, replay: await replayed(world, given) });
  }
  for (const { k, key, f } of missing(quiet, 'quiet')) {
    const given = { first: await firstOf(f), mixAt: () => quietMix, from: 0, random: random(`${seed} ${key}`) };
    const { isCertified } = given.first.version;
    keep({ key, first: f, of: 'quiet', k, isCertified, year: watchedYear(world, given) });
  }
  for (const wanted of LABELS) {
    for (const [phase, week] of script.changes.entries()) {
      for (const { k, key, f } of missing(perShift, `labels ${wanted} ${phase}`)) {
        const given = {
          first: await firstOf(f),
          mix: mixAt(week),
          wanted,
          random: random(`${seed} ${key}`),
          certify,
          context,
        };
        keep({ key, first: f, of: 'labels', k, phase, wanted, found: await byLabels(world, given) });
      }
    }
  }
  for (const [size, mix] of shifts.mixes.entries()) {
    for (const { k, key, f } of missing(perShift, `shift ${size}`)) {
      const at = (week: number) => (week < shifts.week ? mixAt(0) : mix);
      const given = { first: await firstOf(f), mixAt: at, from: shifts.week, random: random(`${seed} ${key}`) };
      keep({ key, first: f, of: 'shift', k, size, year: watchedYear(world, given) });
    }
  }
}
console.log(`# bench/year: ${machine()}\n\n${tablesOf(lines).join('\n')}`);
if (values.pictures !== undefined) {
  for (const [name, svg] of Object.entries(picturesOf(lines))) writeFileSync(join(values.pictures, name), svg);
}
process.exit(0);
