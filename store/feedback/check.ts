import { type Fields, isObject } from '../../data/check-value.js';
import { gradeNumber, gradeOf, isUngraded } from '../../data/grade.js';
import { timeOf } from '../../data/read/formats/stored/time.js';
import { sha256 } from '../../support/digest.js';
import { VouchError } from '../../support/errors.js';
import type { Feedback } from './feedback.js';

/** Stars without `of`. */
const STARS = 5;
/** The most characters of one feedback, with its texts. */
const LONGEST = 65_536;
/** The most candidates of one choice. */
const MOST_CANDIDATES = 64;

const SAYS = ['thumb', 'stars', 'correction', 'chosen', 'verdict', 'outcome'] as const;
const OTHER = ['id', 'key', 'of', 'over', 'source', 'rater', 'comment', 'time'] as const;
/** Texts may say "none"; statements that say it are empty. */
const TEXTS: ReadonlySet<string> = new Set(['correction', 'comment', 'id', 'key', 'rater', 'source']);
const KNOWN: ReadonlySet<string> = new Set([...SAYS, ...OTHER]);

/**
 * Checks one feedback as it is sent: `{id, key?, rater?, comment?, time?}` and one of `thumb` (up, down), `stars` (with
 * `of`; 5 if absent), `correction` (the right answer), `verdict` and `outcome` (right, wrong, or a share in 0..1),
 * `chosen` with `over` (ids: the first was preferred to the others). A choice gives one feedback per candidate. Empty
 * fields count as absent. Without a key, the content is the key: the same feedback sent twice counts once.
 * Error: BAD_FEEDBACK with the field.
 */
export function checkFeedback(value: unknown): Feedback[] {
  if (!isObject(value)) throw bad('is not an object', { expected: 'an object with id and one statement', got: value });
  const fields = given(value);
  const text = JSON.stringify(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))));
  if (text.length > LONGEST) {
    throw new VouchError('TOO_LARGE', 'a feedback is too long', {
      expected: `at most ${LONGEST} characters`,
      got: text.length,
    });
  }
  const said = SAYS.filter((name) => name in fields);
  if (said.length !== 1) {
    const got = said.length === 0 ? Object.keys(fields) : said;
    throw bad('does not say one thing', { expected: `exactly one of ${SAYS.join(', ')}`, got });
  }
  const [statement] = said;
  if ('of' in fields && statement !== 'stars') throw bad('only stars have it', { field: 'of', got: fields.of });
  if ('over' in fields !== (statement === 'chosen')) {
    throw bad('chosen and over belong together', { field: 'over', expected: 'ids of the other candidates' });
  }
  const key = textIn(fields, 'key') ?? sha256(text);
  const common = { rater: textIn(fields, 'rater'), given: timeIn(fields), content: text };
  if (statement === 'chosen') return choice(fields, key, common);
  const target = textIn(fields, 'id');
  if (target === null) throw bad('is missing', { field: 'id', expected: 'the id or response id of an answer' });
  return [{ key, target, ...common, ...meaningOf(fields, statement), source: sourceOf(fields, statement) }];
}

type Statement = (typeof SAYS)[number];
type Meaning = Pick<Feedback, 'kind' | 'label' | 'correction'>;

function meaningOf(fields: Fields, statement: Exclude<Statement, 'chosen'>): Meaning {
  if (statement === 'correction') {
    return { kind: 'correction', label: null, correction: textIn(fields, 'correction') };
  }
  const label = statement === 'stars' ? starsOf(fields) : gradeIn(fields, statement);
  return { kind: statement, label, correction: null };
}

function gradeIn(fields: Fields, name: 'thumb' | 'verdict' | 'outcome'): number {
  const value = fields[name];
  const minus = name === 'thumb' && gradeNumber(value) === -1;
  const label = minus ? 0 : gradeOf(value);
  if (label !== null && !Number.isNaN(label) && (name !== 'thumb' || label === 0 || label === 1)) return label;
  const expected = name === 'thumb' ? 'up or down' : 'right, wrong, or a number from 0 to 1';
  throw bad('cannot be read', { field: name, expected, got: value });
}

