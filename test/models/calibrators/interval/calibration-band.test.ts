import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import {
  type BandData,
  type CalibrationBand,
  calibrationBandAt,
  emitCalibrationBand,
  fitCalibrationBand,
} from '../../../../models/calibrators/interval/calibration-band.js';
import { sigmoid } from '../../../../models/numbers.js';
import { Graph } from '../../../../models/onnx/graph.js';
import { random } from '../../../../support/random.js';

/** n answers of a slice drawn at random, chance σ(curve(z, slice)); `copies` answers of each question, all alike. */
function draw(seed: string, n: number, curve: (z: number, slice: number) => number, slices = 1, copies = 1): BandData {
  const by = random(seed);
  const questions = Array.from({ length: n / copies }, () => {
    const z = 0.5 + 1.5 * by.normal();
    const slice = by.int(slices);
    return { z, slice, y: by.next() < sigmoid(curve(z, slice)) ? 1 : 0 };
  });
  const rows = questions.flatMap((q, group) => Array.from({ length: copies }, () => ({ ...q, group })));
  return {
    logits: Float64Array.from(rows, ({ z }) => z),
    y: Float64Array.from(rows, ({ y }) => y),
    w: new Float64Array(n).fill(1),
    group: Int32Array.from(rows, ({ group }) => group),
    slice: Int32Array.from(rows, ({ slice }) => slice),
    slices,
  };
}

const places = Float64Array.from({ length: 41 }, (_, i) => (i - 20) / 5);
const logOdds = (p: number) => Math.log(p / (1 - p));
const widthAt = (band: CalibrationBand, z: number, slice = 0) => {
  const { low, high } = calibrationBandAt(band, z, slice);
  return logOdds(high) - logOdds(low);
};

async function runBand(band: CalibrationBand, z: Float32Array, slice: Int32Array) {
  const graph = new Graph('test');
  const inputs = { logit: graph.input('z', 'float32', ['n']), slice: graph.input('slice', 'int64', ['n']) };
  const { low, high } = emitCalibrationBand(graph, band, inputs);
  graph.output('low', low, 'float32', ['n']);
  graph.output('high', high, 'float32', ['n']);
  const session = await InferenceSession.create(graph.encode(), { logSeverityLevel: 3 });
  const results = await session.run({
    z: new Tensor('float32', z, [z.length]),
    slice: new Tensor('int64', BigInt64Array.from(slice, BigInt), [z.length]),
  });
  await session.release();
  return { low: results.low.data as Float32Array, high: results.high.data as Float32Array };
}

