import type { LoggedRecord, Message } from '../../record.js';
import { type Asker, requestSeed } from '../asker.js';
import type { RequestKind } from '../endpoint/chat.js';
import type { Chat } from '../endpoint/client.js';
import { type Answered, readChoice } from '../endpoint/read-choice.js';
import { layOut } from '../lay-out.js';
import { type Question, withoutAnswer } from '../question.js';
import { optionMass } from './option-mass.js';

/** Messages before the question, whom to ask, and the time to write into the record. */
export interface AnswerOptions {
  prefix: Message[];
  asker: Asker;
  chat: Chat;
  time: string;
}

/** A request for an answer at temperature 0, if it is not the first one: its purpose and the messages after the question. */
interface AskedAgain {
  kind: RequestKind;
  purpose: string;
  after: readonly Message[];
}

const FIRST: AskedAgain = { kind: 'answer', purpose: 'answer', after: [] };

/**
 * Asks a question at temperature 0. Returns the record: the question's own keys, then the answer and its decoding
 * parameters. `answer` is null if there is none.
 */
export async function askAnswer(
  question: Question,
  { prefix, asker, chat, time }: AnswerOptions,
  { kind, purpose, after }: AskedAgain = FIRST,
): Promise<LoggedRecord> {
  const { options, tally } = asker;
  const seed = requestSeed(options.seed, question.id, purpose);
  const reply = await chat({
    kind,
    messages: [...layOut(question, prefix, options.contextTemplate), ...after],
    temperature: 0,
    maxTokens: maxTokensOf(question, asker),
    stop: options.stop,
    seed,
    topLogprobs: options.topLogprobs,
    n: 1,
  });
  if ('answer' in question) tally.answeredBefore++;
  return answerRecord(question, readChoice(reply.choices[0]), { asker, time, seed, temperature: 0 });
}

/** How an answer was asked for. */
interface AskedHow {
  asker: Asker;
  time: string;
  seed: number;
  temperature: number;
}

/** The record of an answer; counts what is odd about it. */
export function answerRecord(
  question: Question,
  answered: Answered,
  { asker, time, seed, temperature }: AskedHow,
): LoggedRecord {
  const { options, tally } = asker;
  const { prefix: _, max_tokens: __, ...kept } = withoutAnswer(question);
  const choices = question.options == null ? undefined : optionMass(answered.tokens ?? [], question.options);
  if (answered.answer === null) tally.noAnswer++;
  else if (answered.tokens === undefined && answered.answer !== '') tally.noLogprobs++;
  if (answered.answer === '') tally.empty++;
  if (answered.finish === 'length') tally.truncated++;
  if (question.options != null && answered.tokens !== undefined && choices === undefined) tally.noChoices++;
  const { limits } = asker.client;
  const decoding = {
    ...(limits.temperature ? { temperature } : {}),
    max_tokens: maxTokensOf(question, asker),
    ...(options.stop.length > 0 ? { stop: options.stop } : {}),
    ...(limits.seed ? { seed } : {}),
  };
  return { ...kept, model: options.model, time, ...answered, decoding, ...(choices === undefined ? {} : { choices }) };
}

/** The longest answer to a question, in tokens. */
export function maxTokensOf(question: Question, { options }: Asker): number {
  return question.max_tokens ?? options.maxTokens;
}
