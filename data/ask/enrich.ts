import { VouchError } from '../../support/errors.js';
import { checkRecord } from '../check-record.js';
import { tokensBeforeEnd } from '../counted-tokens.js';
import type { AnswerRecord, LoggedRecord, Message } from '../record.js';
import { type AskRun, checkOut } from './ask-run.js';
import { type AskWork, askedBy, runWork } from './ask-work.js';
import type { Asker } from './asker.js';
import { askHidden } from './hidden/ask-hidden.js';
import { digest } from './journal/journal.js';
import { spliceJson } from './journal/splice-json.js';
import { isAskable } from './lay-out.js';
import { modelsAsked } from './models-asked.js';
import { type Plan, planWork } from './plan/plan.js';
import { readRows } from './read-rows.js';
import { askExtras, type Extras } from './requests/ask-extras.js';
import { prefixFor } from './requests/prefix.js';
import type { AskSummary } from './summary.js';
import { askVerifiers } from './verifiers/ask-verifiers.js';

/**
 * Adds samples, stated confidence, P(True), verdicts of judges, entailments, scores of verifiers or hidden states to
 * existing answers, in their order. Fields that a record already has are neither asked for again nor changed: new
 * fields are inserted into its line and all other bytes stay as they are.
 */
export async function enrich(run: AskRun): Promise<AskSummary> {
  return runWork(run, await enriching(run));
}

/** What `enrich` would ask and what that would cost. Asks and writes nothing. Errors: those of `enrich`. */
export async function planEnrich(run: AskRun): Promise<Plan> {
  return planWork(run, await enriching(run, { isDry: true }));
}

type Checked = LoggedRecord & Pick<Line, 'isShort'>;

interface Line {
  record: LoggedRecord;
  turns: Message[];
  text: string;
  /** Whether the line has `embedding`, which is short for `embeddings.default`. */
  isShort: boolean;
}

async function enriching(run: AskRun, { isDry = false } = {}): Promise<AskWork<Line>> {
  const { way, prefix } = run;
  const meaning = isDry ? undefined : run.meaning; // models on this machine cost nothing that a dry run counts
  await checkOut(run);
  const { answering, others } = modelsAsked(run);
  const verifying = way.verifiers.length + way.verifierCommands.length > 0;
  if (!answering && others.length === 0 && !verifying && run.meaning === undefined && way.hidden === undefined) {
    const hint =
      'Give --samples N, --stated, --stated-after K, --ptrue, --judge MODEL, --cross-examine MODEL, ' +
      '--entail-model MODEL, --verifier URL, --verifier-command PROGRAM, --hidden URL, --encoder DIR or --nli DIR.';
    throw new VouchError('BAD_USAGE', 'no option says what to add to the answers', { hint });
  }
  const asksModels = answering || others.length > 0;
  const asked = async ({ record, turns }: Line, asker: Asker): Promise<Extras & Pick<AnswerRecord, 'embeddings'>> => {
    const { answer } = record;
    if (answer === null) {
      asker.tally.noAnswer++;
      return {};
    }
    const answered = { ...record, answer };
    if ((asksModels || way.hidden !== undefined) && !isAskable(record)) asker.tally.noQuestion++;
    const states = await askHidden(answered, turns, asker);
    const verified = { ...states, ...(await askVerifiers(answered, asker, way.giveUpAfter)) };
    if (!asksModels || !isAskable(record)) return verified;
    return { ...verified, ...(await modelExtras({ ...answered, ...verified }, turns, asker)) };
  };
  const ask = async (line: Line, asker: Asker): Promise<Partial<LoggedRecord>> => {
    const extras: Partial<LoggedRecord> = await asked(line, asker);
    const fields = { ...extras, ...(await meaning?.fieldsOf({ ...line.record, ...extras })) };
    const { embeddings, ...others } = fields;
    if (embeddings == null) return others;
    const { default: short, ...named } = embeddings; // stays in the line as `embedding` if it came so
    return { ...fields, embeddings: line.isShort || short == null ? named : embeddings };
  };
  const modelExtras = (record: AnswerRecord, turns: Message[], asker: Asker): Promise<Extras> => {
    const own = record.decoding?.max_tokens;
    const maxTokens = typeof own === 'number' && own >= 1 ? own : run.ask.maxTokens;
    const options = { prefix: turns, maxTokens, asker };
    if (!answering) return askExtras(record, { ...options, chat: undefined });
    return asker.client.at((chat) => askExtras(record, { ...options, chat }));
  };
  return {
    unit: 'answers',
    asked: askedBy('enrich', run),
    jobs: async function* () {
      for await (const { row, text } of readRows(run.inputs, checkLine)) {
        const { isShort, ...record } = row;
        const turns = prefixFor({ task: record.task }, prefix) ?? [];
        yield { id: record.id, of: digest([text, turns]), item: { record, turns, text, isShort } };
      }
    },
    ask,
    linesOf: ({ record, text }, extras) => [spliceJson(text, { id: record.id, ...extras })],
    answerOf: ({ record: { answer, tokens } }) =>
      answer === null || tokens == null || tokens.length === 0
        ? undefined
        : { text: answer, tokens: tokensBeforeEnd(tokens, answer) },
  };
}

/**
 * Checks a line. A label in shorthand stays in its field instead of being moved into `labels`, because the line keeps
 * it.
 */
function checkLine(value: unknown, file: string, line: number): Checked {
  const { labels, embedding } = (value ?? {}) as Partial<LoggedRecord>;
  return { ...checkRecord(value, file, line), labels, isShort: embedding != null };
}
