import type { LabelRules } from '../../data/grades/rules.js';
import type { BadLine } from '../../data/read/row.js';
import type { AnswerRecord } from '../../data/record.js';
import { pluginSignals } from '../../features/plugin/signals-of.js';
import type { Bundle } from '../../models/bundle/read.js';
import { readLabels } from '../../monitor/labels.js';
import { storedName, storedQuestion } from '../../monitor/stored/named.js';
import { meanLabel, reviewsBy } from '../../monitor/stored/reviews.js';
import { chancesIn } from '../../recalibrate/labels/chances-in.js';
import type { DrawnLabel, LabelSources } from '../../recalibrate/labels/kinds.js';
import { type Population, propensities } from '../../recalibrate/labels/propensity.js';
import { coded } from '../../store/coded.js';
import type { Store } from '../../store/open.js';
import { answersSince, countOfOthers, type StoredAnswer } from '../../store/read/answers-since.js';
import { askedIn } from '../../store/read/labelled.js';
import { endOf } from '../../store/read/place.js';
import { type Said, saidOf } from '../../store/read/said.js';
import { textsOfNames } from '../../store/read/texts.js';
import { append, appendAt } from '../../support/append.js';
import { VouchError } from '../../support/errors.js';
import type { Plugins } from '../../support/plugins/plugin.js';
import { unlessAborted } from '../../support/unless-aborted.js';
import { plural } from '../../support/words/plural.js';
import { type TrainingData, TrainingDataCollector } from '../../train/prepare/training-data.js';
import { storedSignals } from './stored-signals.js';

interface Given {
  store: Store;
  /** The version in service: only answers that it scored can be used. */
  bundle: Bundle;
  plugins: Plugins;
  /** A filled-in queue of the monitor, or other labels by the name of the answer. */
  labels?: { file: string; rules: LabelRules; badLines: 'stop' | 'skip' };
  /** Which feedback counts as the label of a drawn answer. */
  reviews: readonly string[];
  /** The smallest chance of feedback. */
  leastChance: number;
  progress?(answers: number): void;
  signal?: AbortSignal;
}

/** The labelled answers of a store, and how their labels came about. */
interface StoredAnswers {
  data: TrainingData;
  sources: LabelSources;
  warnings: string[];
  bad: BadLine[];
}

/** A stored answer with its name, and what feedback said of it. */
interface Kept {
  row: StoredAnswer;
  name: string;
  said: readonly Said[];
}

/**
 * The answers in a store that the bundle scored and that have a label, with the signals that were stored, as if they had
 * been read from files. Labels of a queue count by their chances: those in the file, else reviews in the store. All
 * other feedback is feedback; its chances are estimated from all answers of the bundle. Memory: that of training, and
 * some 100 bytes for each answer. Errors: NO_ANSWERS, NOT_STORED, STORE_BAD, STORE_UNAVAILABLE; those of reading labels.
 */
export async function storedAnswers(given: Given): Promise<StoredAnswers> {
  const { store, bundle, labels, reviews } = given;
  const isReview = reviewsBy(reviews);
  const chances = labels === undefined ? null : await chancesIn(labels.file);
  const filled = labels === undefined ? null : await readLabels(labels.file, labels);
  const asked = new Set([...(chances?.keys() ?? []), ...(filled?.labels.keys() ?? [])]);
  const read = await readRows(given, asked).catch((error: unknown) => {
    throw error instanceof VouchError ? error : coded(error, store.shown);
  });
  const drawn = new Map<string, DrawnLabel>();
  for (const { name, said } of read.kept) {
    const chance = chances?.get(name);
    const value = filled?.labels.get(name) ?? meanLabel(said.filter(isReview));
    if (chance !== undefined && value !== null) drawn.set(name, { value, chance });
  }
  const labelOfKept = ({ name, said }: Kept): AnswerRecord['labels'] => {
    const own = drawn.has(name) ? drawn.get(name)!.value : filled?.labels.get(name);
    return own === undefined
      ? said.map(({ label, source }) => ({ value: label, source }))
      : [{ value: own, source: 'human' }];
  };
  const labelled = read.kept.filter((each) => labelOfKept(each)!.length > 0);
  if (labelled.length === 0) {
    throw new VouchError('NO_LABELS', 'no stored answer of this bundle has a label', {
      ...{ file: store.shown, got: plural(read.all.ids.length, 'answer') },
      hint: 'Give a filled-in queue with --labels, or store it with vouch feedback.',
    });
  }
  const data = await dataOf(labelled, labelOfKept, given);
  const stored = new Set(read.all.ids);
  const absent = [...asked].filter((name) => !stored.has(name));
  const absentDraws = absent.filter((name) => chances?.has(name)).length;
  const hasFeedback = data.ids.some((id) => !drawn.has(id));
  const estimated =
    hasFeedback && read.all.ids.length > data.n
      ? propensities(populationOf(read.all, data.ids, drawn), given.leastChance)
      : { chances: null, clipped: 0 };
  return {
    data: { ...data, unlabelled: read.all.ids.length - data.n },
    sources: { drawn, missing: (chances?.size ?? 0) - absentDraws - drawn.size, ...estimated },
    warnings: [...(filled?.note ? [filled.note] : []), ...notesOf(read, data, bundle), ...absentNotes(absent)],
    bad: filled?.bad ?? [],
  };
}

