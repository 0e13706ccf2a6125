import { expect, it } from 'vitest';
import { share } from '../../scripts/flags/reading.js';
import { parseOptions } from '../../train/options.js';

const messageOf = (work: () => unknown): string => {
  try {
    return JSON.stringify(work());
  } catch (error) {
    return (error as Error).message;
  }
};

it('asks whether a percentage given for a share was to be that share', () => {
  expect(messageOf(() => parseOptions({ targetError: 20 }))).toBe(
    'field "targetError": Too big: expected number to be <1. A share lies between 0 and 1: did you mean 0.2? [VOUCH_BAD_USAGE]',
  );
  expect(messageOf(() => parseOptions({ confidence: 99.5 }))).toContain('did you mean 0.995? [VOUCH_BAD_USAGE]');
  const costs = { wrong: 10, abstain: 1, escalate: 3, escalatedWrong: 7 };
  expect(messageOf(() => parseOptions({ costs }))).toContain('"costs.escalatedWrong"');
  expect(messageOf(() => parseOptions({ costs }))).toContain('did you mean 0.07?');
});

it('asks so for every share, also where the largest is below 1, and for a text with %', () => {
  const shares = ['certifyShare', 'certifyShareSmall', 'shiftFlags', 'targetError', 'confidence'];
  for (const name of shares) expect(messageOf(() => parseOptions({ [name]: 20 }))).toContain('did you mean 0.2?');
  expect(messageOf(() => parseOptions({ trees: { columns: 50 } }))).toContain('did you mean 0.5?');
  expect(messageOf(() => parseOptions({ shiftFlags: 60 }))).not.toContain('did you mean');
  expect(messageOf(() => parseOptions({ trees: { depth: 20 } }))).not.toContain('did you mean');
  expect(messageOf(() => parseOptions({ targetError: '20%' }))).toContain('did you mean 0.2?');
});

it('guesses nothing for what is no percentage', () => {
  for (const targetError of [1, -5, 200]) {
    expect(messageOf(() => parseOptions({ targetError }))).not.toContain('did you mean');
  }
  expect(messageOf(() => parseOptions({ seed: 1.5 }))).not.toContain('did you mean');
});

it('takes shares alone for an option that wants one', () => {
  const threshold = share('--threshold');
  expect(['0', '.5', '1'].map(threshold)).toEqual([0, 0.5, 1]);
  expect(() => threshold('50')).toThrow(
    'field "--threshold": this is not a share (expected 0 to 1, got 50). A share lies between 0 and 1: did you mean 0.5? [VOUCH_BAD_USAGE]',
  );
  expect(() => threshold('12.5%')).toThrow(
    'this is not a share (expected 0 to 1, got "12.5%"). A share lies between 0 and 1: did you mean 0.125? [VOUCH_BAD_USAGE]',
  );
  expect(() => threshold('-1')).toThrow('(expected 0 to 1, got -1). [VOUCH_BAD_USAGE]');
});
