import { fitsTexts } from '../../data/check-meaning.js';
import type { Entailment, Similarity } from '../../data/record.js';
import type { Pool } from '../samples/pool.js';
import type { Readable } from '../text-view.js';
import { Meaning, type MeaningSource } from './meaning.js';

type Matrix = readonly (readonly number[])[];

/** What of a view is read here. */
interface Texts {
  readonly record: Readable;
  readonly own: Pool;
  readonly others: Pool;
}

/** What a text model recorded about the texts of a record: text 0 is the answer, text j is `samples[j − 1]`. */
export interface Related {
  /** How alike two texts are, 0..1, symmetric; null where it was not recorded. */
  alike: ((i: number, j: number) => number) | null;
  /** The samples of the answer's own model, and the answers of other models; null without them. */
  own: Meaning | null;
  others: Meaning | null;
}

/** Keeps what is computed from each named entry until the next record, because several signals read it. */
export class RelatedByName {
  readonly #made = new Map<string, Related>();

  clear(): void {
    if (this.#made.size > 0) this.#made.clear();
  }

  /** Cosines by an encoder. A negative cosine counts as 0. */
  similarity(view: Texts, name: string): Related {
    return this.#get(`s.${name}`, () => {
      const entry = view.record.similarities?.[name];
      const texts = entry?.texts;
      return fitsTexts(texts, view.record) ? bySimilarity(view, texts, entry as Similarity) : none;
    });
  }

  /** Probabilities by an entailment model. Two texts are as alike as they entail each other, on average. */
  entailment(view: Texts, name: string): Related {
    return this.#get(`e.${name}`, () => {
      const { entails, contradicts } =
        view.record.entailments?.[name]?.texts ?? ({} as NonNullable<Entailment['texts']>);
      const fit = fitsTexts(entails, view.record) && fitsTexts(contradicts, view.record);
      return fit ? byEntailment(view, entails, contradicts) : none;
    });
  }

  #get(key: string, make: () => Related): Related {
    let related = this.#made.get(key);
    if (related === undefined) this.#made.set(key, (related = make()));
    return related;
  }
}

const none: Related = { alike: null, own: null, others: null };

function bySimilarity(view: Texts, texts: Matrix, { sameAt }: Similarity): Related {
  const alike = (i: number, j: number) => Math.min(1, Math.max(0, (texts[i][j] + texts[j][i]) / 2));
  const more = { sameAt: sameAt ?? null };
  return { alike, own: meaningOf(view.own, alike, more), others: meaningOf(view.others, alike, more) };
}

/**
 * Two texts mean the same where each most likely entails the other: the strict rule of Kuhn et al. 2023, Algorithm 1, and
 * of Farquhar et al. 2024, Methods. For biographies Farquhar et al. take a lenient one (one entails, and neither
 * contradicts), and the code of Kuhn et al. a more lenient one (neither contradicts); these join "Paris" and "Paris or
 * Lyon", which is what semantic entropy must tell apart.
 */
function byEntailment(view: Texts, e: Matrix, c: Matrix): Related {
  const entails = (i: number, j: number) => e[i][j] > c[i][j] && e[i][j] > neutral(e, c, i, j);
  const alike = (i: number, j: number) => Math.min(1, Math.max(0, (e[i][j] + e[j][i]) / 2));
  const more: More = {
    sameAt: null,
    areEqual: (i, j) => entails(i, j) && entails(j, i),
    // both directions, (1, ½, 0) for entails, neutral, contradicts
    weight: (i, j) => Math.max(0, e[i][j] + e[j][i] + (neutral(e, c, i, j) + neutral(e, c, j, i)) / 2),
    kernel: (j) => Math.min(1, Math.max(0, 1 - c[0][j] - neutral(e, c, 0, j) / 2)),
  };
  return { alike, own: meaningOf(view.own, alike, more), others: meaningOf(view.others, alike, more) };
}

function neutral(e: Matrix, c: Matrix, i: number, j: number): number {
  return Math.max(0, 1 - e[i][j] - c[i][j]);
}

/** What a source may tell beyond likeness. */
type More = Pick<MeaningSource, 'areEqual' | 'sameAt' | 'weight' | 'kernel'>;

/** The meaning of a pool's samples. The functions take numbers of texts. */
function meaningOf(
  { n, samples, sums, logprobs, places }: Pool,
  alike: (i: number, j: number) => number,
  more: More,
): Meaning | null {
  if (n === 0) return null;
  const text = (i: number) => places[i] + 1;
  const { weight, kernel, areEqual, sameAt } = more;
  const source: MeaningSource = {
    n,
    samples,
    sums,
    logprobs,
    alike: (i, j) => alike(text(i), text(j)),
    near: (i) => alike(0, text(i)),
    areEqual: areEqual === undefined ? undefined : (i, j) => areEqual(text(i), text(j)),
    sameAt,
    weight: weight === undefined ? undefined : (i, j) => weight(text(i), text(j)),
    kernel: kernel === undefined ? undefined : (i) => kernel(text(i)),
  };
  const meaning = new Meaning();
  meaning.load(source);
  return meaning;
}