type Read = Awaited<ReturnType<typeof readRows>>;

/** All answers that the bundle scored: those that may have a label whole, of the others what a propensity needs. */
async function readRows({ store, bundle, progress, signal }: Given, asked: ReadonlySet<string>) {
  const { db, shown } = store;
  const span = { bundle: bundle.digest, after: 0, through: (await endOf(db)).seq };
  const all: Omit<Population, 'isLabelled'> = { ids: [], probability: [], isAccepted: [], model: [], task: [] };
  const kept = new Map<string, Kept>();
  let deleted = 0;
  let repeated = 0;
  for await (const rows of answersSince(db, span)) {
    unlessAborted(signal);
    const said = new Map<number, Said[]>();
    const seqs = rows.map(({ seq }) => seq);
    for (const each of await saidOf(db, seqs, span.through)) appendAt(said, each.scored, each);
    for (const row of rows) {
      if (row.redacted !== 0 || row.signals === null || row.probability === null) {
        deleted++;
        continue;
      }
      const name = storedName(row);
      const own = said.get(row.seq) ?? [];
      all.ids.push(name);
      all.probability.push(row.probability);
      all.isAccepted.push(row.decision === 'accept');
      all.model.push(row.model ?? '');
      all.task.push(row.task ?? '');
      if (own.length === 0 && !asked.has(name)) continue;
      // feedback goes to the last answer with an id
      if (kept.has(name)) repeated++;
      kept.set(name, { row, name, said: own });
    }
    progress?.(rows.length);
  }
  const others = await countOfOthers(db, span);
  if (all.ids.length === 0) {
    throw new VouchError('NO_ANSWERS', 'the store has no answers that this bundle scored', {
      ...{ file: shown, expected: `answers of ${bundle.digest.slice(0, 12)}` },
      got: `${plural(others, 'answer')} of other bundles, ${deleted} with deleted content`,
      hint: 'Signals are stored as the bundle that scored them reads them. For other answers, give files with all fields.',
    });
  }
  return { all, kept: [...kept.values()], deleted, repeated, others };
}

