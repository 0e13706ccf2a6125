import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../models/bundle/manifest.js';
import { driftOf, driftSentences } from '../../../scorer/batch/drift.js';
import { countUnseen, newTally } from '../../../scorer/batch/tally.js';
import { random } from '../../../support/random.js';

/** 10,000 training answers to 2,000 questions, 5% of which may be flagged. */
const manifest = {
  data: { fingerprint: '', answers: 10_000, groups: 2000 },
  options: { shiftFlags: 0.05 },
} as unknown as Manifest;

const tallyOf = (rows: number, shifted: number) => ({ ...newTally(), rows, shifted });
const excess = (rows: number, shifted: number) => driftOf(tallyOf(rows, shifted), manifest).excess;

describe('drift of a batch', () => {
  it('raises the alarm from the count that the bound gives', () => {
    // 1,000 rows are 200 questions: m = 200·2000/2200 = 181.8, so KL(q‖.05) must be above 6.908/181.8 = .03799 nats.
    // q = .123: .123·ln(2.46) + .877·ln(.877/.95) = .11072 − .07011 = .04061; q = .118: .10131 − .06543 = .03588
    expect(excess(1000, 118)).toBe(false);
    expect(excess(1000, 123)).toBe(true);
    expect(driftOf(tallyOf(1000, 123), manifest)).toMatchObject({
      shifted: 123,
      share: 0.123,
      expected: 0.05,
      alarm: true,
    });
  });

  it('needs enough answers, more flagged than expected, and a bundle that says what to expect', () => {
    expect(excess(1, 1)).toBe(false); // a fifth of a question
    expect(excess(100, 100)).toBe(true);
    expect(excess(1e6, 4.9e4)).toBe(false);
    expect(driftOf(tallyOf(0, 0), manifest)).toMatchObject({ share: null, alarm: false });
    const older = { data: { fingerprint: '' }, options: {} } as unknown as Manifest;
    expect(driftOf(tallyOf(100, 100), older)).toMatchObject({ share: 1, expected: null, alarm: false });
  });

  it('expects what was flagged among the fresh answers that a bundle was trained anew with', () => {
    const anew = (flagged: number, questions: number) =>
      ({ ...manifest, data: { ...manifest.data, fresh: { flagged, questions } } }) as Manifest;
    expect(driftOf(tallyOf(1000, 200), anew(0.2, 1000))).toMatchObject({ expected: 0.2, alarm: false });
    expect(driftOf(tallyOf(1000, 200), anew(0.01, 1000))).toMatchObject({ expected: 0.05, alarm: true });
    expect(driftOf(tallyOf(1000, 350), anew(0.2, 1000)).alarm).toBe(true);
    expect(driftOf(tallyOf(1000, 350), anew(0.2, 40)).alarm).toBe(false); // the share itself is known from few
  });

  it('expects what was flagged among the answers that a bundle was adapted to, and never less than in training', () => {
    const adapted = (flagged: number) => ({ ...manifest, adapted: { from: '', flagged } }) as Manifest;
    expect(driftOf(tallyOf(1000, 200), adapted(0.2))).toMatchObject({ share: 0.2, expected: 0.2, alarm: false });
    expect(driftOf(tallyOf(1000, 200), adapted(0.01))).toMatchObject({ expected: 0.05, alarm: true });
    expect(driftOf(tallyOf(1000, 400), adapted(0.2))).toMatchObject({ alarm: true });
  });

  it('rarely calls a batch of known questions shifted, with five answers of a question flagged together', () => {
    const draw = random('drift');
    let alarms = 0;
    for (let batch = 0; batch < 2000; batch++) {
      let seen = 0;
      for (let q = 0; q < 2000; q++) if (draw.next() < 0.05) seen++;
      let flagged = 0;
      for (let q = 0; q < 100; q++) if (draw.next() < 0.05 + (0.05 - seen / 2000)) flagged += 5;
      if (excess(500, flagged)) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(6);
  });

  it('names models and tasks that were never seen', () => {
    const tally = tallyOf(3, 0);
    const known = { models: new Set(['a']), tasks: new Set(['t']) };
    const answers = [
      { model: 'a', task: 't' },
      { model: 'b', task: null },
      { model: 'b', task: 'u' },
    ];
    countUnseen(
      tally,
      answers.map((of, i) => ({ id: `${i}`, answer: '', ...of })),
      known,
    );
    const drift = driftOf(tally, manifest);
    expect(drift).toMatchObject({ alarm: true, excess: false, unseenModels: { b: 2 }, unseenTasks: { u: 1 } });
    expect(driftSentences(drift)).toEqual([
      '0 rows (0%) are unlike the training answers',
      'ALARM: 1 row is of a task that was never seen in training (u); 2 rows are of a model that was never seen in training (b). Label some of these answers before you rely on their probabilities.',
    ]);
    const none = tallyOf(1, 0);
    countUnseen(none, [{ id: '1', answer: '', model: 'b' }], { models: new Set(), tasks: new Set() });
    expect(driftOf(none, manifest).alarm).toBe(false);
  });
});
