import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../../models/numbers.js';
import { random } from '../../../support/random.js';
import { rowLosses, weightedMean } from '../../../train/choose/select.js';
import { chooseSliceLines } from '../../../train/choose/slice-calibration.js';
import { parseOptions } from '../../../train/options.js';
import { drawnData } from '../drawn-data.js';

const { sliceStrengths } = parseOptions({});

/** Ten cells whose lines are shifted by `shift`·(−1, …, 1), and what is chosen for them. */
function chosenFor(shift: number, n: number, cells = 10) {
  const draw = random('slices');
  const slice = Int32Array.from({ length: n }, () => draw.int(cells));
  const logits = Float64Array.from({ length: n }, () => 2 * draw.normal());
  const offsetOf = (c: number) => (cells === 1 ? 0 : shift * ((2 * c) / (cells - 1) - 1));
  const y = logits.map((z, i) => (draw.next() < sigmoid(z + offsetOf(slice[i])) ? 1 : 0));
  const { data, rows, fold } = drawnData(y);
  const chosen = chooseSliceLines({
    data,
    rows,
    fold,
    logits,
    slices: { slice, count: cells },
    strengths: sliceStrengths,
  });
  const loss = (z: Float64Array) => weightedMean(data, rows, rowLosses(data, rows, z));
  return { ...chosen, gain: loss(logits) - loss(chosen.logits), offsetOf };
}

describe('lines by (model, task)', () => {
  it('are taken where cells differ, near the truth, and cross-validated they gain', () => {
    const { sliceLines, candidates, gain, offsetOf } = chosenFor(1, 8000);
    expect(sliceLines?.strength).toBeLessThanOrEqual(16);
    for (let c = 0; c < 10; c++) expect(Math.abs(sliceLines!.offset[c] - offsetOf(c))).toBeLessThan(0.35);
    expect(gain).toBeGreaterThan(0.02);
    expect(candidates.filter((candidate) => candidate.chosen)).toHaveLength(1);
    expect(candidates.map(({ strength }) => strength)).toEqual([null, Number.POSITIVE_INFINITY, ...sliceStrengths]);
  });

  it('are not taken where cells do not differ: the logits stay as they came', () => {
    const { sliceLines, candidates, gain } = chosenFor(0, 4000);
    expect(sliceLines).toBeNull();
    expect(gain).toBe(0);
    expect(candidates[0].chosen).toBe(true);
  });

  it('nor where there is one cell', () => {
    expect(chosenFor(1, 200, 1)).toMatchObject({ sliceLines: null, candidates: [], gain: 0 });
  });
});
