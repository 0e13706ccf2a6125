import { checkAnswer } from '../../data/check-record.js';
import { type Fields, isObject } from '../../data/check-value.js';
import { fromOpenAi } from '../../data/read/openai.js';
import type { AnswerRecord } from '../../data/record.js';
import { shortest } from '../../scorer/batch/shortest.js';
import type { AnswerScore, Score } from '../../scorer/open.js';
import { VouchError } from '../../support/errors.js';
import type { Live } from '../bundle/live.js';
import type { Ask } from './ask.js';

/** What the gateway says of one choice. */
export type Verdict =
  | { scored: false; why: string }
  | {
      scored: true;
      probability: number;
      decision: Score['decision'];
      why: Score['why'];
      low: number;
      high: number;
      shift: number;
      pattern: string;
      /** Version of the bundle. */
      bundle: string;
    };

export interface Judge {
  live: Live;
  task: string | null;
  scored(record: AnswerRecord, score: Score): void;
  /** Told of failures of the scorer. */
  failed(error: unknown): void;
}

const NO_REQUESTS = new Map<string, Fields>();

/**
 * Scores each choice of a completion as `vouch score` scores the logged line `{request, response}`; the other choices are its samples.
 * Never throws: an answer must arrive whatever becomes of its score.
 */
export async function judge({ live, task, scored, failed }: Judge, ask: Ask, completion: Fields): Promise<Verdict[]> {
  const choices = Array.isArray(completion.choices) ? completion.choices.filter(isObject) : [];
  const verdicts: Verdict[] = [];
  for (let i = 0; i < choices.length; i++) {
    try {
      const message = isObject(choices[i].message) ? (choices[i].message as Fields) : {};
      if (Array.isArray(message.tool_calls) && message.tool_calls.length > 0) {
        verdicts.push({ scored: false, why: 'a tool call is no answer' });
        continue;
      }
      const record = recordOf(ask, completion, choices, i, task);
      const loaded = live.take();
      try {
        const score = (await loaded.score(record)) as AnswerScore;
        scored(record, score);
        verdicts.push(verdictOf(score, loaded.version));
      } finally {
        live.give(loaded);
      }
    } catch (error) {
      failed(error);
      const why =
        error instanceof VouchError ? `${error.code}: ${error.detail.field ?? 'the answer'}` : 'the scorer failed';
      verdicts.push({ scored: false, why });
    }
  }
  return verdicts;
}

/** The i-th choice as a record. */
export function recordOf(
  ask: Ask,
  completion: Fields,
  choices: Fields[],
  i: number,
  task: string | null,
): AnswerRecord {
  const ordered = [choices[i], ...choices.filter((_, j) => j !== i)].map((choice, index) => ({ ...choice, index }));
  const row = {
    ...(task === null ? {} : { task }),
    ...ask.own,
    request: ask.body,
    response: { ...completion, choices: ordered },
  };
  return checkAnswer(fromOpenAi(row, NO_REQUESTS, 'answer', 1), 'answer', 1);
}

function verdictOf({ probability, decision, why, low, high, shift, pattern }: AnswerScore, bundle: string): Verdict {
  const numbers = { low: shortest(low), high: shortest(high), shift: shortest(shift) };
  return { scored: true, probability: shortest(probability), decision, why, ...numbers, pattern, bundle };
}
