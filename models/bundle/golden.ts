import type { AnswerRecord } from '../../data/record.js';
import type { SignalSchema } from '../../features/schema.js';
import { type EmbeddingShape, embeddingInput } from '../../features/vectors/embeddings.js';
import type { Random } from '../../support/random.js';

/**
 * A golden row: a synthetic record, the inputs that are computed from it, and the outputs of the graph. NaN is written
 * as null.
 */
export interface GoldenRow {
  record: AnswerRecord;
  features: (number | null)[];
  categories: number[];
  pattern: string;
  /** `accept`, `abstain`, `escalate` or null; why no claim covers the row and what is missing, else the claim. */
  decision: string | null;
  why: string | null;
  missing: readonly string[] | null;
  claim: string | null;
  logit: number;
  probability: number;
}

const words =
  'amber basin cedar delta ember fjord grove haven islet jetty knoll ledge marsh north orbit pearl quay ridge'.split(
    ' ',
  );

/**
 * What a decision needs of a record: fields and signals that training always had, and known names of models and tasks.
 */
interface Needed {
  names: readonly string[];
  models: readonly string[];
  tasks: readonly string[];
}

const NOTHING: Needed = { names: [], models: [], tasks: [] };

/**
 * Synthetic records, never users' data. Together they exercise every kind of signal that a schema can have, present and
 * missing, so that any other implementation can be checked against them step by step. Every second record has
 * everything that a decision needs (`needed`). Some records count as selected, and some name neither model nor task.
 */
export function syntheticRecords(
  schema: SignalSchema,
  count: number,
  random: Random,
  needed: Needed = NOTHING,
): AnswerRecord[] {
  return Array.from({ length: count }, (_, i) => {
    const whole = i % 2 === 1 ? needed : NOTHING;
    const record = syntheticRecord(schema, `golden-${i}`, i, random.fork(i), new Set(whole.names));
    const named = random.fork(`${i} named`);
    for (const [field, known] of [['model', whole.models] as const, ['task', whole.tasks] as const]) {
      if (known.length > 0) record[field] = known[named.int(known.length)];
    }
    if (i % 8 === 7) record.selected = true;
    if (i % 8 === 4) record.model = record.task = undefined;
    return record;
  });
}

function syntheticRecord(
  schema: SignalSchema,
  id: string,
  i: number,
  random: Random,
  needed: ReadonlySet<string>,
): AnswerRecord {
  const phrase = (n: number) => Array.from({ length: n }, () => words[random.int(words.length)]).join(' ');
  const has = (share: number, need = '') => {
    const drawn = random.next() < share;
    return (
      i > 0 && (drawn || [...needed].some((name) => need !== '' && (name === need || name.startsWith(`${need}.`))))
    );
  };
  const answer = i % 7 === 3 ? '' : `The ${phrase(2 + random.int(6))} has ${random.int(900)} of Haven.`;
  const record: AnswerRecord = { id, answer, prompt: `How many ${phrase(4 + random.int(8))}?` };
  if (has(0.6, 'tokens'))
    record.tokens = answer.split(/(?= )/).map((token) => syntheticToken(token, Math.max(schema.topK, 2), random));
  if (has(0.4, 'context')) record.context = [`${phrase(20)} ${random.int(900)} ${answer}`, phrase(12)];
  if (needed.has('facts')) record.facts = [phrase(10)];
  if (has(0.3, 'reasoning')) record.reasoning = `First ${phrase(8)}. Perhaps ${phrase(5)}; wait, no: ${phrase(4)}.`;
  if (has(0.5, 'samples'))
    record.samples = Array.from({ length: 1 + random.int(5) }, (_, k) => syntheticSample(answer, k, phrase, random));
  if (has(0.4, 'stated')) record.stated = Math.round(random.next() * 20) / 20;
  if (has(0.3, 'choices')) record.choices = syntheticChoices(random);
  if (has(0.6, 'verifiers')) record.verifiers = dynamicNumbers(schema, 'verifiers.', random);
  const vectors = (schema.embeddings ?? []).filter(({ name }) => has(0.8, embeddingInput(name)));
  if (vectors.length > 0) record.embeddings = syntheticVectors(vectors, random);
  if (has(0.6, 'features'))
    record.features = { ...dynamicNumbers(schema, 'features.', random), ...categories(schema, random) };
  for (const { name, vocabulary } of schema.categorical) {
    if (name === 'model' || name === 'task')
      record[name] = has(0.8) ? vocabulary[random.int(vocabulary.length)] : 'never seen';
  }
  return record;
}

function syntheticToken(token: string, k: number, random: Random) {
  const logprob = Math.log(1 - random.next() ** 2 * 0.999);
  const rest = -Math.expm1(logprob);
  const top = [{ token, logprob }];
  for (let j = 1; j < k; j++) top.push({ token: `${token}${j}`, logprob: Math.log(rest * 0.5 ** j + 1e-9) });
  return { token, logprob, top };
}

function syntheticSample(answer: string, k: number, phrase: (n: number) => string, random: Random) {
  const other = random.next() < 0.3 ? { model: `other-${k}` } : {};
  return { answer: random.next() < 0.5 ? answer : `${phrase(3)} ${random.int(50)}`, temperature: 0.8, ...other };
}

function syntheticChoices(random: Random): Record<string, number> {
  const a = random.next();
  const b = (1 - a) * random.next();
  return { A: a, B: b, C: 1 - a - b };
}

/** Vectors of length about 1, as encoders give them, with three digits. */
function syntheticVectors(shapes: readonly EmbeddingShape[], random: Random): Record<string, number[]> {
  return Object.fromEntries(
    shapes.map(({ name, size }) => [
      name,
      Array.from({ length: size }, () => Math.round((1000 * random.normal()) / Math.sqrt(size)) / 1000),
    ]),
  );
}

function dynamicNumbers(schema: SignalSchema, prefix: string, random: Random): Record<string, number> {
  const names = schema.numeric.map((name) => name.replace(/@\d+$/, '')).filter((name) => name.startsWith(prefix));
  const own = names.map((name) => name.slice(prefix.length)).filter((name) => !name.endsWith('.logit'));
  return Object.fromEntries(own.map((name) => [name, Math.round(random.next() * 1000) / 1000]));
}

function categories(schema: SignalSchema, random: Random): Record<string, string> {
  const own = schema.categorical.filter(({ name }) => name.startsWith('features.'));
  return Object.fromEntries(
    own.map(({ name, vocabulary }) => [name.slice(9), vocabulary[random.int(vocabulary.length)]]),
  );
}
