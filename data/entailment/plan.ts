import { fitsPassages, fitsTexts } from '../check-meaning.js';
import type { AnswerRecord, Entailment } from '../record.js';

/** An ordered pair: does the premise entail the hypothesis, or contradict it? Premises are passages or answers. */
export interface TextPair {
  premise: string;
  hypothesis: string;
  of: 'passage' | 'text';
}

/** P(entails) and P(contradicts) of one pair. */
export interface Entailed {
  entails: number;
  contradicts: number;
}

/** The pairs that a model must judge for one record, and what they make together. */
interface EntailmentPlan {
  /** Whether the record lacks anything. It may, even if there is no pair to judge: all texts may be equal. */
  isNeeded: boolean;
  /** Each distinct ordered pair once. A text that is repeated entails itself without being judged. */
  pairs: readonly TextPair[];
  /**
   * The record's entry of `entailments`, with what it had before; `verdicts` are in the order of the pairs. A part with
   * a pair that could not be judged is left out, because its numbers would not be known.
   */
  filled(verdicts: readonly (Entailed | undefined)[]): Entailment;
}

/** The fields that a plan reads. */
type Entailable = Pick<AnswerRecord, 'answer' | 'samples' | 'context'>;

/** More distinct texts than this are not compared: there would be more than 4,032 pairs. */
const MOST_TEXTS = 64;

const SAME: Entailed = { entails: 1, contradicts: 0 };

/**
 * What is still to be judged of a record: each passage against the answer, if there are passages and the answer is not
 * empty; and all texts (the answer, then the samples) against each other in both directions, if there are samples. A
 * part that `known` has is kept, unless its size shows that it is of other passages or samples. Texts that are equal
 * apart from space around them are one text; more than 64 distinct texts are not compared. Source of the pairs: Kuhn et
 * al. 2023, Algorithm 1 (bidirectional entailment); Laban et al. 2022, section 3 (a source against the text made from
 * it). Cost: n (n − 1) pairs for n distinct texts.
 */
export function planEntailments({ answer, samples, context }: Entailable, known?: Entailment | null): EntailmentPlan {
  const pairs: TextPair[] = [];
  const places = new Map<string, Map<string, number>>();
  /** The place of a pair in the list; −1 for a text with itself. */
  const place = (premise: string, hypothesis: string, of: TextPair['of']): number => {
    if (of === 'text' && premise === hypothesis) return -1;
    const key = `${of}\n${premise}`;
    let found = places.get(key);
    if (found === undefined) places.set(key, (found = new Map()));
    let at = found.get(hypothesis);
    if (at === undefined) {
      at = pairs.push({ premise, hypothesis, of }) - 1;
      found.set(hypothesis, at);
    }
    return at;
  };
  const said = answer.trim();
  const { passages, texts: matrices } = known ?? {};
  const hasPassages = fitsPassages(passages?.entails ?? passages?.contradicts, { context });
  const wantsPassages = said !== '' && (context ?? []).length > 0 && !hasPassages;
  const texts = [said, ...(samples ?? []).map((sample) => sample.answer.trim())];
  const wantsTexts =
    texts.length > 1 &&
    !fitsTexts(matrices?.entails ?? matrices?.contradicts, { samples }) &&
    new Set(texts).size <= MOST_TEXTS;
  const ofPassages = wantsPassages ? (context ?? []).map((passage) => place(passage.trim(), said, 'passage')) : null;
  const ofTexts = wantsTexts ? texts.map((a) => texts.map((b) => place(a, b, 'text'))) : null;
  const filled = (verdicts: readonly (Entailed | undefined)[]): Entailment => {
    const at = (i: number) => (i < 0 ? SAME : verdicts[i]);
    const row = ofPassages === null ? null : allKnown(ofPassages.map(at));
    const rows = ofTexts === null ? null : allKnown(ofTexts.map((places) => allKnown(places.map(at))));
    return {
      ...known,
      ...(row == null ? {} : { passages: split(row) }),
      ...(rows == null
        ? {}
        : {
            texts: {
              entails: rows.map((each) => split(each).entails),
              contradicts: rows.map((each) => split(each).contradicts),
            },
          }),
    };
  };
  return { isNeeded: wantsPassages || wantsTexts, pairs, filled };
}

/** The list if all of it is known. */
function allKnown<T>(list: readonly (T | undefined)[]): T[] | undefined {
  return list.every((each) => each !== undefined) ? (list as T[]) : undefined;
}

function split(row: readonly Entailed[]) {
  return { entails: row.map(({ entails }) => entails), contradicts: row.map(({ contradicts }) => contradicts) };
}
