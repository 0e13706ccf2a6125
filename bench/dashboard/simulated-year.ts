import { checkFeedback } from '../../store/feedback/check.js';
import type { Store } from '../../store/open.js';
import { packSignals } from '../../store/signals.js';
import type { ScoredRow } from '../../store/write/scored.js';
import { write } from '../../store/write/write.js';
import { type Random, random } from '../../support/random.js';
import { DAY } from '../../support/time/day.js';

/** SIMULATED: a year of scored answers and feedback that never were, for tests and benchmarks of what shows them. */
export interface Year {
  answers: number;
  /** Digests of the bundle in use until month 6, and of the one after it. */
  bundles: readonly [string, string];
  /** Number of numeric signals of the bundle. */
  signals: number;
  /** End of the year, in ms since 1970. */
  end: number;
  tenants?: readonly string[];
  /** Share of answers with feedback of a user; a tenth of it comes from reviewers besides. */
  feedback?: number;
  texts?: boolean;
  /** Whether a policy decided, which buys an entailment score and then a larger model. */
  policy?: boolean;
}

/** Answers per transaction. */
const BATCH = 1000;

/** Fills a store in the order of time. A second model begins in month 5, a new task in month 9; errors rise then. */
export async function fillYear(store: Store, year: Year): Promise<void> {
  const draw = random('a year');
  const { answers, end, feedback = 0.02 } = year;
  for (let from = 0; from < answers; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, answers - from) }, (_, k) => answerOf(from + k, year, draw));
    const said = rows.flatMap((row) => (draw.next() < feedback ? saidOn(row, draw) : []));
    const byTenant = new Map<string, object[]>();
    for (const { tenant, value } of said) byTenant.set(tenant, [...(byTenant.get(tenant) ?? []), value]);
    const received = Math.min(end, rows[rows.length - 1].time + 3_600_000);
    const sent = [...byTenant].map(([tenant, values]) => ({
      ...{ tenant, received, feedback: values.flatMap(checkFeedback) },
    }));
    await write(store, rows, sent);
  }
}

/** The i-th answer of a year. */
export function answerOf(
  i: number,
  { answers, bundles, signals, end, tenants = [''], texts = false, policy = false }: Year,
  draw: Random,
): ScoredRow {
  const place = i / answers;
  const time = Math.floor(end - 365 * DAY * (1 - place));
  const model = place > 4 / 12 && draw.next() < 0.4 ? 'model-b' : 'model-a';
  const task = place > 8 / 12 && draw.next() < 0.3 ? 'contracts' : draw.next() < 0.5 ? 'support' : 'search';
  const z = 2 + 1.4 * draw.normal() - (model === 'model-b' ? 0.5 : 0) - (task === 'contracts' ? 0.7 : 0);
  const probability = 1 / (1 + Math.exp(-z));
  const isNew = task === 'contracts' && place < 10 / 12;
  const decision = isNew ? null : probability >= 0.85 ? 'accept' : probability < 0.4 ? 'escalate' : 'abstain';
  const why = isNew ? 'unseen task' : decision === 'accept' ? null : draw.next() < 0.1 ? 'shifted' : null;
  const features = Float32Array.from({ length: signals }, (_, s) =>
    draw.next() < 0.03 ? Number.NaN : draw.normal() + (s % 2 === 0 && place > 8 / 12 ? 0.8 : 0),
  );
  const id = `a${i}`;
  return {
    ...{ id, response: null, person: null, question: null, time, tenant: tenants[i % tenants.length] },
    ...{ bundle: bundles[place < 0.5 ? 0 : 1], way: 'direct', model, task, selected: draw.next() < 0.02 ? 1 : 0 },
    ...{ probability, logit: z, low: null, high: null, shift: 0.4, decision, why, missing: null },
    ...{
      pattern: 'free',
      slice: null,
      claim: decision === 'accept' ? 'c1' : null,
      basis: policy ? boughtFor(probability, place) : null,
      promise: null,
    },
    signals: packSignals({ features, categories: Int32Array.of(1), words: new Int32Array(0), embeddings: [] }),
    prompt: texts ? PROMPT : null,
    answer: texts ? `Canberra is the capital (answer ${i}).` : null,
  };
}

/** Doubtful answers need more; the entailment score fails now and then in month 10. */
function boughtFor(probability: number, place: number): string {
  if (probability >= 0.95) return 'policy()';
  if (place > 9 / 12 && place < 10 / 12 && probability < 0.6) return 'policy(nli!)';
  return probability >= 0.8 ? 'policy(nli)' : 'policy(nli,large)';
}

const PROMPT = JSON.stringify([
  { role: 'system', content: 'Answer briefly.' },
  { role: 'user', content: 'What is the capital of Australia, and since when? <b>Be exact.</b>' },
]);

/** A thumb, rarely with a second opinion, a wrong id, or a verdict of a reviewer. */
function saidOn({ id, tenant, probability, task }: ScoredRow, draw: Random): { tenant: string; value: object }[] {
  const right = draw.next() < (probability as number) - (task === 'contracts' ? 0.15 : 0);
  if (right && draw.next() < 0.5) return []; // users report errors more often
  const said: object[] = [{ id, thumb: right ? 'up' : 'down' }];
  if (draw.next() < 0.1) said.push({ id, verdict: right ? 'right' : 'wrong', source: 'reviewer', rater: 'anna' });
  if (draw.next() < 0.02) said.push({ id, thumb: right ? 'down' : 'up', rater: 'other' });
  if (draw.next() < 0.02) said.push({ id: `${id}-lost`, stars: 1 + draw.int(5) });
  return said.map((value) => ({ tenant, value }));
}
