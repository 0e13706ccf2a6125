import { type EmbeddingShape, holdsVector, vectorOf } from './vectors/embeddings.js';
import type { View } from './view.js';

/**
 * What a promise can require of a record, by name: the fields `prompt`, `model` and `task`; `context`, `facts`,
 * `reasoning`, `tokens`, `tokens.top` (alternatives), `choices`, `samples` (of its own model), `others` (of other
 * models), `stated`; and `verifiers.NAME`, `features.NAME`, `embeddings.NAME`, `similarities.NAME`,
 * `entailments.NAME`, `agreeWith.MODEL`. Empty texts, lists and objects count as missing.
 */
const fixed: Readonly<Record<string, (view: View) => boolean>> = {
  prompt: ({ promptText }) => isText(promptText),
  model: ({ record }) => isText(record.model),
  task: ({ record }) => isText(record.task),
  context: ({ record }) => record.context?.some(isText) ?? false,
  facts: ({ record }) => record.facts?.some(isText) ?? false,
  reasoning: ({ record }) => isText(record.reasoning),
  tokens: ({ tokens }) => tokens.n > 0,
  'tokens.top': ({ tokens }) => tokens.hasTop,
  choices: ({ choices }) => choices.n > 0,
  samples: ({ record }) => hasSample(record, (model) => model == null || model === record.model),
  others: ({ record }) => hasSample(record, (model) => model != null && model !== record.model),
  stated: ({ record }) => record.stated != null,
};

/** Names of fields. Messages call them fields; all other names are signals. */
export const fields = ['prompt', 'model', 'task'] as const;

export function isField(name: string): boolean {
  return (fields as readonly string[]).includes(name);
}

/** In which forms a schema reads a field: as a number, as a text, as a vector of this shape. */
interface Reads {
  numeric: boolean;
  text: boolean;
  vector?: EmbeddingShape;
}

/**
 * A function that tests whether the record in a view has the field or signal of this name, in a form that the schema
 * reads: as a number, as a text or as a vector. Make it once per name, because every row is tested.
 */
export function recordedTest(name: string, reads: Reads): (view: View) => boolean {
  const known = fixed[name];
  if (known !== undefined) return known;
  const dot = name.indexOf('.');
  const key = name.slice(dot + 1);
  switch (name.slice(0, dot)) {
    case 'features':
      return ({ record }) => {
        const value = record.features?.[key];
        return (reads.numeric && isNumeric(value)) || (reads.text && isText(value));
      };
    case 'verifiers':
      return ({ record }) => isValue(record.verifiers?.[key]);
    case 'embeddings':
      return ({ record }) => reads.vector !== undefined && holdsVector(record, reads.vector);
    case 'similarities':
      return ({ record }) => record.similarities?.[key] != null;
    case 'entailments':
      return ({ record }) => record.entailments?.[key] != null;
    case 'agreeWith':
      return ({ record }) => hasSample(record, (model) => model === key && model !== record.model);
    default:
      return () => false;
  }
}

/** The names that are the same for all data, and their tests, in the same order. */
export const fixedNames = Object.keys(fixed);
const fixedTests = Object.values(fixed);

/** Which of `fixedNames` the record in the view has: bit i belongs to the name at index i. */
export function fixedIn(view: View): number {
  let bits = 0;
  for (let i = 0; i < fixedTests.length; i++) if (fixedTests[i](view)) bits |= 1 << i;
  return bits;
}

/**
 * Calls back with family and key of everything else that is recorded: `features`, `verifiers` or what a model of
 * language recorded and a name, `agreeWith` and a model.
 */
export function eachRecorded({ record }: View, call: (family: string, key: string) => void): void {
  const { features, verifiers, embeddings, similarities, entailments, samples } = record;
  for (const name in features) if (isValue(features[name])) call('features', name);
  for (const name in verifiers) if (isValue(verifiers[name])) call('verifiers', name);
  for (const name in embeddings) if (vectorOf(record, name) !== undefined) call('embeddings', name);
  for (const name in similarities) if (similarities[name] != null) call('similarities', name);
  for (const name in entailments) if (entailments[name] != null) call('entailments', name);
  if (samples == null || samples.length === 0) return;
  for (const model of new Set(samples.map((sample) => sample.model)))
    if (model != null && model !== record.model) call('agreeWith', model);
}

function hasSample({ samples }: View['record'], of: (model: string | null | undefined) => boolean): boolean {
  return samples?.some(({ model }) => of(model)) ?? false;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && /\S/.test(value);
}

/** Whether it is a number, a text or a boolean; null, NaN and an empty text count as missing. */
function isValue(value: unknown): boolean {
  return isNumeric(value) || (typeof value === 'string' && value !== '');
}

/** Whether a numeric signal can read it: a finite number, or a boolean as 0 or 1. */
function isNumeric(value: unknown): boolean {
  return typeof value === 'boolean' || Number.isFinite(value);
}
