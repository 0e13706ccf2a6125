import { VouchError } from '../../support/errors.js';
import { checkRecord } from '../check-record.js';
import type { LoggedRecord } from '../record.js';
import { type AskRun, checkOut } from './ask-run.js';
import { askAll } from './journal/ask-all.js';
import { digest } from './journal/journal.js';
import { spliceJson } from './journal/splice-json.js';
import { openAsker } from './open-asker.js';
import { readRows } from './read-rows.js';
import { askExtras } from './requests/ask-extras.js';
import { prefixFor } from './requests/prefix.js';
import { type AskSummary, summarise } from './summary.js';

/**
 * Adds samples, stated confidence, P(True) or a judge's verdict to existing answers, in their order. Fields that a
 * record already has are neither asked for again nor changed: new fields are inserted into its line and all other bytes
 * stay as they are.
 */
export async function enrich(run: AskRun): Promise<AskSummary> {
  const { ask, way, prefix } = run;
  await checkOut(run);
  if (ask.samples === 0 && !ask.stated && !ask.ptrue && ask.judge === undefined) {
    const hint = 'Give --samples N, --stated, --ptrue or --judge MODEL.';
    throw new VouchError('BAD_USAGE', 'no option says what to add to the answers', { hint });
  }
  const asker = openAsker(run);
  const jobs = async function* () {
    for await (const { row: record, text } of readRows(run.inputs, checkLine)) {
      const turns = prefixFor({ task: record.task }, prefix) ?? [];
      yield { id: record.id, of: digest([text, turns]), item: { record, turns, text } };
    }
  };
  const result = await askAll({
    ...run,
    unit: 'answers',
    asked: { vouch: 'enrich', ...ask },
    jobs,
    ask: async ({ record, turns }) => {
      const { answer } = record;
      if (answer === null) {
        asker.tally.noAnswer++;
        return {};
      }
      if (isAskable(record)) {
        const own = record.decoding?.max_tokens;
        const maxTokens = typeof own === 'number' && own >= 1 ? own : ask.maxTokens;
        return asker.client.at((chat) => askExtras({ ...record, answer }, { prefix: turns, maxTokens, asker, chat }));
      }
      asker.tally.noQuestion++;
      return {};
    },
    lineOf: ({ record, text }, extras) => spliceJson(text, { id: record.id, ...extras }),
    concurrency: way.concurrency,
    giveUpAfter: way.giveUpAfter,
  });
  return summarise(run.out, result, asker);
}

/**
 * Checks a line. A label in shorthand stays in its field instead of being moved into `labels`, because the line keeps
 * it.
 */
function checkLine(value: unknown, file: string, line: number): LoggedRecord {
  const labels = (value as Partial<LoggedRecord> | null)?.labels;
  return { ...checkRecord(value, file, line), labels };
}

function isAskable(record: LoggedRecord): boolean {
  return record.prompt != null || (record.messages ?? []).length > 0;
}
