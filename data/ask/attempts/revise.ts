import type { AnswerRecord, LoggedRecord, Message } from '../../record.js';
import type { Question } from '../question.js';
import { askAnswer, maxTokensOf } from '../requests/ask-answer.js';
import type { AttemptOptions } from './best-of.js';
import { complete } from './complete.js';
import { doubtText } from './doubt.js';
import { marked, type Tried } from './mark.js';
import { metered } from './metered.js';

/** At most `most` revisions; none after an answer with a probability of at least `until`. */
interface ReviseOptions extends AttemptOptions {
  most: number;
  until: number;
}

/**
 * Asks a question, then asks again and names what makes the answer doubtful. Stops as soon as the probability reaches
 * `until`, does not rise, or was asked `most` times. A revised answer keeps the samples of the first one, because these
 * are answers to the same prompt. Returns the records of all attempts in their order.
 */
export async function revise(question: Question, options: ReviseOptions): Promise<LoggedRecord[]> {
  const { prefix, asker, chat, scorer, giveUpAfter, most, until } = options;
  const maxTokens = maxTokensOf(question, asker);
  const tried: Tried[] = [];
  let after: Message[] = [];
  let doubt: string | undefined;
  for (let number = 0; number <= most; number++) {
    const meter = metered(chat);
    const again = { kind: 'revision', purpose: `revision ${number}`, after } as const;
    const asked = await askAnswer(question, { ...options, chat: meter.chat }, number === 0 ? undefined : again);
    const { answer } = asked;
    const attempt = {
      kind: number === 0 ? 'first' : 'revised',
      spent: meter.spent,
      onSamples: meter.onSamples,
      doubt,
    } as const;
    if (answer === null) {
      tried.push({ record: asked, ...attempt });
      break;
    }
    const { samples } = tried[0]?.record ?? {};
    const answered: AnswerRecord = { ...asked, answer, ...(samples == null ? {} : { samples }) };
    const record = await complete(answered, { prefix, maxTokens, asker, chat: meter.chat, giveUpAfter });
    const [score] = await scorer.score([record]);
    const before = tried.at(-1)?.score?.probability ?? Number.NEGATIVE_INFINITY;
    tried.push({ record, ...attempt, score });
    if (!(score.probability < until) || !(score.probability > before)) break;
    doubt = doubtText(answer, record.samples ?? [], score.doubts);
    after = [...after, { role: 'assistant', content: answer }, { role: 'user', content: doubt }];
  }
  return marked(tried);
}
