import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../../data/record.js';
import { seenQuestions } from '../../../models/bundle/seen.js';
import { pickRows } from '../../../train/prepare/pick-rows.js';
import { TrainingDataCollector } from '../../../train/prepare/training-data.js';
import { questionsOf, withoutSeen } from '../../../train/prepare/without-seen.js';
import { madeAnswers } from '../../support/answers.js';

const words = { length: 8, buckets: 64 };

function collected(records: readonly AnswerRecord[]) {
  const collector = new TrainingDataCollector(2, undefined, words);
  records.forEach((record, i) => {
    collector.add(record, 'answers.jsonl', i + 1);
  });
  return collector.finish();
}

describe('withoutSeen', () => {
  const answers = madeAnswers(40).map((record, i) => ({ ...record, choices: i % 3 === 0 ? { A: 0.4, B: 0.6 } : null }));
  const trained = collected(answers.slice(0, 40));
  const seen = [seenQuestions(questionsOf(trained, Int32Array.from(trained.y.keys())), trained.fingerprint)];

  it('leaves out the training questions, also in other words of politeness, under other ids, models and answers', () => {
    const others = answers.map((record, i) => ({
      ...record,
      id: `new${i}`,
      group: `new${record.group}`,
      model: 'another',
      answer: 'Something else.',
      prompt: `Please: ${record.prompt?.toUpperCase()} Thanks.`,
    }));
    const { data, left } = withoutSeen(collected(others), seen);
    expect(left).toEqual({ answers: 40, questions: 20 });
    expect(data.ids).toEqual(others.slice(40).map(({ id }) => id));
  });

  it('judges all where no fingerprints were kept or nothing is known of the questions', () => {
    const data = collected(answers);
    expect(withoutSeen(data, [])).toEqual({ data, left: { answers: 0, questions: 0 } });
    expect(withoutSeen({ ...data, questions: undefined }, seen).left.answers).toBe(0);
    const bare = collected(answers.map(({ prompt: _, ...record }) => record));
    expect(withoutSeen(bare, seen).left.answers).toBe(0);
  });

  it('keeps no answers as no answers: that none has a label is said later', () => {
    expect(withoutSeen(collected([]), seen).data.n).toBe(0);
  });

  it('refuses where nothing is left, and says what to do', () => {
    expect(() => withoutSeen(trained, seen)).toThrow(
      /all 40 answers are to questions that the bundle was trained on.*--with-seen.*NO_ANSWERS/,
    );
  });
});

describe('pickRows', () => {
  it('gives what reading these rows alone gives', () => {
    const answers = madeAnswers(12).map((record) => ({
      ...record,
      features: { hints: 0.5, plan: 'pro' },
      stated: 0.5,
    }));
    const every = collected(answers);
    const rows = Int32Array.from(every.y.keys()).filter((row) => row % 4 > 1);
    const some = collected(Array.from(rows, (row) => answers[row]));
    const picked = pickRows(every, rows);
    const {
      fingerprint: _a,
      sources: _b,
      grouping: _c,
      slice: _d,
      sliceNames: _e,
      signals: own,
      ratings,
      ...rest
    } = picked;
    expect(ratings).toBeUndefined(); // reliability is that of all raters, never of a part
    const {
      fingerprint: _f,
      sources: _g,
      grouping: _h,
      slice: _i,
      sliceNames: _j,
      signals,
      ratings: _k,
      ...expected
    } = some;
    expect(rest).toEqual(expected);
    expect(own).toEqual(signals);
    expect(Array.from(picked.slice, (slice) => picked.sliceNames[slice])).toEqual(
      Array.from(some.slice, (slice) => some.sliceNames[slice]),
    );
  });
});
