import type { AnswerRecord } from '../../data/record.js';
import { openScorer, type Scorer, train } from '../../index.js';
import { logit, sigmoid } from '../../models/numbers.js';
import { random } from '../../support/random.js';
import { madeAnswers } from '../support/answers.js';
import { light } from '../support/trained.js';

/** Trains a small bundle on made answers. */
export async function trainSmall(out: string): Promise<Scorer> {
  const how = { ...light, threads: 1, backend: 'wasm' as const, targetError: 0.2, confidence: 0.9 };
  await train(madeAnswers(200), { out, ...how });
  return openScorer(out);
}

/** An answer, its label, and the probability with which that label was drawn to be right. */
export interface Fresh {
  record: AnswerRecord;
  right: number;
  truth: number;
}

/** Words of one length, so that questions of different seeds differ, and no signal of the text does. */
const WORDS = ['item', 'case', 'term', 'rule', 'date', 'name', 'unit', 'code', 'word'];

/** Answers with log-probabilities, to questions that no other seed has. */
function madeRecords({ questions, seed }: { questions: number; seed: number }, name: string): AnswerRecord[] {
  const word = WORDS[seed % WORDS.length];
  return madeAnswers(questions, 1000 + seed)
    .filter(({ tokens }) => tokens !== undefined)
    .map(({ labels: _, ...record }) => ({
      ...record,
      id: `${name}${seed}-${record.id}`,
      group: `${name}${seed}-${record.group}`,
      prompt: record.prompt!.replace('fact', word),
    }));
}

/**
 * Fresh answers whose labels are drawn from the bundle's own logit after `drift`: without one, the bundle is calibrated
 * exactly.
 */
export async function freshAnswers(
  scorer: Scorer,
  { questions, seed }: { questions: number; seed: number },
  drift: (logit: number) => number,
): Promise<Fresh[]> {
  const draw = random(`fresh ${seed}`);
  const records = madeRecords({ questions, seed }, 'f');
  const scores = await scorer.scoreMany(records);
  return records.map((record, i) => {
    const truth = sigmoid(drift(logit(scores[i].probability!)));
    return { record, truth, right: draw.next() < truth ? 1 : 0 };
  });
}

/** Another model's answers to another task, told by another signal. */
export function taskAnswers({ questions, seed }: { questions: number; seed: number }): Fresh[] {
  const draw = random(`task ${seed}`);
  return madeRecords({ questions, seed: 3000 + seed }, 't').map((record) => {
    const luck = draw.int(4);
    const truth = [0.05, 0.2, 0.6, 0.95][luck];
    const made = {
      ...record,
      model: 'third',
      task: 'riddles',
      features: { ...record.features, luck },
    };
    return { record: made, truth, right: draw.next() < truth ? 1 : 0 };
  });
}

/** The record with its label. */
export function labelled({ record, right }: Fresh): AnswerRecord {
  return { ...record, labels: [{ value: right, source: 'human' }] };
}
