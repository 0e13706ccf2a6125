import type { Logged } from '../data/token-list.js';
import { VouchError } from '../support/errors.js';
import { encodedFields } from './encoder/annotate.js';
import type { CacheCounts } from './encoder/kept.js';
import { type EncoderFact, openEncoder } from './encoder/open-encoder.js';
import { kindOf } from './model/kind.js';
import { entailedFields } from './nli/annotate.js';
import { openNli } from './nli/open-nli.js';
import { openTuned } from './tuned/open-tuned.js';

/** A model that is open, of any kind, and the fields that it adds to a record. */
interface OpenModel {
  fact: EncoderFact;
  /** The cosine from which two texts mean the same, as encoder.json says. */
  sameAt?: number;
  counts: Readonly<CacheCounts>;
  fieldsOf(record: Logged, sameAt: number | undefined): Promise<Partial<Logged> | undefined>;
  close(): Promise<void>;
}

/** Adds to records what text models say about them. The models are open until `close`. */
export interface Annotator {
  readonly encoders: readonly EncoderFact[];
  /** The records in order, each with further fields; those that lack nothing are the same objects. */
  annotate<R extends Logged>(records: readonly R[]): Promise<R[]>;
  /** The cosine from which two texts mean the same, as the encoder.json of this encoder says. */
  sameAt(name: string): number | undefined;
  /** The fields that are added to one record; undefined if there are none. */
  fieldsOf(record: Logged): Promise<Partial<Logged> | undefined>;
  /** The same annotator with the models of these names alone, and with the thresholds of a bundle. */
  only(encoders: readonly { name: string; sameAt?: number }[]): Annotator;
  /** The same annotator with the entailment models whose names are not among these. */
  otherNli(names: readonly string[]): Annotator;
  /** Texts and pairs asked for, and those that were computed: the others came from the cache. */
  counts(): CacheCounts;
  close(): Promise<void>;
}

/**
 * Opens the sentence encoders, entailment models and tuned encoders in these folders; encoder.json says which is which.
 * Errors: those of opening a model; BAD_USAGE for two of one name.
 */
export async function openAnnotator(dirs: readonly string[]): Promise<Annotator> {
  const encoders: OpenModel[] = [];
  const close = async () => {
    for (const encoder of encoders) await encoder.close();
  };
  try {
    for (const dir of dirs) {
      const encoder = await openAny(dir);
      encoders.push(encoder);
      const { name } = encoder.fact;
      if (encoders.some((other) => other !== encoder && other.fact.name === name))
        throw new VouchError('BAD_USAGE', 'two encoders have the same name', { field: 'encoder', got: name });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return annotatorOf(encoders, new Map(), close);
}

async function openAny(dir: string): Promise<OpenModel> {
  const kind = await kindOf(dir);
  if (kind === 'tuned') return openTuned(dir);
  if (kind === 'nli') {
    const nli = await openNli(dir);
    const { fact, counts, close } = nli;
    return { fact, counts, close, fieldsOf: (record) => entailedFields(nli, record) };
  }
  const encoder = await openEncoder(dir);
  const { fact, counts, close, sameAt } = encoder;
  return { fact, sameAt, counts, close, fieldsOf: (record, learned) => encodedFields(encoder, record, learned) };
}

function annotatorOf(
  encoders: readonly OpenModel[],
  sameAt: ReadonlyMap<string, number | undefined>,
  close: () => Promise<void>,
): Annotator {
  const fieldsOf = async (record: Logged) => {
    let fields: Partial<Logged> | undefined;
    for (const encoder of encoders) {
      const own = await encoder.fieldsOf({ ...record, ...fields }, sameAt.get(encoder.fact.name));
      if (own !== undefined) fields = { ...fields, ...own };
    }
    return fields;
  };
  return {
    encoders: encoders.map(({ fact }) => fact),
    annotate: (records) =>
      Promise.all(
        records.map(async (record) => {
          const fields = await fieldsOf(record);
          return fields === undefined ? record : { ...record, ...fields };
        }),
      ),
    sameAt: (name) => encoders.find(({ fact }) => fact.name === name)?.sameAt,
    fieldsOf,
    only: (named) => {
      const kept = encoders.filter(({ fact: { name } }) => named.some((each) => each.name === name));
      return annotatorOf(kept, new Map(named.map((each) => [each.name, each.sameAt])), close);
    },
    otherNli: (names) => {
      const others = encoders.filter(({ fact: { name, pooling } }) => pooling === 'nli' && !names.includes(name));
      return annotatorOf(others, sameAt, close);
    },
    counts: () => ({
      asked: encoders.reduce((sum, { counts }) => sum + counts.asked, 0),
      computed: encoders.reduce((sum, { counts }) => sum + counts.computed, 0),
    }),
    close,
  };
}
