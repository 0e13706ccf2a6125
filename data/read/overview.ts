import { hasLogprob } from '../counted-tokens.js';
import { groupMaker } from '../group/maker.js';
import type { Grouping } from '../group/partition.js';
import { isAnswer, type Logged } from '../token-list.js';
import { usualTopK } from '../usual-top-k.js';

/** What a log holds, as counts of answers. */
export interface Overview {
  answers: number;
  /** Records without an answer, by how they ended. */
  unanswered: Record<string, number>;
  questions: number;
  /** How many questions each rule told apart, and what could not be told. */
  grouping: Pick<Grouping, 'made' | 'notes'>;
  conversations: number;
  models: Record<string, number>;
  tasks: Record<string, number>;
  /** Earliest and latest time that is recorded. */
  times: { from: string; to: string } | null;
  /** Answers with a label, and labels by their source; `unknown` where none is named. */
  labelled: number;
  labels: Record<string, number>;
  /** Answers that hold a field of the record. */
  with: Record<(typeof HELD)[number], number>;
  /** Answers by how many alternatives their tokens usually have. */
  alternatives: Record<number, number>;
  empty: number;
  refusals: number;
  truncated: number;
}

const HELD = [
  ...['prompt', 'messages', 'context', 'facts', 'reasoning', 'logprobs', 'alternatives', 'choices', 'samples'],
  ...['stated', 'verifiers', 'embedding', 'features', 'reference'],
] as const;

/** Counts records one by one. `isRefusal` tells refusals by their words. Memory: what `groupMaker` keeps, and the names of conversations. */
export function overviewOf(isRefusal: (record: Logged) => boolean, groupBy?: string, mergeNear?: boolean) {
  const grouped = groupMaker(groupBy, mergeNear);
  const conversations = new Set<string>();
  const overview: Omit<Overview, 'questions' | 'grouping' | 'conversations'> = {
    answers: 0,
    unanswered: {},
    models: {},
    tasks: {},
    times: null,
    labelled: 0,
    labels: {},
    with: Object.fromEntries(HELD.map((name) => [name, 0])) as Overview['with'],
    alternatives: {},
    empty: 0,
    refusals: 0,
    truncated: 0,
  };
  const add = (record: Logged): void => {
    if (!isAnswer(record)) {
      addTo(overview.unanswered, record.finish ?? 'error');
      return;
    }
    overview.answers++;
    grouped.add(record);
    if (record.conversation != null) conversations.add(record.conversation);
    if (record.model != null) addTo(overview.models, record.model);
    if (record.task != null) addTo(overview.tasks, record.task);
    if (record.time != null) {
      const { from, to } = overview.times ?? { from: record.time, to: record.time };
      overview.times = { from: record.time < from ? record.time : from, to: record.time > to ? record.time : to };
    }
    const labels = record.labels ?? [];
    if (labels.length > 0) overview.labelled++;
    for (const { source } of labels) addTo(overview.labels, source ?? 'unknown');
    for (const name of HELD) if (holds(record, name)) overview.with[name]++;
    const usual = usualTopK(record.tokens ?? []);
    if (usual > 0) addTo(overview.alternatives, usual);
    if (record.answer.trim() === '') overview.empty++;
    if (record.finish === 'length') overview.truncated++;
    if (isRefusal(record)) overview.refusals++;
  };
  const finish = (): Overview => {
    const { groups, made, notes } = grouped.finish();
    const questions = new Set(groups).size;
    return { ...overview, questions, grouping: { made, notes }, conversations: conversations.size };
  };
  return { add, finish };
}

function addTo(counts: Record<string, number>, name: string | number): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function holds(record: Logged, name: (typeof HELD)[number]): boolean {
  if (name === 'logprobs') return hasLogprob(record.tokens ?? [], record.answer ?? '');
  if (name === 'alternatives') return usualTopK(record.tokens ?? []) > 0;
  const value: unknown = record[name];
  if (value == null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}
