import { VouchError } from '../../support/errors.js';
import type { Message } from '../record.js';
import { type AskRun, checkOut } from './ask-run.js';
import { type AskWork, askedBy, runWork } from './ask-work.js';
import { askHidden } from './hidden/ask-hidden.js';
import { digest } from './journal/journal.js';
import { modelsAsked } from './models-asked.js';
import { type Plan, planWork } from './plan/plan.js';
import { checkQuestion, type Question } from './question.js';
import { readRows } from './read-rows.js';
import { askAnswer } from './requests/ask-answer.js';
import { askExtras } from './requests/ask-extras.js';
import { prefixFor } from './requests/prefix.js';
import type { AskSummary } from './summary.js';
import { askVerifiers } from './verifiers/ask-verifiers.js';

/** Asks every question of the input files and writes one answer record per question, in the order of the questions. */
export async function collect(run: AskRun): Promise<AskSummary> {
  return runWork(run, await collecting(run));
}

/** What `collect` would ask and what that would cost. Asks and writes nothing. Errors: those of `collect`. */
export async function planCollect(run: AskRun): Promise<Plan> {
  return planWork(run, await collecting(run));
}

async function collecting(run: AskRun): Promise<AskWork<{ question: Question; turns: Message[] }>> {
  const { ask, way, prefix } = run;
  await checkOut(run);
  for (const [field, there] of [
    ['--model', ask.model !== undefined] as const,
    ['--endpoint', way.endpoints.length > 0] as const,
  ]) {
    if (!there) throw new VouchError('BAD_USAGE', 'nobody is named who could answer', { field });
  }
  modelsAsked(run);
  return {
    unit: 'questions',
    asked: askedBy('collect', run),
    jobs: async function* () {
      for await (const { file, line, row: question } of readRows(run.inputs, checkQuestion)) {
        const turns = prefixFor(question, prefix);
        if (turns === undefined) {
          const expected = Object.keys(prefix).join(', ') || 'a kind in the file of --prefix';
          const got = question.prefix;
          throw new VouchError('BAD_RECORD', 'no such prefix', { file, line, field: 'prefix', expected, got });
        }
        yield { id: question.id, of: digest([question, turns]), item: { question, turns } };
      }
    },
    ask: ({ question, turns }, asker) =>
      asker.client.at(async (chat) => {
        const record = await askAnswer(question, { prefix: turns, asker, chat, time: run.now().toISOString() });
        const { answer } = record;
        if (answer === null) return record;
        const maxTokens = question.max_tokens ?? ask.maxTokens;
        const answered = { ...record, answer };
        const verified = { ...answered, ...(await askVerifiers(answered, asker, way.giveUpAfter)) };
        const extras = await askExtras(verified, { prefix: turns, maxTokens, asker, chat });
        return { ...verified, ...(await askHidden(answered, turns, asker)), ...extras };
      }),
    lineOf: (_, record) => JSON.stringify(record),
    answerOf: () => undefined,
  };
}
