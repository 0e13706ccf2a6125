import { VouchError } from '../support/errors.js';
import { checkRecord } from './check-record.js';
import { type Fields, isObject } from './check-value.js';
import { gradeOf } from './grade.js';
import { answerTokens, listedTokens } from './read/formats/parts/answer-tokens.js';
import { contentOf } from './read/formats/parts/messages.js';
import { parseNested } from './read/table/nested.js';
import { textsOf } from './read/table/texts.js';
import type { LoggedRecord } from './record.js';
import { truthOf } from './truth.js';

const TEXTS = ['id', 'group', 'conversation', 'session', 'model', 'task', 'time', 'finish'] as const;
const LONG_TEXTS = ['prompt', 'reasoning', 'answer', 'labelSource'] as const;
const LISTS = ['context', 'facts', 'reference'] as const;
const NESTED = [
  ...['messages', 'tokens', 'choices', 'samples', 'verifiers', 'features', 'labels'],
  ...['embedding', 'embeddings', 'similarities', 'entailments'],
] as const;

/**
 * Checks a record with `checkRecord`. If that refuses it, applies `lenient` and checks once more. Errors: those of the
 * second check.
 */
export function checkLenient(value: unknown, file?: string, line?: number): LoggedRecord {
  if (isObject(value)) foreignTokens(value);
  try {
    return checkRecord(value, file, line);
  } catch (error) {
    if (!(error instanceof VouchError) || !isObject(value)) throw error;
    lenient(value);
    return checkRecord(value, file, line);
  }
}

/**
 * Converts log-probabilities in API form inside an otherwise canonical record: `tokens` whose alternatives are called
 * `top_logprobs`, and `logprobs` instead of `tokens`. Tokens that cannot be found in the answer stay as they are.
 */
function foreignTokens(record: Fields): void {
  const { tokens: own, logprobs, answer } = record;
  const [first] = Array.isArray(own) ? own : [];
  if (isObject(first) && Array.isArray(first.top_logprobs) && first.top === undefined) {
    const found = typeof answer === 'string' ? answerTokens(listedTokens(own), answer) : undefined;
    record.tokens = found ?? (own as unknown[]).map(withTop);
  } else if (own == null && typeof logprobs === 'object' && logprobs !== null && typeof answer === 'string') {
    const found = answer === '' ? undefined : answerTokens(listedTokens(logprobs), answer);
    if (found === undefined || found.length === 0) return;
    record.tokens = found;
    delete record.logprobs;
  }
}

function withTop(token: unknown): unknown {
  if (!isObject(token) || !Array.isArray(token.top_logprobs)) return token;
  const { top_logprobs: top, ...rest } = token;
  return { ...rest, top };
}

/**
 * Makes a record that a person or a script wrote canonical, in place, where it has only one possible meaning: numbers
 * as ids and answers, one text instead of a list, lists and objects written as text, grades in words, 85%, content
 * parts, "-inf". Everything else stays as it is, and `checkRecord` refuses it. Only records that `checkRecord` refused
 * come here, so that correct records cost no extra time.
 */
function lenient(record: Fields): void {
  for (const key of [...TEXTS, ...LONG_TEXTS]) record[key] = textOf(record[key]);
  record.answer = joinedText(record.answer);
  prompt(record);
  for (const key of LISTS) if (record[key] != null) record[key] = listOf(record[key], key);
  for (const key of NESTED) if (typeof record[key] === 'string') record[key] = nestedIn(record[key]);
  messages(record.messages);
  tokens(record.tokens);
  samples(record);
  record.stated = statedOf(record.stated);
  record.selected = truthOf(record.selected);
  labels(record);
  for (const key in record) if (record[key] === undefined) delete record[key];
}

/** Converts true, false and exact numbers to text. A number too large to be exact stays as it is, and is refused. */
function textOf(value: unknown): unknown {
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return value;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? value : String(value);
}

