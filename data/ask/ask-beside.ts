import type { AnswerRecord, Message } from '../record.js';
import { askJudge } from './ask-judge.js';
import { askPtrue } from './ask-ptrue.js';
import { askSamples } from './ask-samples.js';
import { askStated } from './ask-stated.js';
import type { Asker } from './asker.js';
import type { Chat } from './client.js';
import { questionText } from './judging.js';

/**
 * What is asked beside an answer: samples, stated confidence, P(True), a judge's verdict, each only where wanted and not
 * there yet. Gives a new record; no other field changes. Samples of another model than the answer's carry its name.
 */
export async function askBeside(
  record: AnswerRecord,
  prefix: Message[],
  maxTokens: number,
  asker: Asker,
  chat: Chat,
): Promise<AnswerRecord> {
  const { options } = asker;
  const { id, answer } = record;
  const question = questionText(record, options.contextTemplate);
  const out: AnswerRecord = { ...record };
  if (options.samples > 0 && (record.samples ?? []).length === 0) {
    const samples = await askSamples(record, prefix, maxTokens, asker, chat);
    const other = record.model != null && record.model !== options.model;
    out.samples = other ? samples.map((sample) => ({ ...sample, model: options.model })) : samples;
  }
  if (options.stated && record.stated == null) {
    const stated = await askStated(id, question, answer, asker, chat);
    if (stated !== undefined) out.stated = stated;
  }
  if (options.ptrue && record.verifiers?.ptrue == null) {
    const ptrue = await askPtrue(id, question, answer, asker, chat);
    if (ptrue !== undefined) out.verifiers = { ...out.verifiers, ptrue };
  }
  if (asker.judge === undefined) return out;
  const source = `judge:${asker.judge.model}`;
  const label = options.judgeAs === 'label';
  if (label ? record.labels?.some((given) => given.source === source) : record.verifiers?.judge != null) return out;
  const verdict = await askJudge(id, question, answer, record.reference ?? [], asker, asker.judge);
  if (verdict === undefined) return out;
  if (label) out.labels = [...(record.labels ?? []), { value: verdict, source }];
  else out.verifiers = { ...out.verifiers, judge: verdict };
  return out;
}
