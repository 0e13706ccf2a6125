import type { LoggedRecord, Message } from '../../record.js';
import { type Asker, requestSeed } from '../asker.js';
import type { Chat } from '../endpoint/client.js';
import { readChoice } from '../endpoint/read-choice.js';
import { layOut } from '../lay-out.js';
import { type Question, withoutAnswer } from '../question.js';
import { optionMass } from './option-mass.js';

/** Messages before the question, whom to ask, and the time to write into the record. */
interface AnswerOptions {
  prefix: Message[];
  asker: Asker;
  chat: Chat;
  time: string;
}

/**
 * Asks a question at temperature 0. Returns the record: the question's own keys, then the answer and its decoding
 * parameters. `answer` is null if there is none.
 */
export async function askAnswer(
  question: Question,
  { prefix, asker, chat, time }: AnswerOptions,
): Promise<LoggedRecord> {
  const { options, tally } = asker;
  const { prefix: _, max_tokens: own, ...kept } = withoutAnswer(question);
  const maxTokens = own ?? options.maxTokens;
  const seed = requestSeed(options.seed, question.id, 'answer');
  const reply = await chat({
    kind: 'answer',
    messages: layOut(question, prefix, options.contextTemplate),
    temperature: 0,
    maxTokens,
    stop: options.stop,
    seed,
    topLogprobs: options.topLogprobs,
    n: 1,
  });
  const answered = readChoice(reply.choices[0]);
  const choices = question.options == null ? undefined : optionMass(answered.tokens ?? [], question.options);
  if ('answer' in question) tally.answeredBefore++;
  if (answered.answer === null) tally.noAnswer++;
  else if (answered.tokens === undefined && answered.answer !== '') tally.noLogprobs++;
  if (answered.answer === '') tally.empty++;
  if (answered.finish === 'length') tally.truncated++;
  if (question.options != null && answered.tokens !== undefined && choices === undefined) tally.noChoices++;
  const { limits } = asker.client;
  const decoding = {
    ...(limits.temperature ? { temperature: 0 } : {}),
    max_tokens: maxTokens,
    ...(options.stop.length > 0 ? { stop: options.stop } : {}),
    ...(limits.seed ? { seed } : {}),
  };
  return { ...kept, model: options.model, time, ...answered, decoding, ...(choices === undefined ? {} : { choices }) };
}
