import { type Fields, isNumber, isObject, list, numbers, Wrong } from './check-value.js';
import { type AnswerRecord, SHARE_SLACK } from './record.js';

/**
 * Checks the fields that a text model adds to a record: `embeddings`, `similarities` and `entailments`. A vector
 * given as `embedding` becomes `embeddings.default`.
 */
export function checkMeaning(value: Fields): void {
  numbers(value.embedding, 'embedding');
  named(value.embeddings, 'embeddings', numbers);
  named(value.similarities, 'similarities', similarity);
  named(value.entailments, 'entailments', entailment);
  if (value.embedding == null) return;
  const vectors = (value.embeddings ?? {}) as Fields;
  if (vectors.default != null) {
    const hint = '`embedding` is short for `embeddings.default`. Leave one of them out.';
    throw new Wrong('embedding', 'nothing, because there is embeddings.default', value.embedding, hint);
  }
  value.embeddings = { ...vectors, default: value.embedding };
  delete value.embedding;
}

/** Checks an object of values by name, or missing. A value of null is missing. */
function named(value: unknown, field: string, check: (value: unknown, field: string) => void): void {
  if (value == null) return;
  if (!isObject(value)) throw new Wrong(field, 'an object of values by name', value);
  for (const name in value) if (value[name] != null) check(value[name], `${field}.${name}`);
}

function similarity(value: unknown, field: string): void {
  if (!isObject(value)) throw new Wrong(field, '{question, passages, texts}', value);
  for (const key of ['question', 'sameAt']) {
    const got = value[key];
    if (got != null && !isNumber(got)) throw new Wrong(`${field}.${key}`, 'a number', got);
  }
  numbers(value.passages, `${field}.passages`);
  matrix(value.texts, `${field}.texts`, numbers);
}

function entailment(value: unknown, field: string): void {
  if (!isObject(value)) throw new Wrong(field, '{passages, texts}', value);
  pair(value.passages, `${field}.passages`, shares);
  pair(value.texts, `${field}.texts`, (each, path) => matrix(each, path, shares));
}

/** Checks `{entails, contradicts}`, or missing. */
function pair(value: unknown, field: string, check: (value: unknown, field: string) => void): void {
  if (value == null) return;
  if (!isObject(value)) throw new Wrong(field, '{entails, contradicts}', value);
  for (const key of ['entails', 'contradicts']) check(value[key], `${field}.${key}`);
}

function matrix(value: unknown, field: string, check: (value: unknown, field: string) => void): void {
  const rows = list(value, field, 'lists');
  for (let i = 0; i < rows.length; i++) {
    if (rows[i] == null) throw new Wrong(`${field}[${i}]`, 'a list of numbers', rows[i]);
    check(rows[i], `${field}[${i}]`);
  }
}

/** Checks a list of probabilities, or missing; rounding may put them a little outside of 0..1. */
function shares(value: unknown, field: string): void {
  const items = list(value, field, 'numbers');
  for (let i = 0; i < items.length; i++) {
    const got = items[i];
    if (!isNumber(got) || got < -SHARE_SLACK || got > 1 + SHARE_SLACK) {
      throw new Wrong(`${field}[${i}]`, 'a number in 0..1', got);
    }
  }
}

type Matrix = readonly (readonly number[])[];

/**
 * Whether a list has a number for each passage of a record; any list has if the record came without its passages. A
 * list of another length is of other passages.
 */
export function fitsPassages<T>(
  list: readonly T[] | null | undefined,
  { context }: Pick<AnswerRecord, 'context'>,
): list is readonly T[] {
  return list != null && (context == null || context.length === 0 || list.length === context.length);
}

/** Whether a matrix has a row and a column for the answer and for each sample. Another one is of other samples. */
export function fitsTexts(
  texts: Matrix | null | undefined,
  { samples }: Pick<AnswerRecord, 'samples'>,
): texts is Matrix {
  const size = 1 + (samples?.length ?? 0);
  return texts?.length === size && texts.every((row) => row?.length === size);
}
