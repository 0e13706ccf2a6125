import type { TextPair } from '../../entailment/plan.js';
import type { Message } from '../../record.js';

/**
 * Asks whether one answer entails another one, or a passage an answer, given the question. The labels and the question
 * asked are those of Farquhar et al. 2024, Methods; the words are ours, as is the prompt for
 * passages.
 */
export function entailmentMessages(question: string, { premise, hypothesis, of }: TextPair): Message[] {
  const labels = 'Reply with one word: entailment, contradiction or neutral.';
  const content =
    of === 'text'
      ? `Here are two possible answers to a question.\nQuestion: ${question}\nFirst answer: ${premise}\n` +
        `Second answer: ${hypothesis}\nGiven the question, does the meaning of the first answer entail that of the ` +
        `second answer? ${labels}`
      : `Here are a passage, a question and a possible answer.\nPassage: ${premise}\nQuestion: ${question}\n` +
        `Answer: ${hypothesis}\nDoes the passage entail this answer to the question, contradict it, or neither? ${labels}`;
  return [{ role: 'user', content }];
}
