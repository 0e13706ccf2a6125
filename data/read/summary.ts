import { addCount, type Counts } from '../../support/counts.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import { tellsNothing } from '../group/turns.js';
import { fieldAt } from '../path.js';
import { LINE_KEYS } from '../record.js';
import type { Logged } from '../token-list.js';
import { announcement } from './formats/announce.js';

/** How many rows of one file were read in one format. */
export interface FormatRead {
  file: string;
  /**
   * Name of a log format; `jsonl` for canonical records; `csv` or `parquet` for tables whose columns were found by
   * their names.
   */
  format: string;
  why: string;
  rows: number;
}

/** What was found while reading. Pass an empty summary in the options, and read it when reading is over. */
export interface ReadSummary {
  /** Good records and bad lines. */
  records: number;
  bad: number;
  /** The format in which the rows of each file were read, and why. */
  formats: FormatRead[];
  /** Records without an answer, by their finish reason. They get no probability and no label. */
  unanswered: Counts;
  /** Parts of logs that are not answers (for example spans that are not model calls), by reason. */
  passed: Counts;
  /** Keys that are not fields of the record, and in how many records each is. They are kept. */
  unknownKeys: Counts;
  /** Keys that look like the id of a conversation and were not used, and in how many records each is. */
  conversationKeys: Counts;
  /** Answers without an id: file and line name them. */
  withoutId: number;
  /** Records without group, conversation and prompt: each is its own group. */
  ungrouped: number;
  /** Records without the field that --group-by names. */
  withoutGroupField: number;
  /**
   * `graded`: answers that got grades from --labels. `ungraded`: rows of that file without a grade. `strayGrades`:
   * graded ids that match no answer.
   */
  graded: number;
  ungraded: number;
  strayGrades: number;
  /**
   * `loggedTwice`: graded answers that are an exact copy of another one. `differing`: graded ids whose grades differ
   * without anything that explains it.
   */
  loggedTwice: number;
  differing: string[];
  /** Labels in the answers that were replaced by those of the grades file. */
  replaced: number;
  /** Answers whose grades were not used, because people had labelled them in the log. */
  outranked: number;
  /** Answers without a grade in that file that kept their own labels. */
  ownKept: number;
  /** Labels in the answers that are not grades and were left out. */
  unreadLabels: number;
  /** Number of labels by source. */
  sources: Counts;
  /** Number of labels by the name of the score, if they have one. */
  scores: Counts;
}

export function newSummary(): ReadSummary {
  return {
    records: 0,
    bad: 0,
    formats: [],
    unanswered: new Map(),
    passed: new Map(),
    unknownKeys: new Map(),
    conversationKeys: new Map(),
    withoutId: 0,
    ungrouped: 0,
    withoutGroupField: 0,
    graded: 0,
    ungraded: 0,
    strayGrades: 0,
    loggedTwice: 0,
    differing: [],
    replaced: 0,
    outranked: 0,
    ownKept: 0,
    unreadLabels: 0,
    sources: new Map(),
    scores: new Map(),
  };
}

/** Keys that mean the id of a conversation in every log. */
const CONVERSATION_KEY = /^(?:conversation|thread|chat|dialog(?:ue)?|session|trace)[ _-]?id$/i;

/** Counts one good record. */
export function count(summary: ReadSummary, record: Logged, groupBy?: string): void {
  summary.records++;
  for (const key in record) {
    if (LINE_KEYS.has(key)) continue;
    addCount(summary.unknownKeys, key);
    const isUsed = groupBy !== undefined || record.group != null || record.conversation != null;
    if (!isUsed && CONVERSATION_KEY.test(key)) addCount(summary.conversationKeys, key);
  }
  const named = groupBy !== undefined && fieldAt(record, groupBy) != null;
  if (groupBy !== undefined && !named) summary.withoutGroupField++;
  if (!named && record.group == null && tellsNothing(record)) summary.ungrouped++;
}

/** Counts a row under the format in which it was read. */
export function countFormat({ formats }: ReadSummary, file: string, format: string, why: string): void {
  const known = formats.find((each) => each.file === file && each.format === format && each.why === why);
  if (known === undefined) formats.push({ file, format, why, rows: 1 });
  else known.rows++;
}

/** Counts a record without an answer. */
export function countUnanswered({ unanswered }: ReadSummary, { finish }: Logged): void {
  addCount(unanswered, finish ?? 'error');
}

