import type { Manifest } from '../../models/bundle/manifest.js';
import type { Score } from '../../scorer/scorer.js';
import type { StoredAnswer } from '../../store/read/answers-since.js';
import type { Said } from '../../store/read/said.js';
import { unpackSignals } from '../../store/signals.js';
import { VouchError } from '../../support/errors.js';
import type { ScoredAnswer } from '../answer.js';
import type { Intake } from '../intake.js';
import { storedName, storedQuestion } from './named.js';
import { meanLabels } from './reviews.js';

interface Given {
  intake: Intake;
  manifest: Pick<Manifest, 'signals' | 'data'>;
  /** How messages name the store. */
  shown: string;
  /** What feedback said of these answers. */
  said: readonly Said[];
  /** Whether they are new whatever their time is, because the state knows which rows of the store it has seen. */
  allNew: boolean;
}

/**
 * Gives stored answers to the intake, in the order of time, with the signals that were stored. Answers whose content was
 * deleted have neither signals nor a name and are left out. Returns their number.
 */
export function takeStored(rows: readonly StoredAnswer[], given: Given): number {
  const { intake, manifest, shown, said, allNew } = given;
  const whole = rows.filter(
    ({ redacted, signals, probability }) => redacted === 0 && signals !== null && probability !== null,
  );
  const fresh = whole.filter((row) => intake.isNew({ id: storedName(row), time: row.time }, allNew));
  const named = fresh.map(({ model, task }) => ({ id: '', answer: '', model, task }));
  const { models, tasks } = manifest.data;
  intake.count(named, fresh.map(scoreOf), { models: new Set(models), tasks: new Set(tasks) });
  const labels = meanLabels(said, ({ scored }) => String(scored));
  for (const row of fresh) {
    const question = storedQuestion(row);
    if (!intake.wants(question)) continue;
    intake.add({
      ...{ id: storedName(row), question, time: row.time, model: row.model, task: row.task },
      ...{ probability: row.probability as number, claim: row.claim },
      ...signalsOf(row, manifest, shown),
      label: labels.get(String(row.seq)) ?? null,
    });
  }
  return rows.length - whole.length;
}

/** The parts of a score that are counted. */
function scoreOf(row: StoredAnswer): Score {
  const { probability, decision, why, missing, pattern, slice, shift, basis } = row;
  const names = missing === null ? null : (JSON.parse(missing) as string[]);
  return { probability, decision, why, missing: names, pattern, slice, shift: shift ?? 0, basis } as Score;
}

/** Error: STORE_BAD if a row has other signals than its bundle. */
function signalsOf(
  { seq, signals }: StoredAnswer,
  { signals: { numeric, categorical } }: Pick<Manifest, 'signals'>,
  shown: string,
): Pick<ScoredAnswer, 'numbers' | 'categories'> {
  const packed = unpackSignals(signals as Uint8Array);
  if (packed === null || packed.features.length < numeric.length || packed.categories.length < categorical.length) {
    throw new VouchError('STORE_BAD', `the signals of row ${seq} cannot be read`, {
      file: shown,
      hint: 'Run vouch audit --verify.',
    });
  }
  return {
    numbers: packed.features.slice(0, numeric.length),
    categories: categorical.map(({ vocabulary }, k) => vocabulary[packed.categories[k] - 1] ?? ''),
  };
}