/** 1 star is 0, all stars are 1. */
function starsOf(fields: Fields): number {
  const of = 'of' in fields ? gradeNumber(fields.of) : STARS;
  if (!(of > 1 && of <= 100)) throw bad('cannot be read', { field: 'of', expected: '2 to 100', got: fields.of });
  const stars = gradeNumber(fields.stars);
  if (stars >= 1 && stars <= of) return (stars - 1) / (of - 1);
  throw bad('is outside the scale', { field: 'stars', expected: `1 to ${of}`, got: fields.stars });
}

function choice(fields: Fields, key: string, common: Pick<Feedback, 'rater' | 'given' | 'content'>): Feedback[] {
  const chosen = textIn(fields, 'chosen') as string;
  if ('id' in fields) throw bad('a choice has no id of its own', { field: 'id', expected: 'chosen and over' });
  const over = listIn(fields.over);
  const candidates = [chosen, ...over];
  if (over.length === 0 || candidates.length > MOST_CANDIDATES || new Set(candidates).size < candidates.length) {
    const expected = `1 to ${MOST_CANDIDATES - 1} different ids, without the chosen one`;
    throw bad('is not a list of other candidates', { field: 'over', expected, got: fields.over });
  }
  const source = sourceOf(fields, 'chosen');
  return candidates.map((target, i) => ({
    ...{ key: `${key}/${i}`, target, kind: 'choice', label: i === 0 ? 1 : 0, correction: null, source },
    ...common,
  }));
}

/** A list, or in a table one id, a JSON list, or ids with `;` between them. Ids may be numbers. */
function listIn(value: unknown): string[] {
  let list = typeof value === 'number' ? [value] : value;
  if (typeof value === 'string') {
    try {
      list = value.trim().startsWith('[') ? JSON.parse(value) : value.split(';').map((each) => each.trim());
    } catch {
      list = null;
    }
  }
  const isId = (each: unknown) => typeof each === 'number' || (typeof each === 'string' && each !== '');
  if (Array.isArray(list) && list.every(isId)) return list.map(String);
  throw bad('has the wrong type', { field: 'over', expected: 'a list of ids', got: value });
}

/** Sources as the labels of records have them: people, or something named. */
const sources: Record<Statement, string> = {
  thumb: 'thumb',
  stars: 'user-feedback',
  correction: 'correction',
  chosen: 'preference',
  verdict: 'human',
  outcome: 'outcome',
};

function sourceOf(fields: Fields, statement: Statement): string {
  return textIn(fields, 'source') ?? sources[statement];
}

/** The fields that are not empty. Error: BAD_FEEDBACK for a field that is not known. */
function given(value: Fields): Fields {
  const fields: Fields = {};
  for (const [name, field] of Object.entries(value)) {
    if (!KNOWN.has(name)) {
      const hint = 'If it is one of these under another name, rename it; else leave it out.';
      throw bad('is not a field of feedback', { field: name, expected: [...KNOWN].join(', '), hint });
    }
    const isEmpty = TEXTS.has(name) ? field == null || field === '' : isUngraded(field);
    if (!isEmpty) fields[name] = field;
  }
  return fields;
}

function textIn(fields: Fields, name: string): string | null {
  const value = fields[name];
  if (value === undefined) return null;
  if (typeof value === 'string') return value;
  // columns of numbers; a correction may have been written as 1.50, but a whole number has only one form
  if (typeof value === 'number' && (name !== 'correction' || Number.isSafeInteger(value))) return String(value);
  throw bad('has the wrong type', { field: name, expected: 'text', got: value });
}

function timeIn(fields: Fields): number | null {
  if (fields.time === undefined) return null;
  const time = Date.parse(timeOf(fields.time) ?? '');
  if (Number.isSafeInteger(time)) return time;
  throw bad('is not a time', { field: 'time', expected: 'ISO 8601, such as 2026-01-05T10:00:00Z', got: fields.time });
}

function bad(what: string, detail: { field?: string; expected?: string; got?: unknown; hint?: string }): VouchError {
  return new VouchError('BAD_FEEDBACK', what, detail);
}
