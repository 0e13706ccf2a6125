import type { Sample } from '../../data/record.js';
import { Meaning, type MeaningSource } from '../semantic/meaning.js';
import { mean } from '../stats.js';
import type { TextView } from '../text-view.js';
import { finalOf, Gist } from '../words/gist.js';
import type { Question } from '../words/question-form.js';
import { scanWords } from '../words/scan.js';
import { stemsOf } from '../words/stem.js';
import { WordMap } from '../words/word-map.js';
import { Words } from '../words/words.js';
import { assignClusters, SAME_CLUSTER } from './clusters.js';
import { Crowd, MOST_TEXTS, Part } from './crowd.js';
import { meansSame } from './means-same.js';
import { SaidBy } from './said.js';
import { sameAnswer } from './same-answer.js';
import { logprobOf, type SampleLogprob } from './sample-logprob.js';

const scanned = new Words();
const logprob: SampleLogprob = { sum: NaN, tokens: 0 };

/**
 * The samples of one pool (of the answer's own model, or of other models), compared with the answer and with each
 * other. Text 0 is the answer, text j is sample j. `same` is how far two texts give the same answer.
 */
export class Pool implements MeaningSource {
  /** Number of samples in the record; 0 where the pool is empty. */
  count = 0;
  /** Number of samples that are compared. */
  n = 0;
  /** Sample j is `samples[j − 1]`. */
  readonly samples: Sample[] = [];
  /** The index of sample j in the record, at [j − 1]. */
  readonly places = new Int32Array(MOST_TEXTS);
  /** The gist of each text. */
  readonly gists = Array.from({ length: MOST_TEXTS }, () => new Gist());
  /**
   * The final answer of text i as one number: its option, its yes or no, its last number, or else a hash of all its
   * words.
   */
  readonly finals = new Float64Array(MOST_TEXTS);
  /** The texts compared by words, and by stems. */
  readonly crowd = new Crowd();
  readonly loose = new Crowd();
  /** How far the answer and sample j agree, at [j − 1]: whole texts, heads, and the whole answer with j's head. */
  readonly agree = new Float64Array(MOST_TEXTS);
  readonly agreeHeads = new Float64Array(MOST_TEXTS);
  readonly agreeHead = new Float64Array(MOST_TEXTS);
  /** Mean agreement of sample j with the other samples, at [j − 1]; 1 where it is the only one. */
  readonly central = new Float64Array(MOST_TEXTS);
  /** Sum and mean of token log-probabilities, and stated confidence of sample j, at [j − 1]; NaN where not recorded. */
  readonly sums = new Float64Array(MOST_TEXTS);
  readonly logprobs = new Float64Array(MOST_TEXTS);
  readonly stated = new Float64Array(MOST_TEXTS);
  /** Mean agreement over all pairs of samples; NaN with fewer than two. */
  among = NaN;
  /** Cluster of text i, numbered from 0; the answer's is `cluster[0]`. */
  readonly cluster = new Int32Array(MOST_TEXTS);
  clusters = 0;
  /** Number of samples in each cluster, without the answer. */
  readonly clusterSize = new Int32Array(MOST_TEXTS);
  /** What the texts deny, count and leave open. */
  readonly said = new SaidBy();
  readonly sameAt = SAME_CLUSTER;
  readonly #meaning = new Meaning();
  #hasMeaning = false;
  #question!: Question;
  readonly #promptStems = new WordMap();
  #stems = new Int32Array(64);
  readonly #same = new Float64Array(MOST_TEXTS * MOST_TEXTS);

  /** How far texts i and j give the same answer, 0 to 1. */
  same(i: number, j: number): number {
    return this.#same[i * MOST_TEXTS + j];
  }

  /** How the samples relate in meaning, as far as words show it. */
  get meaning(): Meaning {
    if (!this.#hasMeaning) this.#meaning.load(this);
    this.#hasMeaning = true;
    return this.#meaning;
  }

  /** How alike samples i and j are in meaning, counted from 0. */
  alike(i: number, j: number): number {
    return meansSame(this, this.#question, i + 1, j + 1);
  }

  /** How alike the answer and sample i are in meaning, counted from 0. */
  near(i: number): number {
    return meansSame(this, this.#question, 0, i + 1);
  }

  load(view: TextView, others: boolean): void {
    this.#hasMeaning = false;
    this.#gather(view, others);
    if (this.n === 0) return;
    const { n } = this;
    const question = view.question;
    this.#question = question;
    for (let i = 0; i <= n; i++) {
      this.#same[i * MOST_TEXTS + i] = 1;
      for (let j = i + 1; j <= n; j++) {
        const same = sameAnswer(this, i, j, question);
        this.#same[i * MOST_TEXTS + j] = this.#same[j * MOST_TEXTS + i] = same;
      }
    }
    for (let j = 1; j <= n; j++) {
      this.agree[j - 1] = this.same(0, j);
      this.agreeHeads[j - 1] = sameAnswer(this, 0, j, question, Part.HEADS);
      this.agreeHead[j - 1] = sameAnswer(this, 0, j, question, Part.WHOLE_HEAD);
      let total = 0;
      for (let k = 1; k <= n; k++) if (k !== j) total += this.same(j, k);
      this.central[j - 1] = n > 1 ? total / (n - 1) : 1;
    }
    this.among = n > 1 ? mean(this.central, n) : NaN;
    assignClusters(this);
  }

  #gather(view: TextView, others: boolean): void {
    const { crowd, loose, samples } = this;
    const { record } = view;
    this.count = this.n = samples.length = 0;
    crowd.clear();
    loose.clear();
    if (record.samples == null) return;
    for (let place = 0; place < record.samples.length; place++) {
      const sample = record.samples[place];
      const isOther = sample.model != null && sample.model !== record.model;
      if (isOther !== others || ++this.count >= MOST_TEXTS) continue;
      this.places[samples.length] = place;
      samples.push(sample);
    }
    if (this.count === 0) return;
    this.#stems = stemsOf(view.prompt, view.promptText, this.#stems);
    this.#promptStems.clear();
    for (let w = 0; w < view.prompt.n; w++) this.#promptStems.set(this.#stems[w], 1);
    this.#add(0, view.answer, record.answer, view.promptSet);
    for (const sample of samples) {
      scanned.clear();
      scanWords(sample.answer, scanned);
      logprobOf(sample, logprob);
      this.sums[this.n] = logprob.sum;
      this.logprobs[this.n] = logprob.sum / logprob.tokens;
      this.stated[this.n] = sample.stated ?? NaN;
      this.#add(++this.n, scanned, sample.answer, view.promptSet);
    }
    crowd.compare();
    loose.compare();
  }

  #add(i: number, words: Words, text: string, prompt: WordMap): void {
    const gist = this.gists[i];
    gist.load(words, text);
    this.finals[i] = finalOf(gist);
    this.crowd.add(words, words.ids, prompt);
    const { tiers } = this.crowd;
    this.#stems = stemsOf(words, text, this.#stems);
    this.loose.add(words, this.#stems, this.#promptStems);
    this.said.load(i, { text, words, stems: this.#stems, tiers });
  }
}