/** Converts a prompt that is a list of messages or of content parts. */
function prompt(record: Fields): void {
  const given = typeof record.prompt === 'string' ? null : record.prompt;
  const isMessage = (item: unknown) => isObject(item) && typeof item.role === 'string';
  if (Array.isArray(given) && given.length > 0 && given.every(isMessage) && record.messages == null) {
    record.messages = given;
    record.prompt = undefined;
  } else record.prompt = joinedText(record.prompt);
}

/** Joins content parts if all of them are text. */
function joinedText(value: unknown): unknown {
  const isText = (part: unknown) => isObject(part) && typeof part.text === 'string';
  return Array.isArray(value) && value.length > 0 && value.every(isText) ? contentOf(value).text : value;
}

/** Converts a single text to a list. A list that contains objects stays as it is, and is refused. */
function listOf(value: unknown, key: string): unknown {
  const one = textOf(value);
  return isObject(one) || typeof one === 'number' ? value : textsOf(one, key);
}

function nestedIn(text: string): unknown {
  try {
    return parseNested(text);
  } catch {
    return text;
  }
}

/** Joins content parts; images and other media are named in `media`. */
function messages(value: unknown): void {
  if (!Array.isArray(value)) return;
  for (const message of value) {
    if (!isObject(message)) continue;
    const { content } = message;
    if (typeof content === 'number' || typeof content === 'boolean') message.content = textOf(content);
    if (content === undefined && message.tool_calls != null) message.content = null;
    if (!Array.isArray(content) && !isObject(content)) continue;
    const { text, media } = contentOf(content);
    if (text === null && media.length === 0) continue;
    message.content = text;
    if (media.length > 0) message.media = [...(Array.isArray(message.media) ? message.media : []), ...media];
  }
}

function tokens(value: unknown): void {
  if (!Array.isArray(value)) return;
  for (const token of value) {
    if (!isObject(token)) continue;
    logprob(token);
    if (Array.isArray(token.top)) for (const other of token.top) if (isObject(other)) logprob(other);
  }
}

/** Converts infinities and "nan" that were written as text. Other text is refused. */
function logprob(token: Fields): void {
  if (typeof token.logprob !== 'string') return;
  const word = token.logprob.trim().toLowerCase();
  if (/^-inf(?:inity)?$/.test(word)) token.logprob = Number.NEGATIVE_INFINITY;
  else if (/^\+?inf(?:inity)?$/.test(word)) token.logprob = Number.POSITIVE_INFINITY;
  else if (word === 'nan' || word === 'null') token.logprob = null;
}

/** A list of texts is a list of answers. */
function samples(record: Fields): void {
  if (!Array.isArray(record.samples)) return;
  record.samples = record.samples.map((sample) => (typeof sample === 'string' ? { answer: sample } : sample));
  for (const sample of record.samples as unknown[]) {
    if (!isObject(sample)) continue;
    sample.answer = textOf(sample.answer);
    if (sample.stated !== undefined) sample.stated = statedOf(sample.stated);
    tokens(sample.tokens);
  }
}

/**
 * Converts 85% and 0.85 written as text. A text with a number above 1 becomes that number, which is refused with a
 * hint.
 */
function statedOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const word = value.trim().replace(/^([+-]?\d*),(\d+\s*%?)$/, '$1.$2');
  if (/^(nan|null|none|n\/a|)$/i.test(word)) return null;
  const number = Number(word.replace(/\s*%$/, ''));
  return Number.isNaN(number) ? value : word.endsWith('%') ? number / 100 : number;
}

/** Converts grades in words, and labels that are bare grades. */
function labels(record: Fields): void {
  if (record.label !== undefined) record.label = gradeIn(record.label);
  if (record.labels != null && !Array.isArray(record.labels)) record.labels = [record.labels];
  if (!Array.isArray(record.labels)) return;
  const entries = record.labels.map((entry) => (isObject(entry) ? entry : { value: entry }));
  for (const entry of entries) if ('value' in entry) entry.value = gradeIn(entry.value);
  record.labels = entries.filter(({ value }) => value !== null);
}

/** A value that is not a grade stays as it is, and is refused. */
function gradeIn(value: unknown): unknown {
  const grade = gradeOf(value);
  return Number.isNaN(grade) ? value : grade;
}
