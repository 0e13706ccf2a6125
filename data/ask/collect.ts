import { VouchError } from '../../support/errors.js';
import type { Message } from '../record.js';
import { type AskRun, checkOut } from './ask-run.js';
import { type AskWork, askedBy, runWork } from './ask-work.js';
import type { Asker } from './asker.js';
import { bestOf } from './attempts/best-of.js';
import { checkAttempts } from './attempts/check-attempts.js';
import { complete } from './attempts/complete.js';
import { revise } from './attempts/revise.js';
import { digest } from './journal/journal.js';
import { modelsAsked } from './models-asked.js';
import { type Plan, planWork } from './plan/plan.js';
import { checkQuestion, type Question } from './question.js';
import { readRows } from './read-rows.js';
import { askAnswer, maxTokensOf } from './requests/ask-answer.js';
import { prefixFor } from './requests/prefix.js';
import type { AskSummary } from './summary.js';

/**
 * Asks every question of the input files and writes one answer record per question, in the order of the questions; with
 * `bestOf` or `revise`, one record for each attempt.
 */
export async function collect(run: AskRun): Promise<AskSummary> {
  return runWork(run, await collecting(run));
}

/** What `collect` would ask and what that would cost. Asks and writes nothing. Errors: those of `collect`. */
export async function planCollect(run: AskRun): Promise<Plan> {
  return planWork(run, await collecting(run, { isDry: true }));
}

interface Item {
  question: Question;
  turns: Message[];
}

async function collecting(run: AskRun, { isDry = false } = {}): Promise<AskWork<Item>> {
  const { ask, way, prefix } = run;
  await checkOut(run);
  for (const [field, there, expected] of [
    ['--model', ask.model !== undefined, 'the name of the model that answers'] as const,
    ['--endpoint', way.endpoints.length > 0, 'the address of an endpoint'] as const,
  ]) {
    if (!there)
      throw new VouchError('BAD_USAGE', 'is missing, and no model can be asked without it', { field, expected });
  }
  modelsAsked(run);
  const scorer = checkAttempts(run, isDry);
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
        const how = { prefix: turns, asker, chat, time: run.now().toISOString(), giveUpAfter: way.giveUpAfter };
        if (scorer === undefined) return askOnce(question, how);
        const { bestOf: n, revise: most, reviseUntil: until } = ask;
        const attempts =
          n > 1
            ? await bestOf(question, n, { ...how, scorer })
            : await revise(question, { ...how, scorer, most, until });
        return { attempts };
      }),
    linesOf: (_, record) =>
      scorer === undefined
        ? [JSON.stringify(record)]
        : (record.attempts as object[]).map((attempt) => JSON.stringify(attempt)),
    answerOf: () => undefined,
  };
}

type AskHow = Parameters<typeof askAnswer>[1] & { asker: Asker; giveUpAfter: number };

async function askOnce(question: Question, how: AskHow): Promise<object> {
  const record = await askAnswer(question, how);
  const { answer } = record;
  if (answer === null) return record;
  return complete({ ...record, answer }, { ...how, maxTokens: maxTokensOf(question, how.asker) });
}