/** The summary as sentences, only those that matter: how files were read, and what was found in them. */
export function notesOf(summary: ReadSummary): string[] {
  const formats = summary.formats.flatMap(({ file, format, why }) => {
    const text = announcement(format, why);
    return text === null ? [] : [`${file}: ${text}`];
  });
  return [...formats, ...remarksOf(summary)];
}

/** What was found in the files, as sentences. */
export function remarksOf(summary: ReadSummary): string[] {
  const {
    records,
    formats,
    unanswered,
    passed,
    unknownKeys,
    conversationKeys,
    ungrouped,
    withoutGroupField,
    graded,
    ungraded,
    strayGrades,
  } = summary;
  const { loggedTwice, differing, replaced, outranked, ownKept, unreadLabels, scores } = summary;
  const keys = [...unknownKeys].map(([key, n]) => `${key} (${thousands(n)})`);
  const none = [...unanswered.values()].reduce((sum, n) => sum + n, 0);
  const ends = [...unanswered].map(([end, n]) => `${end} (${thousands(n)})`);
  const notes = [
    isTwice(formats) &&
      'Langfuse traces and observations were read together, so each answer occurs twice. Give only one of the two.',
    none > 0 && `left out because they have no answer: ${ends.join(', ')}`,
    ...[...passed].map(([reason, n]) => `skipped: ${thousands(n)} × ${reason}`),
    keys.length > 0 && `keys that are not fields of the record were kept: ${listed(keys)}`,
    ...[...conversationKeys].map(
      ([key, n]) =>
        `${key} (${thousands(n)}) looks like the id of a conversation and was not used. ` +
        `If turns of one conversation are separate rows, give --group-by ${key}`,
    ),
    ungrouped > 0 &&
      `${thousands(ungrouped)} of ${plural(records, 'answer')} ${has(ungrouped)} no group, no conversation and no prompt: ` +
        'each counts as a question of its own',
    withoutGroupField > 0 &&
      `${thousands(withoutGroupField)} of ${plural(records, 'answer')} ${has(withoutGroupField)} no field to group by: ` +
        'their group, conversation or prompt was used instead',
    graded + strayGrades > 0 && `${thousands(graded)} of ${plural(records, 'answer')} got grades`,
    strayGrades > 0 && `${plural(strayGrades, 'graded id matches', 'graded ids match')} no answer`,
    ungraded > 0 && `${plural(ungraded, 'row')} of the grades file ${has(ungraded)} no grade yet`,
    replaced > 0 && `${plural(replaced, 'label')} in the answers ${was(replaced)} replaced by those of the grades file`,
    outranked > 0 &&
      `the grades of ${plural(outranked, 'answer')} were not used, because people had labelled ` +
        `${outranked === 1 ? 'it' : 'them'} already ` +
        '(if people also gave the grades: --label-source human)',
    ownKept > 0 && `${plural(ownKept, 'answer')} without a grade in that file kept their own label`,
    unreadLabels > 0 &&
      plural(
        unreadLabels,
        'label in the answers is no grade and was',
        'labels in the answers are not grades and were',
      ) + ' left out',
    loggedTwice > 0 && `${plural(loggedTwice, 'graded answer is', 'graded answers are')} an exact copy of another one`,
    differing.length > 0 &&
      `${plural(differing.length, 'graded id has', 'graded ids have')} grades that differ, without rater or time ` +
        `(${listed(differing)}): ` +
        'their mean was used',
    scores.size > 1 && `labels are scores with several names: ${counted(scores)}`,
  ];
  return notes.filter((note) => note !== false);
}

function has(n: number): string {
  return n === 1 ? 'has' : 'have';
}

function was(n: number): string {
  return n === 1 ? 'was' : 'were';
}

/** Whether the log contains Langfuse traces together with their observations. */
function isTwice(formats: FormatRead[]): boolean {
  const whys = formats.filter(({ format }) => format === 'langfuse').map(({ why }) => why);
  return whys.some((why) => why.startsWith('a trace')) && whys.some((why) => why.startsWith('an observation'));
}

/** How many names a sentence lists. */
const LISTED = 12;

function listed(names: string[]): string {
  return `${names.slice(0, LISTED).join(', ')}${names.length > LISTED ? ', …' : ''}`;
}

/** `human 300, unknown 40`: the most frequent first. */
function counted(counts: Counts): string {
  const most = [...counts].sort((a, b) => b[1] - a[1]);
  return listed(most.map(([name, n]) => `${name} ${thousands(n)}`));
}
