import type { Answer } from '../data/token-list.js';
import { usualTopK } from '../data/usual-top-k.js';
import { categoryReader, fixedCategories, optionInText } from './categories.js';
import { Column, TextColumn } from './column.js';
import {
  type DynamicFamily,
  dynamicFamilies,
  eachAgreement,
  eachNamed,
  eachRelated,
  hasLogitTwin,
  hasTwins,
} from './dynamic.js';
import type { Feature, Need } from './feature.js';
import { type HashShape, hashedWords } from './hashed-words.js';
import { IdStore } from './id-store.js';
import { featuresWith } from './list.js';
import { RecordedSets } from './recorded-sets.js';
import { RowStore } from './row-store.js';
import { fillRow, stepsOf } from './steps.js';
import { logit } from './twins.js';
import { type OtherWidth, VectorCollector, type Vectors } from './vectors/collect-vectors.js';
import type { EmbeddingShape } from './vectors/embeddings.js';
import { type LoadableView, makeView } from './view.js';

/** All signals of many answers, by column. Names are `name@version`. NaN and null mean "not recorded". */
export interface SignalColumns {
  n: number;
  /** Numeric signals in order: those of the list, then the dynamic ones by family, in order of first appearance. */
  names: string[];
  columns: Map<string, Float64Array>;
  categories: Map<string, (string | null)[]>;
  /** Hashed words [n, length], if requested. */
  words: Int32Array | null;
  /** The embeddings; null or absent if none were collected. */
  vectors?: Vectors | null;
  /** What the category `option` would be if no choices were recorded. */
  optionSaid: (string | null)[];
  /** Which fields and signals each answer has (see recorded.ts), as an index into `recordedSets`. */
  recorded: Int32Array;
  /** The different sets of names that occur. */
  recordedSets: string[][];
  /** What each signal of a plug-in needs, by `name@version`. */
  pluginNeeds?: Record<string, Need>;
  /** Number of answers most of whose tokens have too few alternatives. Their top-k signals are NaN. */
  refused: number;
  /** Number of answers with a vector of another width than the bundle reads; it counts as missing. */
  otherWidths?: number;
}

/** Which embeddings are collected: those of a bundle, or those of any name, each with the width of its first vector. */
export type WantedEmbeddings = readonly EmbeddingShape[] | 'any';

/** Maximal number of columns per dynamic family. Further names are ignored. */
const MOST_DYNAMIC = 1000;

/**
 * Computes the signals of one record after another and keeps nothing else: 70,000 answers take about 120 MB, and 320 MB
 * more with embeddings of 1,152 numbers. A dynamic signal gets its column when it first appears; earlier rows are NaN.
 */
export class SignalCollector {
  n = 0;
  refused = 0;
  readonly #view: LoadableView;
  readonly #own: readonly Feature[];
  readonly #listed: readonly Feature[];
  readonly #rows: RowStore;
  readonly #steps: ReturnType<typeof stepsOf>;
  readonly #dynamic = new Map<DynamicFamily, Map<string, Column>>(dynamicFamilies.map((family) => [family, new Map()]));
  readonly #texts = new Map<string, TextColumn>();
  readonly #shape: HashShape | null;
  readonly #words: IdStore;
  readonly #vectors: VectorCollector | null;
  #otherWidths = 0;
  readonly #readers = fixedCategories.map((name) => ({ column: new TextColumn(), of: categoryReader(name)! }));
  readonly #optionInText = new TextColumn();
  readonly #recorded: number[] = [];
  readonly #recordedSets = new RecordedSets();

  /** `own` are the signals of plug-ins (`plugin/signals-of.ts`). */
  constructor(
    topK: number,
    words: HashShape | null = null,
    own: readonly Feature[] = [],
    embeddings: WantedEmbeddings | null = null,
  ) {
    this.#own = own;
    this.#listed = featuresWith(own);
    this.#rows = new RowStore(this.#listed.length);
    this.#steps = stepsOf(this.#listed);
    this.#view = makeView(topK);
    this.#shape = words;
    this.#words = new IdStore(words?.length ?? 0);
    this.#vectors = embeddings === null ? null : new VectorCollector(embeddings === 'any' ? null : embeddings);
  }

