import type { AnswerRecord } from '../../data/record.js';
import { type GoldenRow, syntheticRecords } from '../../models/bundle/golden.js';
import { signalsIn } from '../../scorer/needed.js';
import type { Scorer } from '../../scorer/scorer.js';
import { append } from '../../support/append.js';
import type { Random } from '../../support/random.js';

/** Number of rounds that search for records with a decision, records per round, and the most that are used. */
const ROUNDS = 3;
const ROUND = 600;
const DECIDED = 8;

/**
 * Golden rows: synthetic records with their inputs and the shipped scorer's results. Most synthetic records are too
 * unlike real ones to get a decision, so the last rows are records that get one, if any are found.
 */
export async function goldenRows(scorer: Scorer, random: Random, count = 32): Promise<GoldenRow[]> {
  const { signals, thresholds, data } = scorer.manifest;
  const names = [...(data.fields ?? []), ...thresholds.flatMap(signalsIn)];
  const needed = { names, models: data.models ?? [], tasks: data.tasks ?? [] };
  const drawn = syntheticRecords(signals, count, random, needed);
  const decided: AnswerRecord[] = [];
  const isCertified = thresholds.some(({ threshold }) => threshold !== null);
  for (let k = 0; isCertified && k < ROUNDS && decided.length < DECIDED; k++) {
    const further = syntheticRecords(signals, ROUND, random.fork(`round ${k}`), needed);
    const results = await scorer.scoreMany(further);
    append(decided, further.filter((_, i) => results[i].why === null).slice(0, DECIDED - decided.length));
  }
  const named = decided.map((record, i) => ({ ...record, id: `golden-decided-${i}` }));
  const records = [...drawn.slice(0, count - named.length), ...named];
  const { features, categories } = scorer.rows(records);
  const scores = await scorer.scoreMany(records);
  const d = features.length / count;
  const c = categories.length / count;
  return records.map((record, i) => ({
    record,
    features: Array.from(features.subarray(i * d, (i + 1) * d), (value) => (Number.isNaN(value) ? null : value)),
    categories: Array.from(categories.subarray(i * c, (i + 1) * c), Number),
    pattern: scores[i].pattern,
    decision: scores[i].decision,
    why: scores[i].why,
    missing: scores[i].missing,
    claim: scores[i].claim,
    logit: scores[i].logit,
    probability: scores[i].probability,
  }));
}
