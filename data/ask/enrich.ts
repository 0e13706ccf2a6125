import { VouchError } from '../../support/errors.js';
import { progress } from '../../support/progress.js';
import { recordSchema } from '../record.js';
import { askAll } from './ask-all.js';
import { askBeside } from './ask-beside.js';
import type { AskRun } from './collect.js';
import { digest } from './journal.js';
import { openAsker } from './open-asker.js';
import { prefixFor } from './prefix.js';
import type { Question } from './question.js';
import { readRecords } from './read-questions.js';
import { type AskSummary, summarise } from './summary.js';

/**
 * Adds samples, stated confidence, P(True) or a judge's verdict to answers that exist, in their order. What a record
 * holds already is neither asked again nor altered.
 */
export async function enrich(run: AskRun): Promise<AskSummary> {
  const { ask, way, prefix } = run;
  if (ask.samples === 0 && !ask.stated && !ask.ptrue && ask.judge === undefined) {
    const hint = 'Give --samples N, --stated, --ptrue or --judge MODEL.';
    throw new VouchError('BAD_USAGE', 'nothing was asked for', { hint });
  }
  const jobs = async function* () {
    for await (const { file, line, record } of readRecords(run.inputs, recordSchema)) {
      const turns = prefixFor({ ...record, prefix: null } as Question, prefix) ?? [];
      if (record.prompt == null && (record.messages ?? []).length === 0) {
        throw new VouchError('BAD_RECORD', 'no question to show', {
          file,
          line,
          field: 'prompt',
          expected: 'a prompt or messages',
        });
      }
      yield { id: record.id, of: digest([record, turns]), item: { record, turns } };
    }
  };
  let total = 0;
  for await (const _ of jobs()) total++;
  if (total === 0) throw new VouchError('NO_ANSWERS', 'there is no answer to enrich', { file: run.inputs.join(', ') });

  const asker = openAsker(ask, way, run.env, run.abort);
  const result = await askAll({
    ...run,
    asked: { vouch: 'enrich', ...ask },
    jobs,
    ask: ({ record, turns }) =>
      asker.client.at((chat) => {
        const tokens = record.decoding?.max_tokens;
        return askBeside(record, turns, typeof tokens === 'number' ? tokens : ask.maxTokens, asker, chat);
      }),
    concurrency: way.concurrency,
    giveUpAfter: way.giveUpAfter,
    progress: progress('enrich', { total, unit: 'answers', quiet: run.quiet }),
  });
  return summarise(run.out, result, asker);
}
