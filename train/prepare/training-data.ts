import { createHash } from 'node:crypto';
import { type ChoicePair, choicePairs } from '../../data/choice-pairs.js';
import { groupMaker } from '../../data/group/maker.js';
import { type Grouping, madeBy } from '../../data/group/partition.js';
import { automaticOf, labelOf } from '../../data/label-of.js';
import { UNKNOWN } from '../../data/label-sources.js';
import { seenTexts } from '../../data/seen.js';
import type { Answer } from '../../data/token-list.js';
import { SignalCollector, type SignalColumns, type WantedEmbeddings } from '../../features/collect.js';
import type { Feature } from '../../features/feature.js';
import type { HashShape } from '../../features/hashed-words.js';
import { patternOf } from '../../features/pattern.js';
import type { OtherWidth } from '../../features/vectors/collect-vectors.js';
import { embeddingInput } from '../../features/vectors/embeddings.js';
import { addCount, type Counts, countsJson } from '../../support/counts.js';
import { VouchError } from '../../support/errors.js';
import { numbered } from '../../support/numbered.js';
import { thousands } from '../../support/words/thousands.js';
import { type Prints, printCollector } from '../examine/suspect/prints.js';
import { RatingCollector, type Ratings } from './ratings.js';
import { type ShownTexts, shownTexts } from './shown-texts.js';

/** The labelled answers of a training run, as columns: row i of every array is the same answer. */
export interface TrainingData {
  n: number;
  ids: string[];
  groups: string[];
  /** How `groups` were made; absent if they were given. */
  grouping?: Pick<Grouping, 'field' | 'made'>;
  /** Notes about answers whose question could not be determined. */
  groupNotes?: string[];
  /** A hash of the text of each answer's question; null if unknown. Absent if groups were given. */
  questions?: (string | null)[];
  /** `groups` as numbers 0…g−1 in order of appearance. */
  group: Int32Array;
  groupCount: number;
  /** Label in [0, 1], where 1 is right; weight with mean 1; whether a person gave the label. */
  y: Float64Array;
  w: Float64Array;
  human: boolean[];
  /** The labels of automatic graders, also if a person's label takes precedence; NaN if there is none. */
  automatic: Float64Array;
  /** The labels by who gave them; absent for a part of the rows. */
  ratings?: Ratings;
  /** Labels of these answers by source, `unknown` for those without one. */
  sources: Record<string, number>;
  model: string[];
  task: string[];
  /** (model, task) as numbers. */
  slice: Int32Array;
  sliceNames: string[];
  pattern: string[];
  /** Whether an earlier score led to the answer. */
  selected: boolean[];
  time: (string | null)[];
  signals: SignalColumns;
  /** Shape of `signals.words`; null if no words were collected. */
  words: HashShape | null;
  /** The models' own probabilities of the options, if these and a reference that names an option are recorded. */
  choices?: OptionPairs;
  topK: number;
  /** Fingerprints of the texts, to find duplicates. */
  prints: Prints;
  /** Question and answer of each row, if the report is to show texts. */
  texts?: ShownTexts[];
  /** 1 for rows that only certify, where the caller chose them; absent: the part is drawn. */
  certifies?: Uint8Array;
  /**
   * 1 for answers that came after the others were trained on: answers in use are like these, and the reference for the
   * monitor is about them alone; absent: about all.
   */
  fresh?: Uint8Array;
  /** Number of answers that were read and have no label. */
  unlabelled: number;
  /** SHA-256 over ids and labels in order. */
  fingerprint: string;
}

/** Every recorded option of every row: its probability, and 1 if it is the right one. */
export interface OptionPairs {
  row: Int32Array;
  probability: Float64Array;
  right: Float64Array;
}

/** What a collector also does. */
interface More {
  /** Whether questions and answers are kept, cut at the end, for the report. */
  keepsTexts?: boolean;
  /** The signals of plug-ins. */
  own?: readonly Feature[];
  /** Which embeddings are collected; none if absent. With `any`, each name must have one width. */
  embeddings?: WantedEmbeddings;
}

/**
 * Collects labelled answers one by one. It stores signals and not records, so it needs only as much memory as training.
 */
export class TrainingDataCollector {
  private readonly signals: SignalCollector;
  private readonly ids = seenTexts();
  private readonly repeated: { id: string; file: string; line: number }[] = [];
  private readonly grouped;
  /**
   * Number of each labelled answer among all answers read. An answer without a label may link two answers that have
   * one.
   */
  private readonly places: number[] = [];
  private readonly y: number[] = [];
  private readonly w: number[] = [];
  private readonly human: boolean[] = [];
  private readonly automatic: number[] = [];
  private readonly sources: Counts = new Map();
  private readonly ratings = new RatingCollector();
  private readonly prints = printCollector();
  private readonly model: string[] = [];
  private readonly task: string[] = [];
  private readonly pattern: string[] = [];
  private readonly selected: boolean[] = [];
  private readonly time: (string | null)[] = [];
  private readonly choices: (ChoicePair & { row: number })[] = [];
  private readonly hash = createHash('sha256');
  private unlabelled = 0;

