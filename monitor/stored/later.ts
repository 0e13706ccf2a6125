import type { Span } from '../../store/read/answers-since.js';
import type { Said } from '../../store/read/said.js';
import { saidLater } from '../../store/read/said.js';
import type { Database } from '../../store/schema.js';
import { type FeedbackCounts, feedbackCounts } from '../feedback.js';
import { storedQuestion } from './named.js';

/** Feedback on accepted answers of earlier runs: questions by what was said, and the number of feedbacks. */
interface Later {
  counts: FeedbackCounts;
  feedback: number;
}

interface Given {
  span: Span;
  isReview(said: Pick<Said, 'kind' | 'source'>): boolean;
  /** Whether an answer to the question was drawn. Reviews of drawn answers are no feedback. */
  wasDrawn(question: string): boolean;
  /** Whether the question is in the random part that the run looks at. */
  isLookedAt(question: string): boolean;
}

/** Counts them; a question counts once. Memory: two numbers per question with such feedback. */
export async function feedbackLater(db: Database, { span, isReview, wasDrawn, isLookedAt }: Given): Promise<Later> {
  const sums = new Map<string, { sum: number; n: number }>();
  let feedback = 0;
  for await (const part of saidLater(db, span)) {
    for (const said of part) {
      const question = storedQuestion({ ...said, seq: said.scored });
      if ((isReview(said) && wasDrawn(question)) || !isLookedAt(question)) continue;
      const own = sums.get(question) ?? { sum: 0, n: 0 };
      own.sum += said.label;
      own.n++;
      sums.set(question, own);
      feedback++;
    }
  }
  return { counts: feedbackCounts([...sums.values()].map(({ sum, n }) => [sum / n])), feedback };
}