  /** Returns the first vector that counts as missing because of its width; null if there is none. */
  add(record: Answer): OtherWidth | null {
    const view = this.#view;
    const at = this.n++;
    view.load(record);
    fillRow(this.#steps, view, this.#rows.chunkOf(at), this.#rows.placeOf(at));
    if (view.tokens.refused) this.refused++;
    this.#recorded.push(this.#recordedSets.numberOf(view));
    if (this.#shape !== null) hashedWords(view, this.#shape, this.#words.chunkOf(at), this.#words.placeOf(at));
    for (const { column, of } of this.#readers) column.set(at, of(record, view));
    this.#optionInText.set(at, optionInText(view));
    eachNamed(
      record,
      (family, key, value) => columnOf(this.#dynamic.get(family)!, key, Column)?.set(at, value),
      (key, value) => columnOf(this.#texts, key, TextColumn)?.set(at, value),
    );
    eachRelated(view, (family, key, value) => columnOf(this.#dynamic.get(family)!, key, Column)?.set(at, value));
    eachAgreement(view, (model, value) => columnOf(this.#dynamic.get('agreeWith')!, model, Column)?.set(at, value));
    const other = this.#vectors?.add(record, at) ?? null;
    if (other !== null) this.#otherWidths++;
    return other;
  }

  /** Returns the complete columns. The collector is empty afterwards. */
  finish(): SignalColumns {
    const columns = new Map<string, Float64Array>();
    const listed = this.#rows.take(this.n);
    this.#listed.forEach(({ name, version }, i) => {
      columns.set(`${name}@${version}`, listed[i]);
    });
    for (const [family, byKey] of this.#dynamic) {
      for (const [key, column] of byKey) {
        const name = `${family}.${key}`;
        const { least, most, between } = column;
        columns.set(`${name}@1`, column.take(this.n));
        const hasTwin = hasTwins(family) && hasLogitTwin(least, most, between) && !byKey.has(`${key}.logit`);
        if (hasTwin) columns.set(`${name}.logit@1`, columns.get(`${name}@1`)!.map(logit));
      }
    }
    const categories = new Map<string, (string | null)[]>();
    fixedCategories.forEach((name, i) => {
      categories.set(name, this.#readers[i].column.take(this.n));
    });
    for (const [key, column] of this.#texts) categories.set(`features.${key}`, column.take(this.n));
    const words = this.#shape === null ? null : this.#words.take(this.n);
    return {
      n: this.n,
      names: [...columns.keys()],
      columns,
      categories,
      optionSaid: this.#optionInText.take(this.n),
      words,
      vectors: this.#vectors?.take(this.n) ?? null,
      otherWidths: this.#otherWidths,
      recorded: Int32Array.from(this.#recorded),
      recordedSets: this.#recordedSets.lists(),
      refused: this.refused,
      ...(this.#own.length === 0 ? {} : { pluginNeeds: needsOf(this.#own) }),
    };
  }
}

function needsOf(own: readonly Feature[]): Record<string, Need> {
  return Object.fromEntries(own.map(({ name, version, needs }) => [`${name}@${version}`, needs]));
}

/** The column of a key, created when the key first appears; undefined beyond the maximum. */
function columnOf<T>(columns: Map<string, T>, key: string, make: new () => T): T | undefined {
  let column = columns.get(key);
  if (column === undefined && columns.size < MOST_DYNAMIC) columns.set(key, (column = new make()));
  return column;
}

/**
 * The number of alternatives per token to train with: the most common one among the records, each represented by the
 * usual number among its tokens. On a tie it is the smaller one, which refuses fewer records. 0 where no token has
 * alternatives.
 */
export function commonTopK(records: readonly Answer[]): number {
  const counted = new TopKCount();
  for (const record of records) counted.add(record);
  return counted.common();
}

/** The same, for records that come one by one. */
export class TopKCount {
  readonly #counts = new Map<number, number>();

  add({ tokens }: Answer): void {
    const usual = tokens == null ? 0 : usualTopK(tokens);
    if (usual > 0) this.#counts.set(usual, (this.#counts.get(usual) ?? 0) + 1);
  }

  common(): number {
    const ranked = [...this.#counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return ranked.length === 0 ? 0 : ranked[0][0];
  }
}
