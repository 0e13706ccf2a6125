import { scorerOf } from '../../scorer/open.js';
import type { AnswerScore } from '../../scorer/scorer.js';
import { random } from '../../support/random.js';
import type { TrainContext } from '../../train/context.js';
import { drawSample, TOGETHER } from '../cross/population.js';
import { bundlesFor, type Way } from './bundle.js';
import { type Outcome, outcomeOf } from './outcome.js';
import type { Population } from './population.js';
import { redrawn } from './redrawn.js';
import { replaysOf, type Scenario, scenarios } from './scenarios.js';

/** One draw of one population, certified by one method: what was certified at each α, and the decisions. */
export interface Drawn {
  set: string;
  way: Way;
  draw: number;
  outcomes: { alpha: number; certified: number; scenarios: Partial<Record<Scenario, Outcome>> }[];
}

/** In one of this many draws, answers with only text have their own predictor and claim. */
const HIDDEN = 4;

/** Labels some questions, trains, and replays. The opened scorer makes all decisions. */
export async function drawOnce(
  population: Population,
  { way, draw, context, isWhole }: { way: Way; draw: number; context: TrainContext; isWhole?: boolean },
): Promise<Drawn> {
  const { name, alphas, chance, records } = population;
  const own = random(`replay ${name} ${draw}`);
  const leftOut = population.leftOut(draw);
  const patterns = draw % HIDDEN === 0 && !isWhole ? ['free'] : [];
  const seen = [...records.keys()].filter((row) => records[row].model !== leftOut);
  const task = { way, alphas, patterns, context, isWhole };
  const { graph, manifests } = await bundlesFor(labelledData(population, draw), task);
  const outcomes: Drawn['outcomes'] = [];
  for (const [a, manifest] of manifests.entries()) {
    const certified = manifest.thresholds.filter(({ threshold }) => threshold !== null).length;
    const found: Drawn['outcomes'][number]['scenarios'] = {};
    if (certified > 0) {
      const scorer = await scorerOf(graph, manifest);
      const { after, ...asks } = replaysOf(population, seen, { draw, leftOut, random: own.fork(`after ${a}`) });
      const first = new Map<number, AnswerScore>();
      for (const scenario of scenarios) {
        const asked = scenario === 'after escalation' ? after(first) : asks[scenario];
        if (asked === undefined) continue;
        const scores = await scorer.scoreMany(asked.records);
        if (scenario === 'seen model') for (const [i, score] of scores.entries()) first.set(asked.rows[i], score);
        found[scenario] = outcomeOf(scores, asked.rows, { thresholds: manifest.thresholds, chance });
      }
      await scorer.close();
    }
    outcomes.push({ alpha: alphas[a], certified, scenarios: found });
  }
  return { set: name, way, draw, outcomes };
}

/**
 * The labelled answers of a draw: whole questions, with labels drawn from known probabilities. Copies of an answer
 * share its label.
 */
export function labelledData(population: Population, draw: number) {
  const { name, chance, questions, records, labelled, data, signals, copies } = population;
  const leftOut = population.leftOut(draw);
  const kept = questions
    .map((rows) => rows.filter((row) => records[row].model !== leftOut))
    .filter((rows) => rows.length > 0);
  const sample = drawSample(
    { chance, weight: chance.map(() => 1), questions: kept, together: TOGETHER },
    labelled,
    random(`replay ${name} ${draw}`),
  );
  const all = Array.from({ length: copies }, (_, copy) => copy * records.length);
  const rows = Int32Array.from(all.flatMap((from) => Array.from(sample.row, (row) => from + row)));
  const label = all.flatMap(() => Array.from(sample.label));
  return redrawn(data, { rows, label, signals });
}
