import type { AnswerRecord, Message } from '../../record.js';
import type { Asker } from '../asker.js';
import type { Chat } from '../endpoint/client.js';
import { layOut } from '../lay-out.js';
import { askEntailments } from './ask-entailments.js';
import { judgeLabels, judgeScores } from './ask-judges.js';
import { askPtrue } from './ask-ptrue.js';
import { askSamples } from './ask-samples.js';
import { askStated } from './ask-stated.js';
import { askStatedAfter } from './ask-stated-after.js';
import { crossExamine } from './cross-examine.js';
import { type ProposedAnswer, questionText } from './judging.js';

/**
 * The fields that were asked for in addition to an answer. Each is complete: it includes what the record held before.
 */
export type Extras = Pick<AnswerRecord, 'samples' | 'stated' | 'verifiers' | 'labels' | 'entailments'>;

/** Messages before the question, longest sample in tokens, and whom to ask. `chat` is absent if no model that answers is asked. */
interface ExtrasOptions {
  prefix: Message[];
  maxTokens: number;
  asker: Asker;
  chat: Chat | undefined;
}

/**
 * Asks for what is wanted in addition to an answer and not there yet: samples, stated confidence (at once, and after
 * weighing alternatives), P(True), a cross-examination, the judges' verdicts, entailments (also of samples just asked
 * for). Samples carry the name of their model if it differs from the answer's model.
 */
export async function askExtras(record: AnswerRecord, options: ExtrasOptions): Promise<Extras> {
  const extras = await askVerdicts(record, options);
  const { asker } = options;
  if (asker.entailer === undefined) return extras;
  const sampled = { ...record, samples: extras.samples ?? record.samples };
  const entailments = await askEntailments(sampled, asker, asker.entailer);
  return entailments == null ? extras : { ...extras, entailments };
}

/** What is asked of the model that answers and of the judges. */
async function askVerdicts(record: AnswerRecord, options: ExtrasOptions): Promise<Extras> {
  const { asker, chat } = options;
  const { contextTemplate, judgeAs } = asker.options;
  const proposed = { id: record.id, question: questionText(record, contextTemplate), answer: record.answer };
  const extras = chat === undefined ? {} : await askModel(record, proposed, { ...options, chat });
  if (asker.judges.length === 0) return extras;
  const reversed = questionText(record, contextTemplate, true);
  const judged = { ...proposed, reversed, references: record.reference ?? [] };
  if (judgeAs === 'label') {
    const labels = await judgeLabels(record, judged, asker);
    return labels === undefined ? extras : { ...extras, labels };
  }
  const known = { ...record.verifiers, ...extras.verifiers };
  const scores = await judgeScores(known, judged, asker);
  return Object.keys(scores).length === 0 ? extras : { ...extras, verifiers: { ...known, ...scores } };
}

/** What the model that answers is asked. */
async function askModel(
  record: AnswerRecord,
  proposed: ProposedAnswer,
  { prefix, maxTokens, asker, chat }: ExtrasOptions & { chat: Chat },
): Promise<Extras> {
  const { options, examiner } = asker;
  const extras: Extras = {};
  const known = record.verifiers ?? {};
  const scores: typeof known = {};
  if (options.samples > 0 && (record.samples ?? []).length === 0) {
    const samples = await askSamples({ ...record, prefix, maxTokens }, asker, chat);
    const other = record.model != null && record.model !== options.model;
    extras.samples = other ? samples.map((sample) => ({ ...sample, model: options.model })) : samples;
  }
  if (options.stated && record.stated == null) {
    const stated = await askStated(proposed, asker, chat);
    if (stated !== undefined) extras.stated = stated;
  }
  if (options.ptrue && known.ptrue == null) {
    const ptrue = await askPtrue(proposed, asker, chat);
    if (ptrue !== undefined) scores.ptrue = ptrue;
  }
  if (options.statedAfter > 0 && known.statedTopK == null) {
    const weighed = await askStatedAfter(proposed, asker, chat);
    if (weighed !== undefined) scores.statedTopK = weighed.stated;
    if (weighed?.margin !== undefined) scores['statedTopK.margin'] = weighed.margin;
  }
  if (examiner !== undefined && known.crossExamined == null) {
    const turns = layOut(record, prefix, options.contextTemplate);
    const verdict = await crossExamine({ ...proposed, turns }, { asker, chat, examiner });
    if (verdict !== undefined) scores.crossExamined = verdict;
  }
  if (Object.keys(scores).length > 0) extras.verifiers = { ...known, ...scores };
  return extras;
}
