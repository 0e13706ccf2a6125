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
type Beside = Pick<AnswerRecord, 'samples' | 'stated' | 'verifiers' | 'labels'>;

/**
 * Asks for what is wanted in addition to an answer and not there yet: samples, stated confidence, P(True), a judge's
 * verdict. Samples carry the name of their model if it differs from the answer's model.
 */
export async function askBeside(
  record: AnswerRecord,
  prefix: Message[],
  maxTokens: number,
  asker: Asker,
  chat: Chat,
): Promise<Beside> {
  const { options, judge } = asker;
  const { id, answer } = record;
  const question = questionText(record, options.contextTemplate);
  const beside: Beside = {};
  if (options.samples > 0 && (record.samples ?? []).length === 0) {
    const samples = await askSamples(record, prefix, maxTokens, asker, chat);
    const other = record.model != null && record.model !== options.model;
    beside.samples = other ? samples.map((sample) => ({ ...sample, model: options.model })) : samples;
  }
  if (options.stated && record.stated == null) {
    const stated = await askStated(id, question, answer, asker, chat);
    if (stated !== undefined) beside.stated = stated;
  }
  if (options.ptrue && record.verifiers?.ptrue == null) {
    const ptrue = await askPtrue(id, question, answer, asker, chat);
    if (ptrue !== undefined) beside.verifiers = { ...record.verifiers, ptrue };
  }
  if (judge === undefined) return beside;
  const source = `judge:${judge.model}`;
  const label = options.judgeAs === 'label';
  const there = label ? record.labels?.some((given) => given.source === source) : record.verifiers?.judge != null;
  const verdict = there ? undefined : await askJudge(id, question, answer, record.reference ?? [], asker, judge);
  if (verdict === undefined) return beside;
  if (label) beside.labels = [...(record.labels ?? []), { value: verdict, source }];
  else beside.verifiers = { ...record.verifiers, ...beside.verifiers, judge: verdict };
  return beside;
}
