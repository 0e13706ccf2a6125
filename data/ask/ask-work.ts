import type { AskRun } from './ask-run.js';
import type { Asker } from './asker.js';
import { namedHidden } from './hidden/ask-hidden.js';
import { askAll } from './journal/ask-all.js';
import type { Job } from './journal/job.js';
import { openAsker } from './open-asker.js';
import { askDefaults } from './options.js';
import { type AskSummary, summarise } from './summary.js';
import { namedVerifiers } from './verifiers/named-verifiers.js';

/** The work of `collect` or `enrich`: what a run does, and what a dry run counts. */
export interface AskWork<T> {
  /** The name of what is counted, for example `questions`. */
  unit: string;
  /** The options that decide what is asked. An interrupted run is continued only under the same options. */
  asked: Record<string, unknown>;
  /** The jobs in order. It is called several times. */
  jobs: () => AsyncIterable<Job<T>>;
  ask: (item: T, asker: Asker) => Promise<object>;
  /** Makes the output lines of a job from its item and its record in the journal. */
  linesOf: (item: T, record: Record<string, unknown>) => readonly string[];
  /** The answer that an item has already, and how many tokens it is known to have. */
  answerOf: (item: T) => { text: string; tokens: number } | undefined;
}

/** Does the work: asks, and writes the output. */
export async function runWork<T>(run: AskRun, work: AskWork<T>): Promise<AskSummary> {
  const asker = await openAsker(run);
  const { concurrency, giveUpAfter } = run.way;
  const result = await askAll({
    ...run,
    ...work,
    ask: (item) => work.ask(item, asker),
    concurrency,
    giveUpAfter,
  });
  return summarise(run.out, result, asker);
}

/** Options that came later. At their defaults they are left out, so that runs of earlier versions can be continued. */
const LATER = {
  judge: [],
  judgeOrders: askDefaults.judgeOrders,
  judgeRepeats: askDefaults.judgeRepeats,
  judgeTemperature: askDefaults.judgeTemperature,
  statedAfter: askDefaults.statedAfter,
  crossExamineRounds: askDefaults.crossExamineRounds,
  bestOf: askDefaults.bestOf,
  revise: askDefaults.revise,
  reviseUntil: askDefaults.reviseUntil,
};

/**
 * The options that decide what is asked, as the journal compares them. Of the verifiers and of
 * `--hidden`, only the names count.
 */
export function askedBy(vouch: 'collect' | 'enrich', { ask, way, meaning, scorer }: AskRun): Record<string, unknown> {
  const verifiers = namedVerifiers(way).map(({ name }) => name);
  const judge = ask.judge.length === 1 ? ask.judge[0] : ask.judge;
  const asked: Record<string, unknown> = { vouch, ...ask, judge };
  for (const [key, value] of Object.entries(LATER)) {
    if (JSON.stringify(asked[key]) === JSON.stringify(value)) delete asked[key];
  }
  if (meaning !== undefined) asked.meaning = meaning.facts;
  if (scorer !== undefined) asked.bundle = scorer.facts;
  if (way.hidden !== undefined) asked.hidden = namedHidden(way.hidden).name;
  return verifiers.length === 0 ? asked : { ...asked, verifiers };
}
