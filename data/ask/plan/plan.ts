import { VouchError } from '../../../support/errors.js';
import type { AskRun } from '../ask-run.js';
import type { AskWork } from '../ask-work.js';
import { earlierReplies } from '../journal/journal.js';
import { perModel } from '../per-model.js';
import { openVerifiers } from '../verifiers/open-verifiers.js';
import { dryAsker } from './dry-asker.js';
import { Ledger, type LedgerRow } from './ledger.js';
import { type Prices, priceOf } from './price.js';

/**
 * What a run would ask. Completion tokens are an upper bound, prompt tokens an estimate that counts replies at their
 * longest. `price` is null where no price was given for a model.
 */
export interface Plan {
  out: string;
  unit: string;
  /** Questions or answers in the input, those that an earlier run has finished, and those that are left. */
  total: number;
  before: number;
  left: number;
  rows: (LedgerRow & { price: number | null })[];
  calls: number;
  promptTokens: number;
  completionTokens: number;
  price: number | null;
  /** How the numbers were made, one fact each. */
  method: string[];
}

const METHOD = [
  'tokens are estimates: UTF-8 bytes / 4 (English: characters / 4), for an answer with recorded tokens their number; ' +
    'no chat template is counted',
  'completion tokens are the most that replies may have; replies that later prompts repeat count at their longest',
  'retries are not counted, and samples count as one request per question, as for endpoints that accept n',
];

/** Counts what the work would ask, without asking, writing or locking anything. Errors: those of the run itself. */
export async function planWork<T>(run: AskRun, work: AskWork<T>): Promise<Plan> {
  const { out, ask, restart } = run;
  await openVerifiers(run); // refuses programs that do not exist
  const done = await earlierReplies(out, work.asked, restart);
  const ledger = new Ledger();
  let total = 0;
  let before = 0;
  for await (const { id, of, item } of work.jobs()) {
    total++;
    if (done.get(id) === of) before++;
    else await work.ask(item, dryAsker(run, ledger, work.answerOf(item)));
  }
  if (total === 0) throw new VouchError('NO_ANSWERS', `there are no ${work.unit} to ask`);
  const models = [ask.model, ask.crossExamine, ask.entailModel, ...ask.judge].filter((model) => model !== undefined);
  const prices: Prices = {
    prompt: perModel(run.prices?.prompt ?? [], '--price-prompt', models),
    completion: perModel(run.prices?.completion ?? [], '--price-completion', models),
  };
  const rows = ledger.rows.map((row) => ({ ...row, price: priceOf(row, prices) }));
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + of(row), 0);
  const known = rows.every(({ price }) => price !== null);
  return {
    out,
    unit: work.unit,
    total,
    before,
    left: total - before,
    rows,
    calls: sum(({ calls }) => calls),
    promptTokens: sum(({ promptTokens }) => promptTokens),
    completionTokens: sum(({ completionTokens }) => completionTokens),
    price: known ? sum(({ price }) => price ?? 0) : null,
    method: METHOD,
  };
}