  constructor(
    private readonly topK: number,
    groupBy?: string,
    private readonly words: HashShape | null = null,
    mergeNear?: boolean,
    private readonly more: More = {},
  ) {
    this.grouped = groupMaker(groupBy, mergeNear);
    this.signals = new SignalCollector(topK, words, more.own, more.embeddings);
  }

  /**
   * Returns whether the answer was kept: it has a label, and its id is new. `finish` reports repeated ids. Error:
   * BAD_RECORD if a vector has another width than the earlier ones of its name, and all names are collected.
   */
  add(record: Answer, file: string, line: number): boolean {
    if (!this.ids.add(record.id)) {
      this.repeated.push({ id: record.id, file, line });
      return false;
    }
    const place = this.grouped.add(record);
    const verdict = labelOf(record);
    if (verdict === null) {
      this.unlabelled++;
      return false;
    }
    const other = this.signals.add(record);
    if (other !== null && this.more.embeddings === 'any') throw otherWidth(other).at(file, line);
    this.places.push(place);
    for (const pair of choicePairs(record) ?? []) this.choices.push({ ...pair, row: this.y.length });
    this.y.push(verdict.value);
    this.w.push(verdict.weight);
    this.human.push(verdict.human);
    this.automatic.push(automaticOf(record));
    this.ratings.add(this.y.length - 1, record.labels ?? []);
    for (const { source } of record.labels ?? []) {
      addCount(this.sources, source ?? UNKNOWN);
    }
    this.prints.add(record);
    if (this.more.keepsTexts) this.texts.push(shownTexts(record));
    this.model.push(record.model ?? '');
    this.task.push(record.task ?? '');
    this.pattern.push(patternOf(record));
    this.selected.push(record.selected === true);
    this.time.push(record.time ?? null);
    this.kept.push(record.id);
    this.hash.update(`${record.id}\n${verdict.value}\n`);
    return true;
  }

  private readonly kept: string[] = [];
  private readonly texts: ShownTexts[] = [];

  /** Error: DUPLICATE_ID if several answers have the same id; the error names the ids. */
  finish(): TrainingData {
    if (this.repeated.length > 0) throw duplicateIds(this.repeated);
    const n = this.y.length;
    const { groups: all, rules, field, notes, question } = this.grouped.finish();
    const groups = this.places.map((place) => all[place]);
    const made = madeBy(
      groups,
      this.places.map((place) => rules[place]),
    );
    const group = numbered(groups);
    const slice = numbered(this.model.map((model, i) => `${model || '(no model)'} · ${this.task[i] || '(no task)'}`));
    const mean = this.w.reduce((sum, w) => sum + w, 0) / Math.max(n, 1);
    return {
      n,
      ids: this.kept,
      groups,
      grouping: { field, made },
      groupNotes: notes,
      questions: this.places.map(question),
      group: group.index,
      groupCount: group.names.length,
      y: Float64Array.from(this.y),
      w: Float64Array.from(this.w, (w) => w / mean),
      human: this.human,
      automatic: Float64Array.from(this.automatic),
      ratings: this.ratings.finish(),
      sources: countsJson(this.sources),
      model: this.model,
      task: this.task,
      slice: slice.index,
      sliceNames: slice.names,
      pattern: this.pattern,
      selected: this.selected,
      time: this.time,
      signals: this.signals.finish(),
      words: this.words,
      choices: this.choices.length === 0 ? undefined : optionPairs(this.choices),
      topK: this.topK,
      prints: this.prints.finish(),
      ...(this.more.keepsTexts ? { texts: this.texts } : {}),
      unlabelled: this.unlabelled,
      fingerprint: this.hash.digest('hex'),
    };
  }
}

function otherWidth({ name, expected, got }: OtherWidth): VouchError {
  return new VouchError('BAD_RECORD', 'the vector has another width than the earlier ones of this name', {
    field: embeddingInput(name),
    expected: `${expected} numbers`,
    got: `${got} numbers`,
    hint: 'Vectors of different encoders need different names.',
  });
}

/** The most ids that an error names. */
const NAMED = 20;

function duplicateIds(repeated: readonly { id: string; file: string; line: number }[]): VouchError {
  const ids = [...new Set(repeated.map(({ id }) => id))];
  const [{ file, line }] = repeated;
  const what =
    ids.length === 1 ? 'an earlier answer has the same id' : `${thousands(ids.length)} ids belong to several answers`;
  const more = ids.length > NAMED ? ', …' : '';
  const hint =
    ids.length === 1
      ? 'Each answer needs its own id. Use another field as the id (--map id=FIELD), or remove answers that were ' +
        'logged twice.'
      : `The ids are: ${ids.slice(0, NAMED).join(', ')}${more}. Does the numbering restart in each file, or was an ` +
        'answer ' +
        'logged twice? Use another field as the id (--map id=FIELD), or leave the id out: answers without an id get ' +
        'the ' +
        'id FILE:LINE.';
  return new VouchError('DUPLICATE_ID', what, { file, line, field: 'id', got: ids[0], hint });
}

function optionPairs(pairs: (ChoicePair & { row: number })[]): OptionPairs {
  return {
    row: Int32Array.from(pairs, ({ row }) => row),
    probability: Float64Array.from(pairs, ({ probability }) => probability),
    right: Float64Array.from(pairs, ({ right }) => (right ? 1 : 0)),
  };
}
