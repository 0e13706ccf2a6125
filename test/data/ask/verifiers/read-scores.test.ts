import { describe, expect, it } from 'vitest';
import { readScores } from '../../../../data/ask/verifiers/read-scores.js';

describe('readScores', () => {
  it.each([
    ['0.25', { '': 0.25 }],
    [' 1\n', { '': 1 }],
    ['0', { '': 0 }],
    ['1e-3', { '': 0.001 }],
    ['{"score": 0.5}', { '': 0.5 }],
    [
      '{"score": 0.5, "scores": {"entails": 1, "neutral": null, "a.b-c_1": 0}, "why": "x"}',
      { '': 0.5, entails: 1, 'a.b-c_1': 0 },
    ],
  ])('%j', (text, scores) => {
    const read = readScores(text);
    expect('scores' in read && Object.fromEntries(read.scores)).toEqual(scores);
  });

  it.each([
    ['', 'expected a number from 0 to 1 or {"score": …}, got nothing'],
    ['nan', 'expected a number from 0 to 1 or {"score": …}, got "nan"'],
    ['NaN', 'expected a number from 0 to 1 or {"score": …}, got "NaN"'],
    ['true', 'expected a number from 0 to 1 or {"score": …}, got "true"'],
    ['"0.5"', 'expected a number from 0 to 1 or {"score": …}, got "\\"0.5\\""'],
    ['0.5 0.6', 'expected a number from 0 to 1 or {"score": …}, got "0.5 0.6"'],
    ['[0.5]', 'expected a number from 0 to 1 or {"score": …}, got "[0.5]"'],
    ['{}', 'expected a number from 0 to 1 or {"score": …}, got "{}"'],
    ['1.5', 'the score is 1.5, not a number from 0 to 1'],
    ['-0.1', 'the score is -0.1, not a number from 0 to 1'],
    ['{"score": null}', 'the score is null, not a number from 0 to 1'],
    ['{"score": 0.5, "scores": {"x": 2}}', 'x is 2, not a number from 0 to 1'],
    ['{"score": 0.5, "scores": {"x y": 1}}', '"x y" is no name for a score'],
    ['{"score": 0.5, "scores": {"__proto__": 1}}', '"__proto__" is no name for a score'],
    ['{"score": 0.5, "scores": [1]}', 'scores is not an object'],
    [
      JSON.stringify({ score: 1, scores: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`s${i}`, 1])) }),
      'more than 32 scores',
    ],
  ])('%j fails', (text, failed) => {
    expect(readScores(text)).toEqual({ failed });
  });
});
