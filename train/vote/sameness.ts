import { optionsOf } from '../../data/label/choice/options.js';
import type { AnswerRecord } from '../../data/record.js';
import { Crowd } from '../../features/samples/crowd.js';
import { sameAnswer } from '../../features/samples/same-answer.js';
import { TextView } from '../../features/text-view.js';
import { Gist } from '../../features/words/gist.js';
import { Question } from '../../features/words/question-form.js';
import { scanWords } from '../../features/words/scan.js';
import { Words } from '../../features/words/words.js';
import type { Candidate } from './candidate.js';
import { type FinalAnswer, finalAnswer, sameFinal } from './final-answer.js';

/** How far candidates i and j give the same answer, 0 to 1, at [i · n + j]. Symmetric; 1 on the diagonal. */
export type Sameness = Float64Array;

interface Read {
  words: Words;
  gist: Gist;
  final: FinalAnswer;
}

const view = new TextView();
const crowd = new Crowd();

/**
 * Compares the candidates of a question in pairs, so the result for two does not depend on the others. The first that
 * applies decides: given clusters, if both are samples of one record with a cluster; the final answer
 * (`final-answer.ts`); else the words (`features/samples/same-answer.ts`). Cost: pairs of different texts × their words.
 */
export function samenessOf(
  asked: Pick<AnswerRecord, 'prompt' | 'messages'>,
  candidates: readonly Pick<Candidate, 'id' | 'text' | 'cluster'>[],
): Sameness {
  view.load({ ...asked, answer: '' });
  const { question, promptText } = view;
  const options = optionsOf(promptText);
  const texts = [...new Set(candidates.map(({ text }) => text))];
  const placeOf = new Map(texts.map((text, i) => [text, i]));
  const place = candidates.map(({ text }) => placeOf.get(text) as number);
  const read = texts.map((text): Read => {
    const words = new Words();
    scanWords(text, words);
    const gist = new Gist();
    gist.load(words, text);
    return { words, gist, final: finalAnswer(text, options) };
  });
  const compared = new Map<number, number>();
  const byTexts = (a: number, b: number) => {
    if (a === b) return 1;
    const key = Math.min(a, b) * read.length + Math.max(a, b);
    let same = compared.get(key);
    if (same === undefined) compared.set(key, (same = sameTexts(read[Math.min(a, b)], read[Math.max(a, b)], question)));
    return same;
  };
  const n = candidates.length;
  const sameness = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const [a, b] = [candidates[i], candidates[j]];
      const isGiven = a.cluster !== null && b.cluster !== null && a.id === b.id;
      const same = isGiven ? Number(a.cluster === b.cluster) : byTexts(place[i], place[j]);
      sameness[i * n + j] = sameness[j * n + i] = same;
    }
  }
  return sameness;
}

function sameTexts(a: Read, b: Read, question: Question): number {
  const same = sameFinal(a.final, b.final, question === Question.NUMBER);
  if (same !== null) return Number(same);
  crowd.clear();
  crowd.add(a.words, a.words.ids, view.promptSet);
  crowd.add(b.words, b.words.ids, view.promptSet);
  crowd.compare();
  return sameAnswer({ crowd, gists: [a.gist, b.gist] }, 0, 1, question);
}
