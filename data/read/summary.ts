import { addCount, type Counts } from '../../support/counts.js';
import { tellsNothing } from '../group/turns.js';
import { fieldAt } from '../path.js';
import { LINE_KEYS } from '../record.js';
import type { Logged } from '../token-list.js';
import { announcement } from './formats/announce.js';

/** Rows of one file that were read in one format. */
export interface FormatRead {
  file: string;
  /** Name of a log format; `jsonl` for canonical records, `csv` or `parquet` for columns taken by their names. */
  format: string;
  why: string;
  rows: number;
}

/** What was met while reading, for the summary: pass an empty one in the options, look at it when reading is over. */
export interface ReadSummary {
  /** Good records and bad lines. */
  records: number;
  bad: number;
  /** What the rows of each file were read as, and why. */
  formats: FormatRead[];
  /** What the models did not answer, by how it ended: no probability, no label. */
  unanswered: Counts;
  /** Parts of logs that are no answers, by reason: spans that are no model call, say. */
  passed: Counts;
  /** Keys that are no part of the record, let through, and in how many records. */
  unknownKeys: Counts;
  /** Keys that look like the id of a conversation and were not used, and in how many records. */
  conversationKeys: Counts;
  /** Records with neither group, conversation nor prompt: each is its own group. */
  ungrouped: number;
  /** Records without the field that --group-by names. */
  withoutGroupField: number;
  /** Answers that got grades from --labels; rows of that file without a grade; graded ids that fit no answer. */
  graded: number;
  ungraded: number;
  strayGrades: number;
  /** Graded answers that are another one logged twice; graded ids whose grades differ with nothing that says why. */
  loggedTwice: number;
  differing: string[];
  /** Labels of the answers that gave way to those of the grades file. */
  replaced: number;
  /** Answers whose grades count for nothing, as people labelled them in the log. */
  outranked: number;
  /** Answers without a grade in that file that keep labels of their own. */
  ownKept: number;
  /** Labels of the answers that are no grades as they stand, and were left out. */
  unreadLabels: number;
  /** Labels by source. */
  sources: Counts;
  /** Labels by the name of the score, where they have one. */
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

/** Keys that hold the id of a conversation wherever they are met. */
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

/** Counts a row that was read in a format. */
export function countFormat({ formats }: ReadSummary, file: string, format: string, why: string): void {
  const known = formats.find((each) => each.file === file && each.format === format && each.why === why);
  if (known === undefined) formats.push({ file, format, why, rows: 1 });
  else known.rows++;
}

/** Counts what a model did not answer. */
export function countUnanswered({ unanswered }: ReadSummary, { finish }: Logged): void {
  addCount(unanswered, finish ?? 'error');
}

/** The summary as sentences, those that matter only: how files were read, and what was met in them. */
export function notesOf(summary: ReadSummary): string[] {
  const told = summary.formats.flatMap(({ file, format, why }) => {
    const said = announcement(format, why);
    return said === null ? [] : [`${file}: ${said}`];
  });
  return [...told, ...remarksOf(summary)];
}

/** What was met in the files, as sentences. */
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
  const keys = [...unknownKeys].map(([key, n]) => `${key} (${n})`);
  const none = [...unanswered.values()].reduce((sum, n) => sum + n, 0);
  const ends = [...unanswered].map(([end, n]) => `${end} (${n})`);
  const notes = [
    isTwice(formats) &&
      'Langfuse traces and observations were read together: each answer is there twice. Give one of the two.',
    none > 0 && `left out, as there is no answer: ${ends.join(', ')}`,
    ...[...passed].map(([reason, n]) => `passed over: ${n} × ${reason}`),
    keys.length > 0 &&
      `keys that are no part of the record were let through: ${keys.slice(0, 12).join(', ')}${keys.length > 12 ? ', …' : ''}`,
    ...[...conversationKeys].map(
      ([key, n]) =>
        `${key} (${n}) looks like the id of a conversation and was not used: if turns of one conversation are separate rows, give --group-by ${key}`,
    ),
    ungrouped > 0 &&
      `${ungrouped} of ${records} answers have neither group nor conversation nor prompt: each counts as a question of its own`,
    withoutGroupField > 0 &&
      `${withoutGroupField} of ${records} answers lack the field to group by: their group, conversation or prompt was taken`,
    graded + strayGrades > 0 && `${graded} of ${records} answers got grades`,
    strayGrades > 0 && `${strayGrades} graded ids fit no answer`,
    ungraded > 0 && `${ungraded} rows of the grades file hold no grade yet`,
    replaced > 0 && `${replaced} labels of the answers gave way to those of the grades file`,
    outranked > 0 &&
      `the grades of ${outranked} answers count for nothing, as people labelled these answers themselves (--label-source human, if people gave the grades too)`,
    ownKept > 0 && `${ownKept} answers without a grade there keep the label they came with`,
    unreadLabels > 0 && `${unreadLabels} labels of the answers are no grades and were left out`,
    loggedTwice > 0 && `${loggedTwice} graded answers are another one logged twice, word for word`,
    differing.length > 0 &&
      `${differing.length} graded ids have grades that differ, and nothing says of whom or when (${listed(differing)}): their mean was taken`,
    scores.size > 1 && `labels are scores of several names: ${counted(scores)}`,
  ];
  return notes.filter((note) => note !== false);
}

/** Whether a log holds the traces of Langfuse beside their observations. */
function isTwice(formats: FormatRead[]): boolean {
  const whys = formats.filter(({ format }) => format === 'langfuse').map(({ why }) => why);
  return whys.some((why) => why.startsWith('a trace')) && whys.some((why) => why.startsWith('an observation'));
}

/** Names that a sentence lists. */
const LISTED = 12;

function listed(names: string[]): string {
  return `${names.slice(0, LISTED).join(', ')}${names.length > LISTED ? ', …' : ''}`;
}

/** `human 300, unknown 40`: the most frequent first. */
function counted(counts: Counts): string {
  const most = [...counts].sort((a, b) => b[1] - a[1]);
  return listed(most.map(([name, n]) => `${name} ${n}`));
}
