import { promptOf } from '../../data/group.js';
import type { Answer } from '../../data/token-list.js';

interface TunedTexts {
  /** The question, and below it each passage of the context. */
  asked: string;
  answer: string;
}

/** The pair of texts that a tuned encoder reads of an answer. */
export function tunedTexts(record: Pick<Answer, 'prompt' | 'messages' | 'context' | 'answer'>): TunedTexts {
  const { context, answer } = record;
  const asked = [promptOf(record), ...(context ?? [])].filter((text) => text.trim() !== '').join('\n');
  return { asked, answer };
}
