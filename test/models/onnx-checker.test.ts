import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { calibrators } from '../../models/calibrators/list.js';
import { emitModel } from '../../models/model.js';
import { initMember } from '../../models/networks/network.js';
import { random } from '../../support/random.js';
import { modelOf } from '../support/model-of.js';
import { python } from '../support/python.js';

/** onnx's own checker, installed by this test, with its full check, on a graph of every shape we write. */
describe('onnx.checker accepts', () => {
  let bin: string;
  beforeAll(() => {
    bin = python('onnx', ['onnx==1.19.0']);
  }, 300_000);

  const draw = random('checker');
  const parameters: Record<string, number[]> = {
    none: [],
    temperature: [0.9],
    platt: [1.1, 0.2],
    beta: [0.9, 1.2, 0.1],
    spline: [-1, 0.5, 2, 0.8, 1, 1.2, -0.9],
    isotonic: [-2, 0.1, 0, 0.4, 1.5, 0.9],
  };
  const graphs = calibrators.flatMap(({ name }) =>
    [0, 2].flatMap((categories) => [[], [8, 4]].map((hidden) => ({ calibrator: name, categories, hidden }))),
  );

  it.each(graphs)('$calibrator, $categories categories, hidden $hidden', ({ calibrator, categories, hidden }) => {
    const vocabulary = ['a', 'b'];
    const categorical = Array.from({ length: categories }, (_, k) => ({ name: `c${k}`, vocabulary }));
    const inputs = 3 + 1 + 2 * categories;
    const architecture = { inputs, hidden, skip: hidden.length > 0 } as const;
    const schema = { topK: 0, numeric: ['a@1', 'b@1', 'c@1'], categorical };
    const model = modelOf(schema, {
      encoder: { centre: [0, 1, 2], scale: [1, 0.5, 0], indicators: [1], vocabularies: categorical.map(() => 2) },
      networks: [{ architecture, members: [initMember(architecture, 0, draw), initMember(architecture, 1, draw)] }],
      calibration: { name: calibrator, parameters: parameters[calibrator] },
    });
    const path = join(mkdtempSync(join(tmpdir(), 'vouch-onnx-')), 'model.onnx');
    writeFileSync(path, emitModel(model, '1'));
    const said = JSON.parse(execFileSync(bin, ['test/models/check_onnx.py', path], { encoding: 'utf8' }));
    expect(said.opset).toBe(18);
    expect(said.inputs).toEqual(categories > 0 ? ['features', 'categories'] : ['features']);
    expect(said.outputs).toEqual(['logit', 'probability', 'low', 'high', 'shift']);
  });
});
