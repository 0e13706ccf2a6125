import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawTasks, foldTasks, type Task } from '../../../bench/quality/tasks.js';
import { random } from '../../../support/random.js';
import type { TrainingData } from '../../../train/prepare/training-data.js';

/** Just what the tasks look at: the question of each row. */
function answersTo(questions: number[]): TrainingData {
  const names = [...new Set(questions)];
  return {
    n: questions.length,
    groups: questions.map(String),
    group: Int32Array.from(questions, (question) => names.indexOf(question)),
    groupCount: names.length,
    slice: new Int32Array(questions.length),
    sliceNames: ['one'],
  } as unknown as TrainingData;
}

const anyQuestions = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 40, maxLength: 120 });

function sharedQuestions({ group }: TrainingData, { fit, held }: Task): number {
  const fitted = new Set(fit.map((row) => group[row]));
  return held.filter((row) => fitted.has(group[row])).length;
}

describe('tasks of bench/quality', () => {
  it('folds predict every row once, and no question is fitted on and predicted', () => {
    fc.assert(
      fc.property(anyQuestions, fc.integer({ min: 2, max: 5 }), fc.integer(), (questions, folds, seed) => {
        const data = answersTo(questions);
        const tasks = foldTasks(data, folds, random(seed));
        const held = tasks.flatMap((task) => [...task.held]).sort((a, b) => a - b);
        expect(held).toEqual(questions.map((_, row) => row));
        for (const task of tasks) {
          expect(task.fit.length + task.held.length).toBe(questions.length);
          expect(sharedQuestions(data, task)).toBe(0);
        }
      }),
    );
  });

  it('draws hold whole questions, the labels asked for and fewer than one question more', () => {
    fc.assert(
      fc.property(anyQuestions, fc.integer({ min: 1, max: 30 }), fc.integer(), (questions, labels, seed) => {
        const data = answersTo(questions);
        const most = Math.max(...data.groups.map((name) => data.groups.filter((other) => other === name).length));
        for (const task of drawTasks(data, labels, 3, random(seed))) {
          expect(task.fit.length).toBeGreaterThanOrEqual(labels);
          expect(task.fit.length).toBeLessThan(labels + most);
          expect(sharedQuestions(data, task)).toBe(0);
        }
      }),
    );
  });

  it('draws differ, and are the same again from the same seed', () => {
    const data = answersTo(Array.from({ length: 200 }, (_, i) => i >> 1));
    const rows = () => drawTasks(data, 20, 2, random(7)).map(({ fit }) => [...fit]);
    expect(rows()[0]).not.toEqual(rows()[1]);
    expect(rows()).toEqual(rows());
  });
});
