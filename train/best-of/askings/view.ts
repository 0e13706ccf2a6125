import type { Scorer } from '../../../scorer/scorer.js';
import { meaningsOf } from '../../vote/meanings.js';
import { samenessOf } from '../../vote/sameness.js';
import type { Asking } from './askings.js';
import { type Candidate, type Cost, withSamples } from './candidate.js';

/** What a method can see of an asking: some candidates, which of them mean the same, and their probabilities. */
export interface View {
  candidates: readonly Candidate[];
  /** The meaning of each candidate, numbered in order of appearance. */
  meaning: Int32Array;
  meanings: number;
  /** The bundle's probability that each candidate is right; NaN without a bundle. */
  probability: Float64Array;
  /** What it cost to get here. */
  cost: Cost;
}

/** The views of the first `count` candidates, for each count. Each candidate is scored with the others as its samples. */
export async function drawViews({ asked, draws }: Asking, counts: readonly number[], scorer?: Scorer): Promise<View[]> {
  const sameness = samenessOf(asked, draws);
  const views: View[] = [];
  for (const count of counts) {
    const candidates = draws.slice(0, count);
    const meaning = meaningsOf(sameness, draws.length, count);
    const others = candidates.map((_, i) => candidates.filter((__, j) => j !== i));
    views.push({ ...seen(candidates, meaning), probability: await probabilities(candidates, others, scorer) });
  }
  return views;
}

/** The view of all attempts; null if there are none. Each is scored with the samples of the first answer. */
export async function attemptView({ asked, draws, attempts }: Asking, scorer?: Scorer): Promise<View | null> {
  if (attempts.length === 0) return null;
  const samples = draws.filter(({ sample }) => sample !== null);
  const meaning = meaningsOf(samenessOf(asked, attempts), attempts.length);
  const found = seen(attempts, meaning);
  return {
    ...found,
    cost: total([found.cost, ...samples.map(({ cost }) => cost)]),
    probability: await probabilities(
      attempts,
      attempts.map(() => samples),
      scorer,
    ),
  };
}

function seen(candidates: readonly Candidate[], meaning: Int32Array): Omit<View, 'probability'> {
  const meanings = meaning.reduce((most, each) => Math.max(most, each + 1), 0);
  return { candidates, meaning, meanings, cost: total(candidates.map(({ cost }) => cost)) };
}

function total(costs: readonly Cost[]): Cost {
  return costs.reduce((sum, { prompt, completion }) => ({
    prompt: sum.prompt + prompt,
    completion: sum.completion + completion,
  }));
}

async function probabilities(
  candidates: readonly Candidate[],
  samples: readonly (readonly Candidate[])[],
  scorer: Scorer | undefined,
): Promise<Float64Array> {
  if (scorer === undefined) return new Float64Array(candidates.length).fill(Number.NaN);
  const scores = await scorer.scoreMany(candidates.map((candidate, i) => withSamples(candidate, samples[i])));
  return Float64Array.from(scores, ({ probability }) => probability);
}
