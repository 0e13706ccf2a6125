import { eceDebiased } from '../../metrics/calibration/ece-debiased.js';
import { type ReliabilityBin, reliability } from '../../metrics/calibration/reliability.js';
import { pick } from '../../support/pick.js';
import type { Random } from '../../support/random.js';
import type { Mix } from './script.js';
import type { Version } from './version.js';
import { SOURCES, type World } from './world.js';

/** Calibration on held-out answers: how many, the debiased error, and the bins of a reliability diagram. */
export interface Calibrated {
  answers: number;
  ece: number;
  bins: ReliabilityBin[];
}

interface Measuring {
  world: World;
  mix: Mix;
  /** Places of the questions that trained the first version; names of those whose labels later versions were given. */
  trained: ReadonlySet<number>;
  used: ReadonlySet<string>;
  random: Random;
}

/** Bins of the diagram. */
const BINS = 10;

/** Calibration on as many answers as there are in the shares of `mix`, to questions that no version has seen a label of. */
export function calibrationOf({ probability }: Version, { world, mix, trained, used, random }: Measuring): Calibrated {
  const { data, questions } = world;
  const held = SOURCES.map((source) => {
    const rows = questions[source].flatMap((own, place) => (source !== 'task' && trained.has(place) ? [] : [...own]));
    return random.fork(source).shuffle(rows.filter((row) => !used.has(data.groups[row])));
  });
  const total = Math.min(...SOURCES.map((source, k) => (mix[source] === 0 ? Infinity : held[k].length / mix[source])));
  const rows = Int32Array.from(SOURCES.flatMap((source, k) => held[k].slice(0, Math.floor(total * mix[source]))));
  const scored = { probability: pick(probability, rows), label: pick(data.y, rows) };
  const group = rows.map((row) => data.group[row]);
  return {
    answers: rows.length,
    ece: eceDebiased(scored.probability, scored.label, undefined, group),
    bins: reliability({ ...scored, group }, 'mass', BINS),
  };
}
