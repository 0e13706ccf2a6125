import { describe, expect, it } from 'vitest';
import {
  afterChanges,
  beforeChange,
  isBroken,
  isClearlyBroken,
  recertified,
  spreadOf,
} from '../../../bench/year/counted.js';
import { mixAt, phaseOf, shifts } from '../../../bench/year/script.js';
import { delayOf } from '../../../bench/year/table.js';

describe('a broken promise', () => {
  it('is more than a tenth of wrong answers, and clearly so if chance does not explain it', () => {
    expect(isBroken({ accepted: 100, wrong: 10 })).toBe(false);
    expect(isBroken({ accepted: 100, wrong: 11 })).toBe(true);
    // 10 + 1.645 · √(100 · .1 · .9) = 14.935
    expect(isClearlyBroken({ accepted: 100, wrong: 14 })).toBe(false);
    expect(isClearlyBroken({ accepted: 100, wrong: 15 })).toBe(true);
  });
});

describe('what is counted of a year', () => {
  it('begins with the second model, and leaves out versions without a promise or an accepted answer', () => {
    const weeks = Array.from({ length: 52 }, (_, week) => ({ accepted: 1, wrong: week < 17 ? 1 : 0 }));
    expect(afterChanges(weeks)).toEqual({ accepted: 35, wrong: 0 });
    const nothing = { accepted: 0, wrong: 0 };
    const some = { accepted: 5, wrong: 1 };
    const version = { from: 20, to: 52, change: 'adapt' };
    const shipped = [
      { ...version, isCertified: true, whole: some },
      { ...version, isCertified: true, whole: nothing },
      { ...version, isCertified: false, whole: nothing },
    ];
    const replay = { loop: [], alone: [], alarms: [], attempts: [], calibration: [], shipped };
    expect(recertified(replay)).toEqual([shipped[0]]);
  });

  it('is divided at the next change, also if that came before the version served', () => {
    const loop = Array.from({ length: 52 }, (_, week) => ({ accepted: 1, wrong: week < 35 ? 0 : 1 }));
    expect(beforeChange({ loop }, { from: 30, to: 40 })).toEqual({ accepted: 5, wrong: 0 });
    expect(beforeChange({ loop }, { from: 35, to: 40 })).toEqual({ accepted: 0, wrong: 0 });
    expect(beforeChange({ loop }, { from: 36, to: 40 })).toEqual({ accepted: 4, wrong: 4 });
  });

  it('is told by the median and the middle 80%', () => {
    const { median, low, high } = spreadOf([4, 0, 1, 3, 2]);
    expect([median, low, high]).toEqual([2, 0.4, 3.6]);
  });

  it('is the delay in answers of the weeks since the shift, whatever was alarmed before', () => {
    const alarms = [
      { week: 3, kind: 'drift' as const, labels: 0 },
      { week: 15, kind: 'feedback' as const, labels: 90 },
      { week: 16, kind: 'drift' as const, labels: 140 },
    ];
    const year = { alarms, error: 0.1, labels: 2500 };
    expect(delayOf(year, ['drift', 'unseen'])).toEqual({ answers: 1000, labels: 140 });
    expect(delayOf(year, ['broken'])).toBeNull();
  });
});

it('the script: shares add up to one, and change twice', () => {
  for (const mix of [...shifts.mixes, mixAt(0), mixAt(17), mixAt(51)]) {
    expect(mix.first + mix.second + mix.task).toBeCloseTo(1, 12);
  }
  expect([0, 16, 17, 34, 35, 51].map(phaseOf)).toEqual([0, 0, 1, 1, 2, 2]);
});
