import { byQuestion } from '../../../metrics/raters/by-question.js';
import type { Rater, Raters } from '../../../report/raters/raters.js';
import { dot } from '../../../support/dot.js';
import type { Random } from '../../../support/random.js';
import type { TrainingData } from '../../prepare/training-data.js';
import { modelOf, together } from './together.js';
import { isRule, orderGaps, type Voice, voicesOf } from './voices.js';
import { RIGHT, withPeople } from './with-people.js';

/** Fewest answers that a rater must have rated to be listed. */
const FEWEST = 20;

/**
 * How reliable the raters and verifiers of all labelled answers are. Null unless two raters (people, judges, verifiers)
 * rated enough answers; rules that compare with references are listed only next to them.
 */
export function ratersOf(data: TrainingData, random: Random): Raters | null {
  const voices = voicesOf(data).filter(({ rows }) => rows.length >= FEWEST);
  if (voices.filter((voice) => !isRule(voice)).length < 2) return null;
  const people = voices.filter(({ kind }) => kind === 'person');
  const { model, right } = modelOf(voices, data);
  return {
    rows: voices.map((voice) => raterOf(voice, right.get(voice.name))),
    together: [
      ...(people.length < 2 ? [] : together('people', people, data, random)),
      ...together(
        'all',
        voices.filter(({ isDerived }) => !isDerived),
        data,
        random,
      ),
    ],
    model,
  };

  function raterOf(voice: Voice, own: { sensitivity: number; specificity: number } | undefined): Rater {
    const { name, kind, rows, said } = voice;
    const finite = (x: number | undefined) => (x === undefined || Number.isNaN(x) ? null : x);
    return {
      ...{ name, kind, rated: rows.length },
      right: said.filter((score) => score >= RIGHT).length / rows.length,
      people: withPeople(voice, data, truthWithout(voice), random),
      orderGap: gapOf(voice),
      sensitivity: finite(own?.sensitivity),
      specificity: finite(own?.specificity),
    };
  }

  /** The label by people; for a person, the mean label of the other people. NaN where there is none. */
  function truthWithout(voice: Voice): (row: number) => number {
    if (voice.kind !== 'person') return (row) => (data.human[row] ? data.y[row] : Number.NaN);
    const sum = new Float64Array(data.n);
    const n = new Float64Array(data.n);
    for (const other of people) {
      if (other === voice) continue;
      other.rows.forEach((row, i) => {
        sum[row] += other.said[i];
        n[row]++;
      });
    }
    return (row) => sum[row] / n[row];
  }

  function gapOf({ name, rows }: Voice): Rater['orderGap'] {
    const gaps = orderGaps(data, name);
    const both = gaps === undefined ? rows.slice(0, 0) : rows.filter((row) => !Number.isNaN(gaps[row]));
    if (gaps === undefined || both.length === 0) return null;
    const sums = new Float64Array(data.groupCount);
    const counts = new Float64Array(data.groupCount);
    for (const row of both) {
      sums[data.group[row]] += gaps[row];
      counts[data.group[row]]++;
    }
    const statistic = (times: Float64Array) => dot(times, sums) / dot(times, counts);
    return byQuestion({ statistic, groups: data.groupCount, rows: both.length }, random);
  }
}
