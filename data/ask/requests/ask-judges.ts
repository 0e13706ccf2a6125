import type { AnswerRecord, Label } from '../../record.js';
import type { Asker } from '../asker.js';
import { askJudge, type JudgedAnswer, type Verdict } from './ask-judge.js';
import { short } from './short.js';

/** Verifiers by name, as a record holds them. */
type Scores = NonNullable<AnswerRecord['verifiers']>;

/**
 * The verdicts of the judges as labels, one per judge with the source `judge:MODEL`, in addition to those that the
 * record has. Undefined if there is none to add.
 */
export async function judgeLabels(
  record: AnswerRecord,
  judged: JudgedAnswer,
  asker: Asker,
): Promise<Label[] | undefined> {
  const labels = [...(record.labels ?? [])];
  const before = labels.length;
  for (const judge of asker.judges) {
    const source = `judge:${judge.model}`;
    if (labels.some((given) => given.source === source)) continue;
    const verdict = await askJudge(judged, asker, judge);
    if (verdict !== undefined) labels.push({ value: verdict.value, source });
  }
  return labels.length === before ? undefined : labels;
}

/**
 * The verdicts of the judges as verifiers. One judge: `judge`, and where asked for `judge.orderGap` and
 * `judge.agreement`. A panel: the same under `judge.MODEL`, then `judges.mean`, the mean over the judges of the panel,
 * and `judges.disagreement`, the mean absolute difference over all pairs of them (for verdicts of 1 and 0, the share of
 * pairs that disagree). A verdict that `known` holds already is not asked for again, but counts in the two numbers of
 * the panel. Source: Verga et al. 2024 (panel; they pool by average or by vote).
 */
export async function judgeScores(known: Scores, judged: JudgedAnswer, asker: Asker): Promise<Scores> {
  const { judges } = asker;
  const scores: Scores = {};
  const nameOf = (model: string) => (judges.length === 1 ? 'judge' : `judge.${model}`);
  for (const judge of judges) {
    const name = nameOf(judge.model);
    if (known[name] != null) continue;
    const verdict = await askJudge(judged, asker, judge);
    if (verdict !== undefined) Object.assign(scores, named(name, verdict));
  }
  if (judges.length === 1 || Object.keys(scores).length === 0) return scores;
  const values = judges
    .map(({ model }) => scores[nameOf(model)] ?? known[nameOf(model)])
    .filter((value) => value != null);
  return { ...scores, ...panel(values) };
}

function named(name: string, { value, orderGap, agreement }: Verdict): Scores {
  return {
    [name]: value,
    ...(orderGap === undefined ? {} : { [`${name}.orderGap`]: orderGap }),
    ...(agreement === undefined ? {} : { [`${name}.agreement`]: agreement }),
  };
}

/** Mean and disagreement of at least one verdict. Of a single one, there is no disagreement. */
function panel(values: readonly number[]): Scores {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return { 'judges.mean': mean };
  let gaps = 0;
  for (let i = 0; i < values.length; i++) for (let j = 0; j < i; j++) gaps += Math.abs(values[i] - values[j]);
  const pairs = (values.length * (values.length - 1)) / 2;
  return { 'judges.mean': short(mean), 'judges.disagreement': short(gaps / pairs) };
}
