import { VouchError } from '../support/errors.js';
import { checkMeaning } from './check-meaning.js';
import { type Fields, isNumber, isObject, isRoundedShare, list, share, text, texts, Wrong } from './check-value.js';
import { leavesNoAnswer, NO_ANSWER } from './finish.js';
import { madeId } from './made-id.js';
import { partReasoning } from './reasoning.js';
import { type AnswerRecord, LOGPROB_SLACK, type LoggedRecord } from './record.js';

/**
 * Checks one answer as `lineSchema` does, but by hand and several times as fast, and makes it a record **in place**.
 * `label` and `labelSource` become an entry of `labels`. Reasoning before the answer goes to `reasoning`.
 * Log-probabilities that rounding put above 0 become 0; probabilities and verifiers that rounding put outside 0..1
 * become 0 or 1. Options without a probability are dropped, and `embedding` becomes `embeddings.default`. A missing id becomes `file:line`. Errors: BAD_RECORD with
 * the path of the first wrong field; BAD_LABEL for a label outside 0..1.
 */
export function checkRecord(value: unknown, file?: string, line?: number): LoggedRecord {
  try {
    return check(value, file, line);
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const { code, field, expected, got, hint } = error;
    const what = got === undefined ? 'is missing' : 'has the wrong type or value';
    throw new VouchError(code, what, {
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
      ...(field === '' ? {} : { field }),
      expected,
      got,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

/** The same for a record that must have an answer. Errors: also BAD_RECORD if the answer is null. */
export function checkAnswer(value: unknown, file?: string, line?: number): AnswerRecord {
  const record = checkRecord(value, file, line);
  if (record.answer !== null) return record as AnswerRecord;
  const place = { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
  throw new VouchError('BAD_RECORD', 'is not an answer', { ...place, field: 'answer', expected: 'text', got: null });
}

function check(value: unknown, file?: string, line?: number): LoggedRecord {
  if (!isObject(value)) throw new Wrong('', 'an answer as a JSON object', value);
  if (typeof value.answer !== 'string' && value.answer !== null) {
    throw new Wrong('answer', 'text', value.answer);
  }
  for (const key of TEXTS) text(value, key, key);
  texts(value.context, 'context');
  texts(value.facts, 'facts');
  texts(value.reference, 'reference');
  messages(value.messages);
  if (value.selected != null && typeof value.selected !== 'boolean') {
    throw new Wrong('selected', 'true or false', value.selected, SELECTED_HINT);
  }
  attempt(value.attempt);
  if (value.decoding != null && !isObject(value.decoding)) throw new Wrong('decoding', 'an object', value.decoding);
  tokens(value.tokens, 'tokens');
  choices(value.choices);
  samples(value.samples);
  share(value, 'stated', 'stated', STATED_HINT);
  verifiers(value.verifiers);
  checkMeaning(value);
  features(value.features);
  labels(value);
  partReasoning(value);
  noAnswer(value);
  value.id ??= madeId(file, line);
  return value as unknown as LoggedRecord;
}

const TEXTS = [
  'id',
  'group',
  'conversation',
  'session',
  'model',
  'task',
  'time',
  'prompt',
  'reasoning',
  'finish',
] as const;
const SELECTED_HINT =
  'This field says whether an earlier score led to this answer. ' +
  'If it is a column of your own, give it another name, or: --map features.selected=selected.';
const STATED_HINT = 'If it is a percentage, divide by 100.';

/**
 * Sets the answer to null where `finish` says that there is none, even if text came with a tool call. Null without such
 * a finish is an error.
 */
function noAnswer(value: Fields): void {
  if (leavesNoAnswer(value.finish as string)) value.answer = null;
  else if (value.answer === null) {
    throw new Wrong('answer', `text, or null with a finish of ${NO_ANSWER.join(', ')}`, null);
  }
}

function messages(value: unknown): void {
  const items = list(value, 'messages', 'messages');
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (!isObject(item)) throw new Wrong(`messages[${i}]`, '{role, content}', item);
    if (typeof item.role !== 'string') throw new Wrong(`messages[${i}].role`, 'text', item.role);
    if (item.content !== null && typeof item.content !== 'string') {
      throw new Wrong(`messages[${i}].content`, 'text or null', item.content);
    }
    texts(item.media, `messages[${i}].media`);
  }
}

/** Whether a value is a log-probability as APIs send them. The caller sets values that rounding put above 0 to 0. */
function isLogprob(value: unknown): value is number {
  return typeof value === 'number' && !(value > LOGPROB_SLACK);
}

function wrongLogprob(field: string, value: unknown): Wrong {
  const hint = typeof value === 'number' && value <= 1 ? 'A probability? Take its natural logarithm.' : undefined;
  return new Wrong(field, typeof value === 'number' ? 'a log-probability, at most 0' : 'a number', value, hint);
}

function tokens(value: unknown, field: string): void {
  const items = list(value, field, 'tokens');
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (!isObject(item)) throw new Wrong(`${field}[${i}]`, '{token, logprob, top}', item);
    if (typeof item.token !== 'string') throw new Wrong(`${field}[${i}].token`, 'text', item.token);
    const logprob = item.logprob;
    if (logprob != null) {
      if (!isLogprob(logprob)) throw wrongLogprob(`${field}[${i}].logprob`, logprob);
      if (logprob > 0) item.logprob = 0;
    }
    const top = item.top;
    if (top == null) continue;
    if (!Array.isArray(top)) throw new Wrong(`${field}[${i}].top`, 'a list of alternatives', top);
    for (let j = 0; j < top.length; j++) alternative(top[j], field, i, j);
  }
}

function alternative(item: unknown, field: string, i: number, j: number): void {
  if (!isObject(item)) throw new Wrong(`${field}[${i}].top[${j}]`, '{token, logprob}', item);
  if (typeof item.token !== 'string') throw new Wrong(`${field}[${i}].top[${j}].token`, 'text', item.token);
  const logprob = item.logprob;
  if (logprob == null) return;
  if (!isLogprob(logprob)) throw wrongLogprob(`${field}[${i}].top[${j}].logprob`, logprob);
  if (logprob > 0) item.logprob = 0;
}

function choices(value: unknown): void {
  if (value == null) return;
  if (!isObject(value)) throw new Wrong('choices', 'an object of probabilities', value);
  for (const name in value) {
    if (value[name] === null) delete value[name];
    else if (value[name] === undefined) throw new Wrong(`choices.${name}`, 'a number in 0..1', undefined);
    else share(value, name, `choices.${name}`);
  }
}

function samples(value: unknown): void {
  const items = list(value, 'samples', 'samples');
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (!isObject(item)) throw new Wrong(`samples[${i}]`, '{answer, …}', item);
    if (typeof item.answer !== 'string') throw new Wrong(`samples[${i}].answer`, 'text', item.answer);
    text(item, 'model', `samples[${i}].model`);
    if (item.temperature != null && !isNumber(item.temperature)) {
      throw new Wrong(`samples[${i}].temperature`, 'a number', item.temperature);
    }
    share(item, 'stated', `samples[${i}].stated`, STATED_HINT);
    if (item.cluster != null && typeof item.cluster !== 'string' && !isNumber(item.cluster)) {
      throw new Wrong(`samples[${i}].cluster`, 'a number or text', item.cluster);
    }
    if (item.tokens != null) tokens(item.tokens, `samples[${i}].tokens`);
  }
}

function verifiers(value: unknown): void {
  if (value == null) return;
  if (!isObject(value)) throw new Wrong('verifiers', 'an object of numbers', value);
  for (const name in value) {
    const got = value[name];
    if (got == null) continue;
    if (!isNumber(got)) throw new Wrong(`verifiers.${name}`, 'a number', got);
    if (isRoundedShare(got)) value[name] = got < 0 ? 0 : 1;
  }
}

function features(value: unknown): void {
  if (value == null) return;
  if (!isObject(value)) throw new Wrong('features', 'an object of numbers and categories', value);
  for (const name in value) {
    const got = value[name];
    if (got != null && !isNumber(got) && typeof got !== 'string' && typeof got !== 'boolean') {
      throw new Wrong(`features.${name}`, 'a number, text or true/false', got);
    }
  }
}

function attempt(value: unknown): void {
  if (value == null) return;
  if (!isObject(value)) throw new Wrong('attempt', '{number, …}', value);
  const { number, chosen } = value;
  if (!isNumber(number) || number < 1) throw new Wrong('attempt.number', 'a number, 1 or more', number);
  if (chosen != null && typeof chosen !== 'boolean') throw new Wrong('attempt.chosen', 'true or false', chosen);
  share(value, 'probability', 'attempt.probability');
  for (const key of ['kind', 'doubt'] as const) text(value, key, `attempt.${key}`);
  for (const key of ATTEMPT_TOKENS) {
    const got = value[key];
    if (got != null && (!isNumber(got) || got < 0)) throw new Wrong(`attempt.${key}`, 'a number, 0 or more', got);
  }
}

const ATTEMPT_TOKENS = ['promptTokens', 'completionTokens', 'samplePromptTokens', 'sampleCompletionTokens'] as const;

function labels(value: Fields): void {
  const items = list(value.labels, 'labels', 'labels');
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (!isObject(item)) throw new Wrong(`labels[${i}]`, '{value, source, …}', item);
    if (item.value == null)
      throw new Wrong(`labels[${i}].value`, 'a number in 0..1', item.value, undefined, 'BAD_LABEL');
    share(item, 'value', `labels[${i}].value`, undefined, 'BAD_LABEL');
    for (const key of LABEL_TEXTS) text(item, key, `labels[${i}].${key}`);
    if (item.weight != null && (!isNumber(item.weight) || item.weight < 0)) {
      throw new Wrong(`labels[${i}].weight`, 'a number, 0 or more', item.weight);
    }
  }
  share(value, 'label', 'label', undefined, 'BAD_LABEL');
  text(value, 'labelSource', 'labelSource');
  if (value.label == null) return;
  const entry = value.labelSource == null ? { value: value.label } : { value: value.label, source: value.labelSource };
  value.labels = [...items, entry];
  value.label = undefined;
  value.labelSource = undefined;
}

const LABEL_TEXTS = ['source', 'name', 'rater', 'time'] as const;
