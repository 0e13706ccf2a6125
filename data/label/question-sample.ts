import { createHash } from 'node:crypto';
import { groupOf } from '../group.js';
import { labelOf } from '../label-of.js';
import type { AnswerRecord } from '../record.js';

/** An answer drawn for people to grade, and its file. */
export interface Drawn {
  record: AnswerRecord;
  file: string;
}

interface QuestionSample {
  add(record: AnswerRecord, file: string): void;
  /** The answers drawn, in random order, so that a person who stops half-way has graded a random part. */
  drawn(): Drawn[];
  /** Answers that could have been drawn, answers that people have already graded, and rows without an answer. */
  readonly counts: { answers: number; graded: number; without: number };
}

interface Held extends Drawn {
  priority: number;
  rank: number;
}

/**
 * Draws at most `most` questions with equal chances, and one answer per question with equal chances. The draw depends
 * only on the seed, the questions and the ids, not on the order of the rows: every question gets a random number, and
 * the lowest are kept (bottom-k sampling, Cohen & Kaplan 2007). Memory: the answers kept.
 */
export function questionSample(most: number, seed: number, groupBy?: string): QuestionSample {
  const held = new Map<string, Held>();
  const counts = { answers: 0, graded: 0, without: 0 };
  let bar = Number.POSITIVE_INFINITY;

  return {
    counts,
    add(record, file) {
      if (record.answer == null) counts.without++;
      else if (hasHuman(record)) counts.graded++;
      else {
        counts.answers++;
        const group = groupOf(record, groupBy);
        const priority = drawFrom(seed, 'question', group);
        if (priority > bar) return;
        const rank = drawFrom(seed, 'answer', `${group}\n${record.id}\n${file}`);
        const there = held.get(group);
        if (there !== undefined && there.rank <= rank) return;
        held.set(group, { record, file, priority, rank });
        if (there === undefined && held.size >= most) bar = dropHighest(held, most);
      }
    },
    drawn: () => [...held.values()].sort((a, b) => a.priority - b.priority),
  };
}

/** Keeps the `most` lowest and returns the highest priority among them. */
function dropHighest(held: Map<string, Held>, most: number): number {
  let [highest, second] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let last = '';
  for (const [group, { priority }] of held) {
    if (priority > highest) {
      second = highest;
      highest = priority;
      last = group;
    } else if (priority > second) second = priority;
  }
  if (held.size <= most) return highest;
  held.delete(last);
  return second;
}

/** A number in 0…2^48 that is determined by seed, kind and name. */
function drawFrom(seed: number, kind: string, name: string): number {
  return createHash('sha256').update(`${seed}\n${kind}\n${name}`).digest().readUIntBE(0, 6);
}

function hasHuman(record: AnswerRecord): boolean {
  return labelOf(record)?.human === true;
}
