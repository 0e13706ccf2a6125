import { basename } from 'node:path';
import { appendAt } from '../support/append.js';
import { VouchError } from '../support/errors.js';
import { thousands } from '../support/words/thousands.js';
import type { At } from './grades/convention.js';
import { type Join, joinOf, printOf, withoutGuard } from './grades/grade-key.js';
import { type Graded, readGrades } from './grades/read-grades.js';
import type { LabelRules } from './grades/rules.js';
import { fieldAt } from './group.js';
import type { BadLine } from './read/row.js';
import type { ReadSummary } from './read/summary.js';
import type { Label } from './record.js';
import type { Logged } from './token-list.js';

/** The grades of a separate file, indexed by key. */
interface Grades {
  /** The grades of an answer; empty if it has none. */
  of(record: Logged, at: At): Label[];
  /**
   * Counts in the summary how many grades were joined. Errors: DUPLICATE_ID if one graded key belongs to several
   * answers; NO_LABELS if grades and answers have no key in common.
   */
  finish(summary: ReadSummary, maxRows: number): void;
  bad: BadLine[];
  /** Whether a row has the score that `--label-name` asks for. */
  hasScore: boolean;
}

interface GradeOptions {
  on?: string;
  badLines?: 'stop' | 'skip';
  rules?: LabelRules;
  /**
   * The files of answers. If the grades have a column `file` that names them, an id is matched within its file only.
   */
  answers?: readonly string[];
}

/** Fields that several answers share by design: a grade joined by one of them applies to all these answers. */
const SHARED_FIELDS = new Set(['conversation', 'session', 'group']);

/** Which answer a grade was given to. */
interface Use {
  print: string;
  at: At;
  /** The place of the first other answer with the same key. */
  other?: At;
}

/**
 * Reads a file of grades: the key column, the grade, and optionally source, rater, time, weight, and the name of the
 * score. Several rows with one key are several labels. `on` names the field of the answer (a dotted path) and, after
 * `=`, the column if it has another name. Scores exported by a tracing tool are joined by observation, else by trace.
 * Errors: those of `readGrades`.
 */
export async function openGrades(file: string, options: GradeOptions = {}): Promise<Grades> {
  const { on, badLines = 'stop', rules = {}, answers = [] } = options;
  const join = joinOf(on);
  const read = await readGrades(file, { join, badLines, rules });
  const { all, columns, ungraded, bad, hasScore } = read;
  const isScores = read.isScores && join.isOpen;
  const find = isScores ? scoreIndex(all) : keyIndex(all, join, answers);
  const uses = new Map<Graded, Use>();
  let graded = 0;
  let twice = 0;

  const use = (held: Graded, record: Logged, at: At): void => {
    const print = printOf(record);
    const first = uses.get(held);
    if (first === undefined) uses.set(held, { print, at });
    else if (first.print === print) twice++;
    else if (!SHARED_FIELDS.has(join.field)) first.other ??= at;
  };

  return {
    bad,
    hasScore,
    of(record, at) {
      const held = find(record, at);
      if (held.length === 0) return [];
      graded++;
      for (const each of held) use(each, record, at);
      return held.flatMap(({ labels }) => labels);
    },
    finish(summary, maxRows) {
      const stray = all.filter((held) => !uses.has(held));
      const differing = all.filter(isDiffering).map(({ key }) => key);
      Object.assign(summary, { graded, ungraded, strayGrades: stray.length, loggedTwice: twice, differing });
      const shared = [...uses].filter(([, { other }]) => other !== undefined);
      if (shared.length > 0) throw ambiguous(file, isScores, join, shared);
      if (graded > 0 || stray.length === 0 || summary.records === 0 || summary.records >= maxRows) return;
      throw new VouchError('NO_LABELS', 'no grade matches any answer', {
        file,
        field: isScores ? 'observation_id or trace_id' : join.column,
        expected: isScores ? "the answers' ids or conversations" : `values of the answers' field "${join.field}"`,
        got: stray[0].key,
        hint:
          `${mangledHint(stray)}Say which field joins them: --on FIELD, or --on ANSWER_FIELD=GRADE_COLUMN. ` +
          `The grades have: ${columns.join(', ')}.`,
      });
    },
  };
}