/** The answers as columns. What does not need signals is found as for answers from files. */
async function dataOf(
  labelled: readonly Kept[],
  labelsOf: (kept: Kept) => AnswerRecord['labels'],
  { store, bundle, plugins }: Given,
): Promise<TrainingData> {
  const { manifest, digest } = bundle;
  const names = labelled.map(({ name }) => name);
  const texts = new Map((await textsOfNames(store.db, names, digest)).map((text) => [text.seq, text]));
  const { topK, categorical } = manifest.signals;
  const collector = new TrainingDataCollector(topK, undefined, null, undefined, { own: pluginSignals(plugins) });
  for (const [i, each] of labelled.entries()) {
    const { row, name } = each;
    const text = texts.get(row.seq);
    const isKnown = row.question !== null || (text?.prompt ?? null) !== null;
    const record: AnswerRecord = {
      ...{ id: name, answer: text?.answer ?? '', model: row.model ?? undefined, task: row.task ?? undefined },
      ...(row.question === null && isKnown ? {} : { group: storedQuestion(row) }),
      ...(text?.prompt == null ? {} : askedIn(text.prompt)),
      ...{ time: new Date(row.time).toISOString(), selected: row.selected === 1, labels: labelsOf(each) },
    };
    collector.add(record, store.shown, i + 1);
  }
  const base = collector.finish();
  const rows = new Map(labelled.map(({ name, row }) => [name, row]));
  const own = base.ids.map((id) => rows.get(id)!);
  checkKept(own, texts, bundle, store.shown);
  const signals = storedSignals(own, manifest, { shown: store.shown, base: base.signals });
  for (const name of ['model', 'task'] as const) {
    if (categorical.some((each) => each.name === name))
      signals.categories.set(
        name,
        base[name].map((value) => value || null),
      );
  }
  const words = signals.words === null ? null : manifest.signals.words!;
  return { ...base, pattern: own.map(({ pattern }) => pattern ?? 'free'), signals, words };
}

/**
 * Error: NOT_STORED if claims of the bundle need what a store does not keep: values of features by which claims are
 * made, or the option that a text names next to the one that log-probabilities prefer.
 */
function checkKept(
  rows: readonly StoredAnswer[],
  texts: ReadonlyMap<number, { answer: string | null; prompt: string | null }>,
  { manifest }: Bundle,
  file: string,
): void {
  const hint = 'Give the answers from files, with all fields that the bundle reads.';
  const own = manifest.decisions?.sliceBy.filter((field) => field.startsWith('features.')) ?? [];
  if (manifest.decisions?.by === 'slice' && own.length > 0) {
    throw new VouchError('NOT_STORED', 'the bundle claims by fields that a store does not keep', {
      ...{ file, got: own.join(', '), hint },
    });
  }
  const hasOption = manifest.signals.categorical.some(({ name }) => name === 'option');
  const isBare = ({ seq, pattern }: StoredAnswer) =>
    pattern?.split('+').includes('logprobs') === true &&
    (texts.get(seq)?.answer == null || texts.get(seq)?.prompt == null);
  if (!hasOption || !rows.some(isBare)) return;
  throw new VouchError('NOT_STORED', 'the bundle reads which option a text names, and the store has no texts', {
    ...{ file, hint: `Run the service with --store-texts. ${hint}` },
  });
}

function populationOf(
  all: Omit<Population, 'isLabelled'>,
  labelled: readonly string[],
  drawn: ReadonlyMap<string, DrawnLabel>,
): Population {
  const ids = new Set(labelled);
  return { ...all, isLabelled: all.ids.map((id) => ids.has(id) && !drawn.has(id)) };
}

/** The most names in a note. */
const NAMED = 5;

function absentNotes(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const first = names.slice(0, NAMED).map((name) => JSON.stringify(name));
  const rows = plural(names.length, 'row of the labels is', 'rows of the labels are');
  const more = names.length > NAMED ? ', …' : '';
  return [`${rows} about answers that the store has not from this bundle (${first.join(', ')}${more}).`];
}

/** What was left out, and what could not be known. */
function notesOf({ deleted, others, repeated }: Read, data: TrainingData, { manifest }: Bundle): string[] {
  const notes: string[] = [];
  const left = (n: number, why: string) => {
    if (n > 0) notes.push(`${plural(n, 'stored answer was', 'stored answers were')} left out: ${why}.`);
  };
  left(others, 'another bundle scored them, so the store has not the signals that this one reads');
  left(deleted, 'their content was deleted');
  left(repeated, 'a later answer has the same id');
  const unknown = (data.questions ?? []).filter((question) => question === null).length;
  if (unknown > 0 && manifest.options.fingerprints !== false) {
    notes.push(
      `${plural(unknown, 'answer has', 'answers have')} no stored prompt, so vouch cannot see whether the bundle was ` +
        'trained on the question. Texts are stored with --store-texts.',
    );
  }
  append(notes, data.groupNotes ?? []);
  return notes;
}
