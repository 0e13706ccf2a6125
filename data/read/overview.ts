import { addCount, type Counts, countsJson } from '../../support/counts.js';
import { hasLogprob } from '../counted-tokens.js';
import { groupMaker } from '../group/maker.js';
import type { Grouping } from '../group/partition.js';
import { isAnswer, type Logged } from '../token-list.js';
import { usualTopK } from '../usual-top-k.js';

/** What a log contains, as counts of answers. */
export interface Overview {
  answers: number;
  /** Records without an answer, by their finish reason. */
  unanswered: Record<string, number>;
  questions: number;
  /** How many groups each rule made, and what could not be decided. */
  grouping: Pick<Grouping, 'made' | 'notes'>;
  conversations: number;
  models: Record<string, number>;
  tasks: Record<string, number>;
  /** Earliest and latest recorded time. */
  times: { from: string; to: string } | null;
  /** Answers with a label, and labels by their source; `unknown` if none is named. */
  labelled: number;
  labels: Record<string, number>;
  /** Answers that have a field of the record. */
  with: Record<(typeof HELD)[number], number>;
  /** Answers by the usual number of alternatives per token. */
  alternatives: Record<number, number>;
  empty: number;
  refusals: number;
  truncated: number;
}

const HELD = [
  ...['prompt', 'messages', 'context', 'facts', 'reasoning', 'logprobs', 'alternatives', 'choices', 'samples'],
  ...['stated', 'verifiers', 'embeddings', 'similarities', 'entailments', 'features', 'reference'],
] as const;

/**
 * Counts records one by one. `isRefusal` recognises refusals from their words. Memory: what `groupMaker` keeps, and the
 * names of conversations.
 */
export function overviewOf(isRefusal: (record: Logged) => boolean, groupBy?: string, mergeNear?: boolean) {
  const grouped = groupMaker(groupBy, mergeNear);
  const conversations = new Set<string>();
  const counts = { unanswered: new Map(), models: new Map(), tasks: new Map(), labels: new Map() } satisfies Record<
    string,
    Counts
  >;
  const alternatives: Counts = new Map();
  const overview: Omit<Overview, keyof typeof counts | 'alternatives' | 'questions' | 'grouping' | 'conversations'> = {
    answers: 0,
    times: null,
    labelled: 0,
    with: Object.fromEntries(HELD.map((name) => [name, 0])) as Overview['with'],
    empty: 0,
    refusals: 0,
    truncated: 0,
  };
  const add = (record: Logged): void => {
    if (!isAnswer(record)) {
      addCount(counts.unanswered, record.finish ?? 'error');
      return;
    }
    overview.answers++;
    grouped.add(record);
    if (record.conversation != null) conversations.add(record.conversation);
    if (record.model != null) addCount(counts.models, record.model);
    if (record.task != null) addCount(counts.tasks, record.task);
    if (record.time != null) {
      const { from, to } = overview.times ?? { from: record.time, to: record.time };
      overview.times = { from: record.time < from ? record.time : from, to: record.time > to ? record.time : to };
    }
    const labels = record.labels ?? [];
    if (labels.length > 0) overview.labelled++;
    for (const { source } of labels) addCount(counts.labels, source ?? 'unknown');
    for (const name of HELD) if (holds(record, name)) overview.with[name]++;
    const usual = usualTopK(record.tokens ?? []);
    if (usual > 0) addCount(alternatives, String(usual));
    if (record.answer.trim() === '') overview.empty++;
    if (record.finish === 'length') overview.truncated++;
    if (isRefusal(record)) overview.refusals++;
  };
  const finish = (): Overview => {
    const { groups, made, notes } = grouped.finish();
    const questions = new Set(groups).size;
    const { unanswered, models, tasks, labels } = counts;
    const named = {
      unanswered: countsJson(unanswered),
      models: countsJson(models),
      tasks: countsJson(tasks),
      labels: countsJson(labels),
      alternatives: countsJson(alternatives),
    };
    return { ...overview, ...named, questions, grouping: { made, notes }, conversations: conversations.size };
  };
  return { add, finish };
}

function holds(record: Logged, name: (typeof HELD)[number]): boolean {
  if (name === 'logprobs') return hasLogprob(record.tokens ?? [], record.answer ?? '');
  if (name === 'alternatives') return usualTopK(record.tokens ?? []) > 0;
  const value: unknown = record[name];
  if (value == null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