describe('the band for the share of right answers at a score', () => {
  it('contains a curved truth at 90% of the scores or more, over 40 samples', () => {
    const truth = (z: number) => 0.3 + z - 0.25 * Math.abs(z - 1);
    let inside = 0;
    for (let k = 0; k < 40; k++) {
      const data = draw(`curved ${k}`, 500, truth);
      const band = fitCalibrationBand(data);
      for (const z of data.logits) {
        const { low, high } = calibrationBandAt(band, z, 0);
        if (low <= sigmoid(truth(z)) && sigmoid(truth(z)) <= high) inside++;
      }
    }
    expect(inside / (40 * 500)).toBeGreaterThan(0.9);
    expect(inside / (40 * 500)).toBeLessThan(0.99);
  });

  it('is half as wide with four times the answers; copying answers four times does not narrow it', () => {
    const one = fitCalibrationBand(draw('wide', 1000, (z) => z));
    const four = fitCalibrationBand(draw('narrow', 4000, (z) => z));
    const copied = fitCalibrationBand(draw('wide', 4000, (z) => z, 1, 4));
    for (const z of [-1, 0, 1, 2]) {
      expect(widthAt(one, z) / widthAt(four, z)).toBeGreaterThan(1.6);
      expect(widthAt(one, z) / widthAt(four, z)).toBeLessThan(2.5);
      expect(widthAt(copied, z) / widthAt(one, z)).toBeCloseTo(1, 1);
    }
  });

  it('similar slices: nearly as narrow as all together; different slices: each contains its own truth, a new one is wide', () => {
    const alike = draw('alike', 4000, (z) => z, 20);
    const pooled = fitCalibrationBand({ ...alike, slice: new Int32Array(4000), slices: 1 });
    expect(widthAt(fitCalibrationBand(alike), 0, 3) / widthAt(pooled, 0)).toBeLessThan(3); // alone: √20
    const levels = [-1, 0, 1];
    const apart = fitCalibrationBand(draw('apart', 6000, (z, c) => z + levels[c], 3));
    for (const [c, level] of levels.entries()) {
      const { low, high } = calibrationBandAt(apart, 0, c);
      expect(low).toBeLessThan(sigmoid(level));
      expect(high).toBeGreaterThan(sigmoid(level));
      expect(high - low).toBeLessThan(0.14);
    }
    const fresh = calibrationBandAt(apart, 0, -1);
    expect(fresh.low).toBeLessThan(sigmoid(-1));
    expect(fresh.high).toBeGreaterThan(sigmoid(1));
  });

  it('answers without a slice have their own curve, which rows without a slice get', () => {
    const levels = [1.5, 0];
    const data = draw('none', 3000, (z, c) => z + levels[c], 2);
    const band = fitCalibrationBand({ ...data, slice: data.slice.map((c) => c - 1), slices: 4 });
    expect(band.row).toEqual([0, 1, 0, 0, 0]); // slice 0 was seen, 1 to 3 were not
    const { low, high } = calibrationBandAt(band, 0, -1);
    expect(low).toBeGreaterThan(sigmoid(1));
    expect(high).toBeLessThan(sigmoid(2.1));
  });

  it('all right with one score: no bound is 1, and the lower bound is what that many answers can show', () => {
    const data = draw('right', 300, () => 50);
    const { low, high } = calibrationBandAt(fitCalibrationBand(data), 0.5, 0);
    expect(low).toBeGreaterThan(0.9);
    expect(low).toBeLessThan(0.997);
    expect(high).toBeLessThan(1);
    const same = fitCalibrationBand({ ...draw('same', 300, () => 0), logits: new Float64Array(300).fill(2) });
    const at = calibrationBandAt(same, 2, 0);
    expect(at.low).toBeGreaterThan(0.38);
    expect(at.high).toBeLessThan(0.62);
    expect(at.low).toBeLessThan(0.5);
    expect(at.high).toBeGreaterThan(0.5);
  });

  it('a tail of right answers only: the bound is what that many answers can show, also where the tail goes on', () => {
    const logits = Float64Array.from({ length: 2000 }, (_, i) => -12 + (24 * i) / 2000);
    const by = random('tails');
    const y = logits.map((z) => (Math.abs(z) > 3 ? Number(z > 0) : Number(by.next() < sigmoid(z))));
    const group = Int32Array.from(logits.keys());
    const whole = { logits, y, w: logits.map(() => 1), group };
    for (const slices of [1, 5]) {
      const band = fitCalibrationBand({ ...whole, slice: group.map((i) => i % slices), slices });
      expect([...band.low, ...band.high].every(Number.isFinite)).toBe(true);
      for (const z of [6, 12, 300]) {
        const { low, high } = calibrationBandAt(band, z, 0);
        expect(low).toBeGreaterThan(0.95); // of 750 / slices answers above 3 none is wrong
        expect(low).toBeLessThan(1 - 9 / (2000 / slices + 9) + 1e-3); // Wilson's, 3 errors, all of the cell right
        expect(high).toBeGreaterThan(0.999);
        const other = calibrationBandAt(band, -z, 0);
        expect(other.high).toBeLessThan(0.05);
        expect(other.low).toBeLessThan(1e-3);
      }
    }
  });

  it('weights count as shares, whatever their scale', () => {
    const data = draw('weights', 500, (z) => z);
    const scaled = fitCalibrationBand({ ...data, w: data.w.map(() => 0.25) });
    expect(scaled).toEqual(fitCalibrationBand(data));
  });

  it('the graph equals TypeScript to 2e-6, also beyond the ends and for unseen slices', async () => {
    const band = fitCalibrationBand(draw('graph', 2000, (z, c) => (1 + c / 3) * z, 3));
    expect(band.at.length).toBeLessThanOrEqual(64);
    const z = Float32Array.from([...places, -1e30, 1e30, ...band.at].flatMap((at) => [at, at, at, at]));
    const slice = Int32Array.from(z, (_, i) => i % 4);
    const { low, high } = await runBand(band, z, slice);
    z.forEach((at, i) => {
      const own = calibrationBandAt(band, at, slice[i] - 1);
      expect(Math.abs(low[i] - own.low)).toBeLessThan(2e-6);
      expect(Math.abs(high[i] - own.high)).toBeLessThan(2e-6);
      expect(own.low).toBeLessThan(own.high);
    });
  });
});
