import { type Entailed, planEntailments } from '../../entailment/plan.js';
import type { AnswerRecord } from '../../record.js';
import { type Asker, judging, requestSeed } from '../asker.js';
import type { Client } from '../endpoint/client.js';
import { readChoice } from '../endpoint/read-choice.js';
import { entailmentMessages } from './entailment-messages.js';
import { questionText } from './judging.js';
import { entailmentMass, parseEntailment } from './parse-entailment.js';

/**
 * Asks a model which passages entail or contradict the answer, and which texts each other: one request per distinct
 * ordered pair. Probabilities come from the label's token if the endpoint returns log-probabilities, else they are 0
 * and 1. Returns all entailments of the record, those of this model among them under its name; undefined if there is
 * nothing to ask, or nothing could be read. Source: Farquhar et al. 2024, Methods.
 */
export async function askEntailments(
  record: AnswerRecord,
  { options, tally }: Asker,
  model: Client,
): Promise<AnswerRecord['entailments']> {
  const name = model.model;
  const known = record.entailments?.[name];
  const plan = planEntailments(record, known);
  if (!plan.isNeeded) return undefined;
  const question = questionText({ ...record, context: null }, options.contextTemplate);
  const seed = requestSeed(options.seed, record.id, 'entailment');
  const verdicts = await model.at(async (chat) => {
    const found: (Entailed | undefined)[] = [];
    for (const pair of plan.pairs) {
      const messages = entailmentMessages(question, pair);
      const reply = await chat(judging({ kind: 'entailment', messages, seed, maxTokens: 8, topLogprobs: 20 }));
      const read = readChoice(reply.choices[0]);
      const verdict = entailmentMass(read.tokens ?? []) ?? parseEntailment(read.answer ?? '');
      if (verdict === undefined) tally.noEntailment++;
      found.push(verdict);
    }
    return found;
  });
  const filled = plan.filled(verdicts);
  if (filled.passages === known?.passages && filled.texts === known?.texts) return undefined;
  return { ...record.entailments, [name]: filled };
}
