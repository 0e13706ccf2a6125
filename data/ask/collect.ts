import { VouchError } from '../../support/errors.js';
import { type AskRun, checkOut } from './ask-run.js';
import { askAll } from './journal/ask-all.js';
import { digest } from './journal/journal.js';
import { openAsker } from './open-asker.js';
import { checkQuestion } from './question.js';
import { readRows } from './read-rows.js';
import { askAnswer } from './requests/ask-answer.js';
import { askExtras } from './requests/ask-extras.js';
import { prefixFor } from './requests/prefix.js';
import { type AskSummary, summarise } from './summary.js';

/** Asks every question of the input files and writes one answer record per question, in the order of the questions. */
export async function collect(run: AskRun): Promise<AskSummary> {
  const { ask, way, prefix } = run;
  await checkOut(run);
  const asker = openAsker(run);
  const jobs = async function* () {
    for await (const { file, line, row: question } of readRows(run.inputs, checkQuestion)) {
      const turns = prefixFor(question, prefix);
      if (turns === undefined) {
        const expected = Object.keys(prefix).join(', ') || 'a kind in the file of --prefix';
        const got = question.prefix;
        throw new VouchError('BAD_RECORD', 'no such prefix', { file, line, field: 'prefix', expected, got });
      }
      yield { id: question.id, of: digest([question, turns]), item: { question, turns } };
    }
  };
  const result = await askAll({
    ...run,
    unit: 'questions',
    asked: { vouch: 'collect', ...ask },
    jobs,
    ask: ({ question, turns }) =>
      asker.client.at(async (chat) => {
        const record = await askAnswer(question, { prefix: turns, asker, chat, time: run.now().toISOString() });
        const { answer } = record;
        if (answer === null) return record;
        const maxTokens = question.max_tokens ?? ask.maxTokens;
        return { ...record, ...(await askExtras({ ...record, answer }, { prefix: turns, maxTokens, asker, chat })) };
      }),
    lineOf: (_, record) => JSON.stringify(record),
    concurrency: way.concurrency,
    giveUpAfter: way.giveUpAfter,
  });
  return summarise(run.out, result, asker);
}
