import { expect, it } from 'vitest';
import { shipped } from '../../../bench/replay/population.js';
import { replayed } from '../../../bench/year/replay.js';
import { script } from '../../../bench/year/script.js';
import { trafficOf } from '../../../bench/year/traffic.js';
import { firstVersion } from '../../../bench/year/version.js';
import { watchedYear } from '../../../bench/year/watched-year.js';
import { worldFrom } from '../../../bench/year/world.js';
import { random } from '../../../support/random.js';
import { context } from '../../support/trained.js';

/** Shipped answers: the two wordings of a question stand for two models, and one kind of question for the new task. */
const all = shipped(['smollm2']);
const isTask = ({ task }: { task?: string | null }) => task === 'letters';
const worded = (wording: string) => all.filter((record) => !isTask(record) && record.id.endsWith(wording));
const world = worldFrom({ first: worded('-a'), second: worded('-b'), task: all.filter(isTask) });
const mix = { first: 0.25, second: 0.25, task: 0.5 };

it('traffic asks no training question, each question once per pass, in the given shares; thumbs report errors', () => {
  const trained = new Set([0, 1, 2]);
  const given = { trained, mixAt: () => mix, weeks: 52 };
  const traffic = trafficOf(world, { ...given, random: random('traffic') });
  const asked = traffic.flat();
  expect(traffic.map(({ length }) => length)).toEqual(new Array(52).fill(script.perWeek));
  const withheld = new Set(
    [0, 1, 2].flatMap((place) => [...world.questions.first[place], ...world.questions.second[place]]),
  );
  expect(asked.some(({ row }) => withheld.has(row))).toBe(false);
  expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
  const share = asked.filter(({ source }) => source === 'task').length / asked.length;
  expect(Math.abs(share - 0.5)).toBeLessThan(0.02); // 13,000 draws: three standard errors are .013
  const thumbs = (label: number) => {
    const own = asked.filter(({ row }) => world.data.y[row] === label);
    return own.filter(({ thumb }) => thumb === label).length / own.length;
  };
  expect(thumbs(0)).toBeGreaterThan(3 * thumbs(1));
  expect(trafficOf(world, { ...given, random: random('traffic') })).toEqual(traffic);
});

it('a year goes through the loop: labels are collected before each recalibration, and versions follow each other', async () => {
  const run = await context();
  const first = await firstVersion(world, { random: random('first'), context: run });
  const weeks = script.changes[0] + 9;
  const given = { first, context: run, isWhole: false, certify: 'split' as const, weeks };
  const replay = await replayed(world, { ...given, random: random('year') });
  const { loop, alone, attempts, shipped: versions, calibration } = replay;
  expect([loop.length, alone.length]).toEqual([weeks, weeks]);
  expect(attempts.length).toBeGreaterThan(1);
  for (const { labels } of attempts) expect(labels).toBeGreaterThanOrEqual(script.labels);
  expect(versions.length).toBe(attempts.filter(({ ships }) => ships).length);
  versions.forEach(({ from, to, whole }, k) => {
    expect(to).toBe(versions[k + 1]?.from ?? weeks);
    const served = loop.slice(from, to);
    expect(whole.accepted).toBe(served.reduce((sum, { accepted }) => sum + accepted, 0));
  });
  const until = versions[0]?.from ?? weeks;
  expect(loop.slice(0, until)).toEqual(alone.slice(0, until));
  expect(calibration).toHaveLength(1);
  for (const { loop: own, labels } of calibration) {
    expect(labels).toBeGreaterThan(script.within);
    expect(own.answers).toBeGreaterThan(30);
    expect(own.bins).toHaveLength(10);
  }
  const shift = (week: number) => (week < 13 ? { first: 1, second: 0, task: 0 } : { first: 0, second: 0, task: 1 });
  const { alarms, labels } = watchedYear(world, { first, mixAt: shift, from: 13, random: random('shift') });
  expect(alarms.some(({ week, kind }) => week >= 13 && week < 17 && ['drift', 'unseen'].includes(kind))).toBe(true);
  expect(labels).toBeGreaterThan(40 * 51);
});
