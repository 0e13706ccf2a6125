import { fitsPassages } from '../../data/check-meaning.js';
import { max, mean } from '../stats.js';
import type { View } from '../view.js';
import { disagreementMeasures, type MeaningMeasure, meaningMeasures } from './measures.js';
import type { Related } from './related.js';

/**
 * A signal over one named entry of `similarities` or `entailments`. Its name is `FAMILY.NAME.KEY`; keys.ts says which
 * groups of a pattern it needs.
 */
export interface RecordedSignal
  extends Pick<MeaningMeasure, 'plain' | 'says' | 'source' | 'shown' | 'unless' | 'towards' | 'range'> {
  key: string;
  of(view: View, name: string): number;
}

type From = (view: View, name: string) => Related;

const share = { towards: 'right', shown: 'share', range: [0, 1] } as const;
const cosine = { towards: 'right', shown: 'number', range: [-1, 1] } as const;

/** Measures of similarity over a pool: of the answer and the samples, and of samples among themselves. */
const likenessMeasures: readonly MeaningMeasure[] = [
  { ...share, name: 'agree', says: 'Mean similarity of the answer and the samples.', of: ({ agree }) => agree },
  {
    ...share,
    name: 'agreeMost',
    says: 'Similarity of the answer and the most similar of the samples.',
    of: (meaning) => meaning.nearest(Math.max),
  },
  {
    ...share,
    name: 'agreeLeast',
    says: 'Similarity of the answer and the least similar of the samples.',
    of: (meaning) => meaning.nearest(Math.min),
  },
  {
    ...share,
    name: 'among',
    says: 'Mean similarity over all pairs of samples.',
    unless: 'there are fewer than two samples',
    of: ({ among }) => among,
  },
];

/** Signals over cosines by an encoder. */
export const similaritySignals: readonly RecordedSignal[] = [
  {
    ...cosine,
    key: 'question',
    says: 'Cosine of the question and the answer.',
    towards: 'either',
    of: ({ record }, name) => record.similarities?.[name]?.question ?? NaN,
  },
  ...overPassages(cosine, {
    passageMost: ['Greatest cosine of a passage of the context and the answer.', max],
    passageMean: ['Mean cosine of the passages of the context and the answer.', mean],
  })(({ record }, name) => record.similarities?.[name]?.passages),
  ...overTexts((view, name) => view.related.similarity(view, name)),
];

/** Signals over probabilities by an entailment model. */
export const entailmentSignals: readonly RecordedSignal[] = [
  ...overPassages(share, {
    passageEntails: ['Greatest probability that a passage of the context entails the answer.', max],
    passageEntailsMean: ['Mean probability that a passage of the context entails the answer.', mean],
  })(({ record }, name) => record.entailments?.[name]?.passages?.entails),
  ...overPassages({ ...share, towards: 'wrong' } as const, {
    passageContradicts: ['Greatest probability that a passage of the context contradicts the answer.', max],
    passageContradictsMean: ['Mean probability that a passage of the context contradicts the answer.', mean],
  })(({ record }, name) => record.entailments?.[name]?.passages?.contradicts),
  {
    ...share,
    key: 'contradicted',
    says: 'Mean probability that the answer contradicts a sample, over both directions.',
    source:
      'after Manakul et al. 2023 (SelfCheckGPT), section 5.4, who compare sentences with samples, in one direction, and ' +
      'leave out the neutral class',
    towards: 'wrong',
    of: (view, name) => {
      const c =
        view.related.entailment(view, name).own === null ? null : view.record.entailments?.[name]?.texts?.contradicts;
      if (c == null) return NaN;
      const { own } = view;
      let total = 0;
      for (let j = 0; j < own.n; j++) total += c[0][own.places[j] + 1] + c[own.places[j] + 1][0];
      return total / (2 * own.n);
    },
  },
  ...overTexts((view, name) => view.related.entailment(view, name)),
];

/** The signal of `NAME.KEY` in a family, and the name; undefined for an unknown key. */
export function recordedSignal(
  family: 'similarities' | 'entailments',
  full: string,
): { signal: RecordedSignal; name: string } | undefined {
  const dot = full.lastIndexOf('.');
  const signals = family === 'similarities' ? similaritySignals : entailmentSignals;
  const signal = signals.find(({ key }) => key === full.slice(dot + 1));
  return signal === undefined || dot < 0 ? undefined : { signal, name: full.slice(0, dot) };
}

/** Signals over a list with a number for each passage. */
function overPassages<K extends string>(
  shared: Pick<RecordedSignal, 'towards' | 'range' | 'shown'>,
  keys: Record<K, [says: string, of: (values: readonly number[], n: number) => number]>,
) {
  return (from: (view: View, name: string) => readonly number[] | null | undefined): RecordedSignal[] =>
    Object.entries<[string, (values: readonly number[], n: number) => number]>(keys).map(([key, [says, of]]) => ({
      ...shared,
      key,
      says,
      of: (view, name) => {
        const values = from(view, name);
        return fitsPassages(values, view.record) ? of(values, values.length) : NaN;
      },
    }));
}

/** Signals over a matrix of texts: the answer against samples, and samples among themselves. */
function overTexts(from: From): RecordedSignal[] {
  const over = (pool: 'own' | 'others', { of, name: key, ...described }: MeaningMeasure): RecordedSignal => ({
    ...described,
    key,
    of: (view, name) => {
      const meaning = from(view, name)[pool];
      return meaning === null ? NaN : of(meaning, view);
    },
  });
  return [
    ...[...likenessMeasures, ...meaningMeasures].map((measure) => over('own', measure)),
    ...[...likenessMeasures, ...disagreementMeasures].map((measure) => over('others', ofOthers(measure))),
    {
      ...share,
      key: 'between',
      says: 'Mean similarity of the samples and the answers of other models, over all pairs.',
      of: (view, name) => meanOver(textsOf(view, 'own'), textsOf(view, 'others'), from(view, name)),
    },
  ];
}

/** The same measure, described as one over answers of other models. */
function ofOthers({ name, says, plain, ...measure }: MeaningMeasure): MeaningMeasure {
  return {
    ...measure,
    name: `others${name[0].toUpperCase()}${name.slice(1)}`,
    says: `\`${name}\` over answers of other models instead of samples: ${says}`,
    plain: `${plain ?? says.replace(/\.$/, '')} – answers of other models`,
  };
}

function textsOf(view: View, pool: 'own' | 'others'): number[] {
  const { places, n } = view[pool];
  return Array.from(places.subarray(0, n), (place) => place + 1);
}

function meanOver(rows: number[], columns: number[], { alike }: Related): number {
  if (alike === null) return NaN;
  let total = 0;
  for (const i of rows) for (const j of columns) total += alike(i, j);
  return total / (rows.length * columns.length);
}
