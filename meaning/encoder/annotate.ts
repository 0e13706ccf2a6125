import { fitsPassages, fitsTexts } from '../../data/check-meaning.js';
import { promptOf } from '../../data/group.js';
import type { Similarity } from '../../data/record.js';
import { type Answer, isAnswer, type Logged } from '../../data/token-list.js';
import { rounded } from '../rounded.js';
import type { Encoder } from './open-encoder.js';
import { cosine } from './pool.js';

/**
 * The fields that an encoder adds to a record: `embeddings` (NAME.question, NAME.answer, NAME.reasoning, of the texts
 * that are there) and `similarities.NAME`. What the record already has under that name is kept and not computed, unless its
 * size shows that it is of other passages or samples.
 * Numbers are rounded to six decimals, so that records that were enriched earlier give the same signals as those that
 * are encoded while they are read. Undefined if nothing is missing, or if there is no answer.
 */
export async function encodedFields(
  encoder: Encoder,
  record: Logged,
  sameAt = encoder.sameAt,
): Promise<Pick<Logged, 'embeddings' | 'similarities'> | undefined> {
  if (!isAnswer(record)) return undefined;
  const { name } = encoder.fact;
  const vectors = await missingVectors(encoder, record);
  const before = record.similarities?.[name] ?? {};
  const cosines = await missingCosines(encoder, record, before);
  if (sameAt !== undefined && before.sameAt == null) cosines.sameAt = sameAt;
  const some = (fields: object) => Object.keys(fields).length > 0;
  if (!some(vectors) && !some(cosines)) return undefined;
  return {
    ...(some(vectors) ? { embeddings: { ...record.embeddings, ...vectors } } : {}),
    ...(some(cosines) ? { similarities: { ...record.similarities, [name]: { ...before, ...cosines } } } : {}),
  };
}

async function missingVectors(encoder: Encoder, record: Answer): Promise<Record<string, number[]>> {
  const { name } = encoder.fact;
  const { answer, reasoning } = record;
  const texts = [
    ['question', promptOf(record)],
    ['answer', answer],
    ['reasoning', reasoning],
  ] as const;
  const found = await Promise.all(
    texts.map(async ([part, text]) => {
      const key = `${name}.${part}`;
      if (text == null || text.trim() === '' || record.embeddings?.[key] != null) return null;
      const vector = await encoder.vector(text, part === 'question' ? 'question' : 'text');
      return [key, Array.from(vector, rounded)] as const;
    }),
  );
  return Object.fromEntries(found.filter((each) => each !== null));
}

async function missingCosines(encoder: Encoder, record: Answer, before: Similarity): Promise<Similarity> {
  const { answer, context, samples } = record;
  const prompt = promptOf(record);
  const cosines: Similarity = {};
  const vector = (text: string) => encoder.vector(text, 'text');
  if (before.question == null && prompt != null && prompt.trim() !== '') {
    cosines.question = rounded(cosine(await encoder.vector(prompt, 'question'), await vector(answer)));
  }
  if (context != null && context.length > 0 && !fitsPassages(before.passages, record)) {
    const [own, ...passages] = await Promise.all([answer, ...context].map(vector));
    cosines.passages = passages.map((passage) => rounded(cosine(passage, own)));
  }
  if (samples != null && samples.length > 0 && !fitsTexts(before.texts, record)) {
    const texts = [answer, ...samples.map((sample) => sample.answer)];
    const vectors = await Promise.all(texts.map(vector));
    const between = (i: number, j: number) => (texts[i] === texts[j] ? 1 : rounded(cosine(vectors[i], vectors[j])));
    cosines.texts = texts.map((_, i) => texts.map((_, j) => between(i, j)));
  }
  return cosines;
}
