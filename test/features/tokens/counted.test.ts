import { describe, expect, it } from 'vitest';
import type { AnswerRecord, Token } from '../../../data/record.js';
import { scannedRecord } from '../../../data/scan/scanned-record.js';
import { Scanner } from '../../../data/scan/scanner.js';
import { patternOf } from '../../../features/pattern.js';
import { signalsOf } from '../signals-of.js';

const token = (text: string, logprob: number): Token => ({
  token: text,
  logprob,
  top: [
    { token: text, logprob },
    { token: '?', logprob: -4 },
  ],
});
const canberra = [token('Can', -0.1), token('berra', -0.2)];
const record = (answer: string, ...tokens: Token[]): AnswerRecord => ({ id: 'r', prompt: 'Capital?', answer, tokens });
const scanned = (of: AnswerRecord) => {
  const line = Buffer.from(JSON.stringify(of));
  const read = scannedRecord(new Scanner(), line);
  if (read === null) throw new Error('not scanned');
  return read as AnswerRecord;
};

describe('tokens that are no part of the answer', () => {
  const bare = signalsOf(record('Canberra', ...canberra));

  it.each([
    ['an end mark without text', [token('', -9999)]],
    ['one with text', [token('<|im_end|>', -0.3)]],
    ['two, and one without text', [token('<end_of_turn>', -0.3), token('', -9999), token('<eos>', -2)]],
    ['DeepSeek’s', [token('<｜end▁of▁sentence｜>', -0.3)]],
  ])('%s: signals, pattern and bits as without, read as objects and as bytes', (_, behind) => {
    const marked = record('Canberra', ...canberra, ...behind);
    expect(signalsOf(marked)).toEqual(bare);
    expect(signalsOf(scanned(marked))).toEqual(bare);
    expect(patternOf(scanned(marked))).toBe('free+logprobs');
  });

  it('are left out in front and between as well, where they have no text', () => {
    expect(signalsOf(record('Canberra', token('', 0), canberra[0], token('', -9999), canberra[1]))).toEqual(bare);
  });

  it('alone hold no log-probability', () => {
    for (const of of [record('', token('', -9999)), record('', token('</s>', -0.1))]) {
      expect(signalsOf(of)['tokens.count']).toBeNaN();
      expect([patternOf(of), patternOf(scanned(of))]).toEqual(['free', 'free']);
    }
  });

  it('but an end mark that the answer ends with is its own, and so is one in its middle', () => {
    const own = record('It is </s>', token('It is ', -0.1), token('</s>', -0.2));
    expect(signalsOf(own)['tokens.sumLogprob']).toBeCloseTo(-0.3, 12);
    expect(signalsOf(scanned(own))).toEqual(signalsOf(own));
    const middle = record('x', token('<|im_end|>', -0.1), token('x', -0.2));
    expect(signalsOf(middle)['tokens.sumLogprob']).toBeCloseTo(-0.3, 12);
  });

  it('and part of a sign that has bytes but no text yet counts', () => {
    const part = { ...token('', -0.5), bytes: [240, 159] };
    expect(signalsOf(record('😀', part, token('😀', -0.1)))['tokens.sumLogprob']).toBeCloseTo(-0.6, 12);
    expect(signalsOf(record('a😀', token('a', -0.1), part))['tokens.sumLogprob']).toBeCloseTo(-0.6, 12);
  });

  it('and all count where no token of an answer has text', () => {
    const textless = record('Canberra', token('', -0.1), token('', -0.2));
    expect(signalsOf(textless)['tokens.sumLogprob']).toBeCloseTo(-0.3, 12);
    expect(signalsOf(scanned(textless))).toEqual(signalsOf(textless));
    expect(patternOf(scanned(textless))).toBe('free+logprobs');
  });

  it('of a sample neither', () => {
    const sampled = (...tokens: Token[]) => ({
      ...record('Canberra', ...canberra),
      samples: [{ answer: 'Canberra', tokens }],
    });
    const marked = signalsOf(sampled(...canberra, token('</s>', -9), token('', -9999)));
    expect(marked).toEqual(signalsOf(sampled(...canberra)));
    expect(marked['samples.meanLogprob']).toBeCloseTo(-0.15, 12);
  });
});
