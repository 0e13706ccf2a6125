import { type Fields, isObject } from '../../data/check-value.js';
import { newConvention } from '../../data/grades/convention.js';
import { columnIn, valueIn } from '../../data/grades/grade-columns.js';
import type { LabelRules } from '../../data/grades/rules.js';
import { scoreRow } from '../../data/grades/score-rows.js';
import { attributesOf } from '../../data/read/formats/spans/attributes.js';
import { logRecordsIn } from '../../data/read/formats/spans/logs.js';
import { timeOf } from '../../data/read/formats/stored/time.js';
import { sha256 } from '../../support/digest.js';
import { VouchError } from '../../support/errors.js';
import type { Feedback } from './feedback.js';

/** The name of the event, as OpenTelemetry's conventions for generative AI define it. */
const EVALUATION = 'gen_ai.evaluation.result';

/** The place of a row, and the rules for its numbers. */
interface Reading {
  at: { file: string; line: number };
  rules: LabelRules;
}

/**
 * A Langfuse score as feedback; null if the row is something else. It is about the observation, or else the trace, with
 * this id. Its own id is the key. Errors: BAD_LABEL, BAD_FEEDBACK.
 */
export function langfuseScore(row: Fields, { at, rules }: Reading): Feedback | null {
  const score = scoreRow(row);
  if (score === null) return null;
  const text = (name: string) => {
    const value = valueIn(row, name);
    return value == null || value === '' ? null : String(value);
  };
  const target = score.observation ?? score.trace;
  if (target === null) {
    throw new VouchError('BAD_FEEDBACK', 'the score belongs to no trace', { ...at, field: 'trace_id' });
  }
  const name = text('name') as string;
  const type = text('data_type')?.toUpperCase();
  const correction = type === 'CORRECTION' ? (text('string_value') ?? text('long_string_value')) : null;
  const isText = type === 'TEXT' || type === 'CORRECTION';
  const label = isText ? null : newConvention(`value of ${name}`, rules).of(score.value, at);
  const content = JSON.stringify({ name, value: score.value ?? null, correction, comment: text('comment') });
  const id = text('id');
  const source = correction === null ? (text('source')?.toLowerCase() ?? 'unknown') : 'correction';
  return {
    key: id === null ? sha256(`${target}\n${content}`) : `langfuse:${id}`,
    ...{ target, kind: correction === null ? 'score' : 'correction', label, correction, source },
    rater: text('author_user_id'),
    given: millis(valueIn(row, columnIn(row, 'timestamp') === undefined ? 'created_at' : 'timestamp')),
    content,
  };
}

/**
 * The `gen_ai.evaluation.result` events in a row: log records of OTLP, or one event as an object with `name` and
 * `attributes`. Null if the row is something else. An event is about the answer with the id `gen_ai.response.id`.
 * Errors: BAD_LABEL, BAD_FEEDBACK. Source: OpenTelemetry semantic conventions 1.41, gen-ai-events.
 */
export function evaluations(row: Fields, { at, rules }: Reading): Feedback[] | null {
  const records = logRecordsIn(row) ?? (isObject(row.attributes) || Array.isArray(row.attributes) ? [row] : []);
  const events = records.filter((record) => nameOf(record) === EVALUATION);
  if (events.length === 0) return null;
  return events.map((record) => {
    const attributes = attributesOf(record.attributes);
    const text = (name: string) => {
      const value = attributes[`gen_ai.${name}`];
      return value == null || value === '' ? null : String(value);
    };
    const target = text('response.id');
    if (target === null) {
      const detail = { ...at, field: 'gen_ai.response.id', expected: 'the id of an answer' };
      throw new VouchError('BAD_FEEDBACK', 'the event does not say which answer it judges', detail);
    }
    const name = text('evaluation.name') ?? 'evaluation';
    const number = attributes['gen_ai.evaluation.score.value'];
    const value = number ?? attributes['gen_ai.evaluation.score.label'];
    const label = newConvention(`score of ${name}`, rules).of(value, at);
    const given = millis(record.timeUnixNano ?? record.time_unix_nano ?? record.timestamp ?? record.time);
    const content = JSON.stringify({ name, value: value ?? null, comment: text('evaluation.explanation'), given });
    const key = `otel:${sha256(`${target}\n${content}`)}`;
    return { key, target, kind: 'score', label, correction: null, source: name, rater: null, given, content };
  });
}

function nameOf(record: Fields): string {
  const attributes = attributesOf(record.attributes);
  return String(record.eventName ?? record.event_name ?? record.name ?? attributes['event.name'] ?? '');
}

function millis(value: unknown): number | null {
  const time = Date.parse(timeOf(value) ?? '');
  return Number.isNaN(time) ? null : time;
}