type Find = (record: Logged, at: At) => Graded[];

/** Joins by one column, and by file too if a column `file` names the files of answers. */
function keyIndex(all: readonly Graded[], { field }: Join, answers: readonly string[]): Find {
  const files = new Set(answers.map((name) => basename(name)));
  const isByFile = all.length > 0 && all.every(({ file }) => file !== undefined && files.has(basename(file)));
  const index = new Map<string, Graded[]>();
  const put = (key: string, held: Graded): void => {
    const there = index.get(key);
    if (there === undefined) index.set(key, [held]);
    else if (!there.includes(held)) there.push(held);
  };
  const within = (file: string | undefined, key: string) => (isByFile ? `${basename(file ?? '')}\n${key}` : key);
  for (const held of all) put(within(held.file, held.key), held);
  for (const held of all) {
    const bare = within(held.file, withoutGuard(held.key));
    if (!index.has(bare)) put(bare, held);
  }
  return (record, at) => {
    const value = fieldAt(record, field);
    return (value == null ? undefined : index.get(within(at.file, String(value)))) ?? [];
  };
}

/**
 * Joins by what the scores are about: the observation that is the answer, or the trace that is the answer or contains
 * it (field `conversation`). In a log of traces, the scores of a trace's observations are scores of the trace.
 */
function scoreIndex(all: readonly Graded[]): Find {
  const observations = new Map<string, Graded>();
  const traces = new Map<string, Graded>();
  const within = new Map<string, Graded[]>();
  for (const held of all) {
    if (held.kind === 'trace') traces.set(held.key, held);
    else {
      observations.set(held.key, held);
      if (held.trace != null) appendAt(within, held.trace, held);
    }
  }
  return (record) => {
    const { id, conversation } = record as Logged & { conversation?: unknown };
    const isTrace = traces.has(id) || within.has(id);
    const around = isTrace || conversation == null ? undefined : traces.get(String(conversation));
    const found = isTrace ? [traces.get(id), ...(within.get(id) ?? [])] : [observations.get(id), around];
    return found.filter((held) => held !== undefined);
  };
}

/** Whether one key has different grades although source, rater and time are the same. */
function isDiffering({ labels }: Graded): boolean {
  const [first, ...rest] = labels;
  return rest.some(
    ({ value, source, rater, time }) =>
      value !== first.value && source === first.source && rater === first.rater && time === first.time,
  );
}

/** Long numbers that a spreadsheet wrote as 1.23457E+18 have lost their digits. */
function mangledHint(stray: readonly Graded[]): string {
  const isMangled = stray.some(({ key }) => /^\d[.,]\d+E\+\d+$/.test(key));
  return isMangled ? 'A spreadsheet has shortened ids (1.23E+18): import that column as text. ' : '';
}

/** How many ids an error lists. */
const NAMED = 20;

function ambiguous(file: string, isScores: boolean, join: Join, shared: [Graded, Use][]): VouchError {
  const keys = shared.map(([{ key }]) => key);
  const named = `${keys.slice(0, NAMED).join(', ')}${keys.length > NAMED ? ', …' : ''}`;
  const [, { at, other }] = shared[0];
  const one = keys.length === 1 ? 'one graded key belongs' : `${thousands(keys.length)} graded keys belong`;
  const place = `${at.file}:${at.line} and ${other?.file}:${other?.line}`;
  const within =
    'Add a column "file" to the grades that names each answer\'s file, read the files one at a time, ' +
    'or join on another field (--on).';
  const trace = 'Score observations instead, or apply a trace’s score to all its answers: --on conversation=trace_id.';
  return new VouchError('DUPLICATE_ID', `${one} to several answers: ${named} (${keys[0]} is at ${place})`, {
    file,
    field: isScores ? 'trace_id' : join.column,
    hint: isScores && shared.every(([{ kind }]) => kind === 'trace') ? trace : within,
  });
}
