import { describe, expect, it } from 'vitest';
import { checkRecord } from '../../data/check-record.js';
import { answerIn } from '../../serve/http/answer-in.js';
import { sampleLines } from '../support/sample-answers.js';

describe('an answer read straight from a body', () => {
  it('is the record that parsing gives, its tokens too', () => {
    let scanned = 0;
    for (const line of sampleLines(60)) {
      const expected = checkRecord(JSON.parse(line));
      const answer = answerIn(Buffer.from(line));
      if (answer === null) continue;
      scanned++;
      const tokens = [...(answer.tokens ?? [])];
      expect({ ...answer, tokens }).toEqual({ ...expected, tokens: expected.tokens ?? [] });
    }
    expect(scanned).toBeGreaterThan(20);
  });

  it.each([
    '',
    '{',
    '[]',
    '7',
    '{"records":[{"answer":""}]}',
    '{"answer":7,"tokens":[]}',
    '{"answer":"","tokens":[{"token":1}]}',
    '{"answer":"","tokens":[]} {}',
  ])('is left to the parser: %s', (text) => expect(answerIn(Buffer.from(text))).toBe(null));
});
