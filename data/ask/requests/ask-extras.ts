import type { AnswerRecord, Message } from '../../record.js';
import type { Asker } from '../asker.js';
import type { Chat } from '../endpoint/client.js';
import { askJudge } from './ask-judge.js';
import { askPtrue } from './ask-ptrue.js';
import { askSamples } from './ask-samples.js';
import { askStated } from './ask-stated.js';
import { questionText } from './judging.js';

/**
 * The fields that were asked for in addition to an answer. Each is complete: it includes what the record held before.
 */
type Extras = Pick<AnswerRecord, 'samples' | 'stated' | 'verifiers' | 'labels'>;

/** Messages before the question, longest sample in tokens, and whom to ask. */
interface ExtrasOptions {
  prefix: Message[];
  maxTokens: number;
  asker: Asker;
  chat: Chat;
}

/**
 * Asks for what is wanted in addition to an answer and not there yet: samples, stated confidence, P(True), a judge's
 * verdict. Samples carry the name of their model if it differs from the answer's model.
 */
export async function askExtras(
  record: AnswerRecord,
  { prefix, maxTokens, asker, chat }: ExtrasOptions,
): Promise<Extras> {
  const { options, judge } = asker;
  const { id, answer } = record;
  const proposed = { id, question: questionText(record, options.contextTemplate), answer };
  const extras: Extras = {};
  if (options.samples > 0 && (record.samples ?? []).length === 0) {
    const samples = await askSamples({ ...record, prefix, maxTokens }, asker, chat);
    const other = record.model != null && record.model !== options.model;
    extras.samples = other ? samples.map((sample) => ({ ...sample, model: options.model })) : samples;
  }
  if (options.stated && record.stated == null) {
    const stated = await askStated(proposed, asker, chat);
    if (stated !== undefined) extras.stated = stated;
  }
  if (options.ptrue && record.verifiers?.ptrue == null) {
    const ptrue = await askPtrue(proposed, asker, chat);
    if (ptrue !== undefined) extras.verifiers = { ...record.verifiers, ptrue };
  }
  if (judge === undefined) return extras;
  const source = `judge:${judge.model}`;
  const label = options.judgeAs === 'label';
  const there = label ? record.labels?.some((given) => given.source === source) : record.verifiers?.judge != null;
  const references = record.reference ?? [];
  const verdict = there ? undefined : await askJudge({ ...proposed, references }, asker, judge);
  if (verdict === undefined) return extras;
  if (label) extras.labels = [...(record.labels ?? []), { value: verdict, source }];
  else extras.verifiers = { ...record.verifiers, ...extras.verifiers, judge: verdict };
  return extras;
}
