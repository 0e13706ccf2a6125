import { VouchError } from '../../../support/errors.js';
import { isObject } from '../../check-value.js';
import { checkLenient } from '../../lenient.js';
import { fieldAt } from '../../path.js';
import type { Fields } from '../table/fields.js';
import { looksNested, parseNested } from '../table/nested.js';
import { plainName } from '../table/plain-name.js';
import type { ColumnMap } from './map.js';
import { mappedParts } from './mapped.js';

/** Names for what a model wrote, and for what it was asked. They are compared without case, spaces, _ and -. */
const ANSWERS = names(
  'response output completion prediction generation modelanswer modelresponse modeloutput generatedtext',
);
const LOOSE_ANSWERS = names('result reply pred predicted predictedanswer finalanswer llmoutput text content');
const PROMPTS = names('question input query instruction');
/** Names of texts inside an object that contains an answer, and names of such objects. */
const LEAVES = names('text content generatedtext answer');
const HOLDERS = new Set([
  ...ANSWERS,
  ...names('answer result reply message choices generations outputs candidates data body'),
]);
/** Nothing under these names is an answer. */
const ASKED = names(
  'prompt input inputs request messages question query instruction system user metadata context reference',
);

const DEEPEST = 6;

/** A text found in a row. */
interface Found {
  path: string;
  /** Normalised names of the keys that lead to the text. */
  keys: string[];
  text: string;
}

/**
 * Suggests the `--map` with which a row without an answer can be read: `answer=output.text,prompt=question`. The
 * suggestion has been tried on the row. Null if nothing works, or if two places could be the answer.
 */
export function suggestMap(row: unknown): string | null {
  if (!isObject(row) || typeof row.answer === 'string') return null;
  const texts = [...textsIn(row, '', [], 0)];
  const answer = answerAmong(texts);
  if (answer === null) return null;
  const prompt = row.prompt == null && row.messages == null ? promptAmong(texts) : null;
  const pairs: [string, Found][] =
    prompt === null
      ? [['answer', answer]]
      : [
          ['answer', answer],
          ['prompt', prompt],
        ];
  if (pairs.some(([, { path }]) => /[=,]/.test(path) || path !== path.trim())) return null;
  const map = Object.fromEntries(pairs.map(([field, { path }]) => [field, path]));
  return readsBy(row, map, pairs) ? pairs.map(([field, { path }]) => `${field}=${path}`).join(',') : null;
}

/** The error of a row that lacks its answer, with a hint that suggests a map. */
export function hinted(error: VouchError, row: unknown): VouchError {
  const { field, hint } = error.detail;
  const map = field === 'answer' && hint === undefined ? suggestMap(row) : null;
  return map === null ? error : new VouchError(error.code, error.what, { ...error.detail, hint: hintOf(map) });
}

export function hintOf(map: string): string {
  return `If the answer is there, use --map ${map}.`;
}

/** Whether reading the row with the map gives these texts in these fields. */
function readsBy(row: Fields, map: ColumnMap, pairs: readonly (readonly [string, Found])[]): boolean {
  try {
    const [part] = mappedParts(structuredClone(row), { map, percent: false }, (value) => [{ record: value as Fields }]);
    if (!('record' in part)) return false;
    const record = checkLenient(part.record) as unknown as Fields;
    return pairs.every(([field, { path, text }]) => fieldAt(row, path) === text && record[field] === text);
  } catch (error) {
    if (error instanceof VouchError) return false;
    throw error;
  }
}

/**
 * The only text that is named like an answer: first at the top level, then inside objects that contain an answer, then
 * by a looser name.
 */
function answerAmong(texts: readonly Found[]): Found | null {
  const free = texts.filter(({ keys }) => !keys.slice(0, -1).some((key) => ASKED.has(key)));
  const ranks: ((found: Found) => boolean)[] = [
    ({ keys }) => keys.length === 1 && ANSWERS.has(keys[0]),
    ({ keys }) => keys.length > 1 && HOLDERS.has(keys[0]) && (LEAVES.has(last(keys)) || ANSWERS.has(last(keys))),
    ({ keys }) => keys.length === 1 && LOOSE_ANSWERS.has(keys[0]),
  ];
  for (const rank of ranks) {
    const found = free.filter(rank);
    if (found.length > 0) return found.length === 1 ? found[0] : null;
  }
  return null;
}

function promptAmong(texts: readonly Found[]): Found | null {
  const found = texts.filter(({ keys }) => keys.length === 1 && PROMPTS.has(keys[0]));
  return found.length === 1 ? found[0] : null;
}

/** All texts of a row, of lists only those in the first item. JSON stored as text is searched too. */
function* textsIn(value: unknown, path: string, keys: readonly string[], deep: number): Generator<Found> {
  if (deep > DEEPEST) return;
  if (typeof value === 'string') {
    const inner = looksNested(value) ? contentOf(value) : undefined;
    if (inner !== undefined) yield* textsIn(inner, path, keys, deep);
    else if (value.trim() !== '') yield { path, keys: [...keys], text: value };
  } else if (Array.isArray(value)) {
    if (!holdsRows(value)) yield* textsIn(value[0], `${path}[0]`, keys, deep + 1);
  } else if (isObject(value)) {
    for (const key in value)
      yield* textsIn(value[key], path === '' ? key : `${path}.${key}`, [...keys, plainName(key)], deep + 1);
  }
}

/**
 * Whether each item of a list may contain an answer. A map would read the first and lose the others. (The choices of
 * one answer have an index.)
 */
function holdsRows(list: readonly unknown[]): boolean {
  return (
    list.length > 1 &&
    list.every((item) => isObject(item) && !('index' in item) && !('type' in item) && !('role' in item))
  );
}

function contentOf(text: string): unknown {
  try {
    const value = parseNested(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function last(keys: readonly string[]): string {
  return keys[keys.length - 1];
}

function names(list: string): Set<string> {
  return new Set(list.split(' '));
}
