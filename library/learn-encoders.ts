import { type AnswerSource, pathsOf } from '../data/read/answer-source.js';
import { type ReadOptions, readAnswers } from '../data/read/answers.js';
import type { Logged } from '../data/token-list.js';
import type { Annotator } from '../meaning/annotator.js';
import { cosine } from '../meaning/encoder/pool.js';
import type { BundleEncoder } from '../models/bundle/encoders-read.js';
import { unlessAborted } from '../support/unless-aborted.js';
import { learnSameAt, type SurePair, surePairs } from '../train/prepare/same-at.js';

/** Most answers that are read to learn a threshold. */
const MOST_ANSWERS = 2000;
/** Least cosine of two vectors of a text by one encoder: those of 8-bit models differ a little between processors. */
const SAME_VECTOR = 0.999;

/** How encoders are learned. */
interface LearnOptions {
  annotator: Annotator;
  onNote?: (note: { about: 'answers'; text: string }) => void;
  signal?: AbortSignal;
}

/**
 * What a bundle records of the encoders of its training: each with the cosine from which two texts mean the same. It is
 * the one that the answers bring along, because training uses it; else it is learned from the first 2,000 answers if
 * they can be read twice and have enough samples that words alone decide; else it is that of encoder.json, or none. A note
 * says if the first vector that the answers bring along is not one of the encoder of that name: training uses it, and a
 * scorer would compute others.
 */
export async function learnEncoders(
  answers: AnswerSource,
  read: ReadOptions,
  { annotator, onNote, signal }: LearnOptions,
): Promise<BundleEncoder[]> {
  const pairs = new Map<string, SurePair[]>(annotator.encoders.map(({ name }) => [name, []]));
  const recorded = new Map<string, number>();
  const compared = new Set<string>();
  if (isReadTwice(answers)) {
    const options = { ...read, badLines: 'skip', labels: undefined, on: undefined, maxRows: MOST_ANSWERS } as const;
    for await (const { records } of readAnswers(answers, options)) {
      unlessAborted(signal);
      for (const record of records) {
        for (const name of pairs.keys()) {
          const sameAt = record.similarities?.[name]?.sameAt;
          if (sameAt != null && !recorded.has(name)) recorded.set(name, sameAt);
          if (compared.has(name) || record.embeddings?.[`${name}.answer`] == null) continue;
          compared.add(name);
          if (await isOwn(record, name, annotator)) continue;
          const text = `The answers have vectors of another encoder called ${name}. Remove their fields, or rename it.`;
          onNote?.({ about: 'answers', text });
        }
      }
      const sampled = records.filter(({ samples }) => (samples ?? []).length > 0);
      for (const record of await annotator.annotate(sampled)) {
        for (const [name, found] of pairs) for (const pair of surePairs(record, name)) found.push(pair);
      }
    }
  }
  return annotator.encoders.map((fact) => {
    const { name } = fact;
    const sameAt = recorded.get(name) ?? learnSameAt(pairs.get(name)!) ?? annotator.sameAt(name);
    return sameAt === undefined ? { ...fact } : { ...fact, sameAt };
  });
}

/** Whether the record's vector of its answer is the one that the encoder of this name computes. */
async function isOwn({ id, answer, embeddings }: Logged, name: string, annotator: Annotator): Promise<boolean> {
  const key = `${name}.answer`;
  const given = embeddings?.[key] ?? [];
  const own = (await annotator.only([{ name }]).fieldsOf({ id, answer }))?.embeddings?.[key];
  if (own == null) return true; // an empty answer
  return own.length === given.length && cosine(Float64Array.from(own), Float64Array.from(given)) >= SAME_VECTOR;
}

function isReadTwice(answers: AnswerSource): boolean {
  const paths = pathsOf(answers);
  return paths === null ? Array.isArray(answers) : !paths.includes('-');
}
