import { VouchError } from '../../support/errors.js';
import { progress } from '../../support/progress.js';
import { askAll } from './ask-all.js';
import { askAnswer } from './ask-answer.js';
import { askBeside } from './ask-beside.js';
import { digest } from './journal.js';
import { openAsker } from './open-asker.js';
import type { AskOptions, WayOptions } from './options.js';
import { type Prefix, prefixFor } from './prefix.js';
import { type Question, questionSchema } from './question.js';
import { readRecords } from './read-questions.js';
import { type AskSummary, summarise } from './summary.js';

/** A run of asking, for `collect` and `enrich` alike. */
export interface AskRun {
  inputs: readonly string[];
  out: string;
  ask: AskOptions;
  way: WayOptions;
  prefix: Prefix;
  restart: boolean;
  env: Record<string, string | undefined>;
  /** The time that answers are stamped with. */
  now: () => Date;
  quiet?: boolean;
  /** `stop` ends the run after what is in flight, `abort` at once. */
  stop?: AbortSignal;
  abort?: AbortSignal;
}

/** Asks every question of the files and writes an answer record for each, in their order. */
export async function collect(run: AskRun): Promise<AskSummary> {
  const { ask, way, prefix } = run;
  const jobs = async function* () {
    for await (const { file, line, record } of readRecords(run.inputs, questionSchema)) {
      const question = record as Question;
      const turns = prefixFor(question, prefix);
      if (turns === undefined) {
        const expected = `one of ${Object.keys(prefix).join(', ') || 'none: no --prefix was given'}`;
        throw new VouchError('BAD_RECORD', 'no such prefix', {
          file,
          line,
          field: 'prefix',
          expected,
          got: question.prefix,
        });
      }
      yield { id: question.id, of: digest([question, turns]), item: { question, turns } };
    }
  };
  let total = 0;
  for await (const _ of jobs()) total++;
  if (total === 0) throw new VouchError('NO_ANSWERS', 'there is no question to ask', { file: run.inputs.join(', ') });

  const asker = openAsker(ask, way, run.env, run.abort);
  const result = await askAll({
    ...run,
    asked: { vouch: 'collect', ...ask },
    jobs,
    ask: ({ question, turns }) =>
      asker.client.at(async (chat) => {
        const record = await askAnswer(question, turns, asker, chat, run.now().toISOString());
        return askBeside(record, turns, question.max_tokens ?? ask.maxTokens, asker, chat);
      }),
    concurrency: way.concurrency,
    giveUpAfter: way.giveUpAfter,
    progress: progress('collect', { total, unit: 'questions', quiet: run.quiet }),
  });
  return summarise(run.out, result, asker);
}
