import { expect, it } from 'vitest';
import { checkPlugins } from '../../../models/bundle/check-plugins.js';
import { defineCalibrator, pluginCalibrators, usedCalibrators } from '../../../models/calibrators/define-calibrator.js';
import { calibrate, calibratorNamed } from '../../../models/calibrators/list.js';
import { sigmoid } from '../../../models/numbers.js';
import { givenObjects } from '../../../support/plugins/open-plugins.js';
import { factOf } from '../../../support/plugins/plugin.js';
import { random } from '../../../support/random.js';
import { chooseCalibration } from '../../../train/choose/calibrate.js';
import { runGraph } from '../../support/run-graph.js';
import { drawnData } from '../../train/drawn-data.js';

const third = defineCalibrator({
  name: 'acme.third',
  version: 1,
  complexity: 0.5,
  fit: () => [1 / 3],
  apply: ([slope], logits) => logits.map((z) => sigmoid(slope * z)),
});
const given = givenObjects([third]);
const own = pluginCalibrators(given);
const draw = random('plug-in');
const logits = Float64Array.from({ length: 4000 }, () => 4 * draw.normal());
const { data, rows, fold } = drawnData(logits.map((z) => (draw.next() < sigmoid(z / 3) ? 1 : 0)));

it('is chosen where it is the simplest that fits, and its curve says what it says, in the graph too', async () => {
  const { calibration, candidates } = chooseCalibration(data, rows, fold, logits, own);
  expect(candidates.map(({ name }) => name).slice(0, 3)).toEqual(['none', 'plugin.acme.third', 'temperature']);
  expect(calibration.name).toBe('plugin.acme.third');
  const at = Float32Array.from({ length: 300 }, (_, i) => (i - 150) / 15);
  const curve = calibrate(calibration, Float64Array.from(at));
  curve.forEach((p, i) => {
    expect(Math.abs(p - sigmoid(at[i] / 3))).toBeLessThan(1e-3);
  });
  const { emit } = calibratorNamed(calibration.name);
  const graph = await runGraph((g, z) => emit(g, calibration.parameters, z), at, 0);
  curve.forEach((p, i) => {
    expect(graph[i]).toBeCloseTo(p, 6);
  });
});

it('is needed to open a bundle that it calibrates', () => {
  const plugins = usedCalibrators(given, new Set(['plugin.acme.third'])).map(factOf);
  expect(plugins).toMatchObject([{ kind: 'calibrator', name: 'acme.third', version: 1 }]);
  expect(usedCalibrators(given, new Set(['platt']))).toEqual([]);
  expect(() => checkPlugins({ plugins }, [], 'dir')).toThrow(/calibrator plug-in acme\.third.*VOUCH_BUNDLE_PLUGIN/s);
  expect(() => checkPlugins({ plugins }, given, 'dir')).not.toThrow();
});

it.each([
  ['a falling curve', (z: number) => sigmoid(-z)],
  ['NaN', () => Number.NaN],
  ['more than 1', (z: number) => 2 * sigmoid(z)],
])('that gives %s fails', (_, of) => {
  const apply = (_parameters: number[], z: Float64Array) => z.map(of);
  const [wrong] = pluginCalibrators(givenObjects([defineCalibrator({ name: 'a', version: 3, fit: () => [], apply })]));
  const ones = new Float64Array(4000).fill(1);
  expect(() => wrong.fit(logits, ones, ones)).toThrow(/calibrator plug-in a \(version 3\).*VOUCH_PLUGIN_FAILED/s);
});
