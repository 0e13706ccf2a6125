import type { AnswerRecord, LoggedRecord } from '../../record.js';
import type { Question } from '../question.js';
import { type AnswerOptions, answerRecord, askAnswer, maxTokensOf } from '../requests/ask-answer.js';
import { asSample, type Drawn, drawAnswers } from '../requests/ask-samples.js';
import type { AttemptScorer } from './attempt-scorer.js';
import { complete } from './complete.js';
import { marked, type Tried } from './mark.js';
import { completionTokens, metered, promptTokens, type Spent } from './metered.js';

/** What both ways of asking again need. */
export interface AttemptOptions extends AnswerOptions {
  scorer: AttemptScorer;
  giveUpAfter: number;
}

/**
 * Best of n: the answer at temperature 0 and n − 1 sampled ones. Each becomes a record with all that was asked for, and
 * with the others as its samples; the one with the highest probability is chosen. Returns the records in the order in
 * which they were asked.
 */
export async function bestOf(question: Question, n: number, options: AttemptOptions): Promise<LoggedRecord[]> {
  const { prefix, asker, chat, scorer, giveUpAfter } = options;
  const meter = metered(chat);
  const first = await askAnswer(question, { ...options, chat: meter.chat });
  if (first.answer === null) return marked([{ record: first, kind: 'first', spent: meter.spent }]);
  const item = { ...question, prefix, maxTokens: maxTokensOf(question, asker) };
  const drawn = await drawAnswers(item, { count: n - 1, alternatives: asker.options.topLogprobs }, asker, chat);
  const answers = [{ ...first, answer: first.answer }, ...drawn.map((each) => sampledRecord(question, each, options))];
  const samples = answers.map((each, i) => asSample(each, i === 0 ? 0 : asker.options.sampleTemperature, asker));
  const costs = [meter.spent, ...drawn.map(costOf)];
  const completed: AnswerRecord[] = [];
  for (const [i, answer] of answers.entries()) {
    const others = samples.filter((_, j) => j !== i);
    const own = metered(chat);
    const maxTokens = item.maxTokens;
    const record = { ...answer, samples: others };
    completed.push(await complete(record, { prefix, maxTokens, asker, chat: own.chat, giveUpAfter }));
    costs[i] = sum(costs[i], own.spent);
  }
  const scores = await scorer.score(completed);
  return marked(
    completed.map(
      (record, i): Tried => ({ record, kind: i === 0 ? 'first' : 'sampled', spent: costs[i], score: scores[i] }),
    ),
  );
}

function sampledRecord(
  question: Question,
  { answer, reply: _, at: __, seed, ...answered }: Drawn,
  { asker, time }: AttemptOptions,
): AnswerRecord {
  const { sampleTemperature: temperature } = asker.options;
  return { ...answerRecord(question, { ...answered, answer }, { asker, time, seed, temperature }), answer };
}

/** The prompt of a request is read once, so its tokens count for the first answer that came back. */
function costOf({ reply, at }: Drawn): Spent {
  return { promptTokens: at === 0 ? promptTokens(reply) : 0, completionTokens: completionTokens(reply, at) };
}

function sum(a: Spent, b: Spent): Spent {
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
  };
}
