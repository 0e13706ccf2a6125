import { beforeAll, describe, expect, it } from 'vitest';
import { calibrators } from '../../models/calibrators/list.js';
import { emitModel } from '../../models/model.js';
import { initMember } from '../../models/networks/network.js';
import { random } from '../../support/random.js';
import { modelOf } from '../support/model-of.js';
import { type Checked, onnxChecked } from '../support/onnx-checked.js';

interface Shape {
  calibrator: string;
  categories: number;
  hidden: number[];
}

const draw = random('checker');
const parameters: Record<string, number[]> = {
  none: [],
  temperature: [0.9],
  platt: [1.1, 0.2],
  beta: [0.9, 1.2, 0.1],
  spline: [-1, 0.5, 2, 0.8, 1, 1.2, -0.9],
  isotonic: [-2, 0.1, 0, 0.4, 1.5, 0.9],
};
const shapes: Shape[] = calibrators.flatMap(({ name }) =>
  [0, 2].flatMap((categories) => [[], [8, 4]].map((hidden) => ({ calibrator: name, categories, hidden }))),
);

function graphOf({ calibrator, categories, hidden }: Shape): Uint8Array {
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
  return emitModel(model, '1');
}

describe('onnx.checker accepts a graph of every shape we write', () => {
  let said: Checked[];
  beforeAll(() => {
    said = onnxChecked(shapes.map(graphOf));
  }, 300_000);

  it.each(shapes.map((shape, i) => ({ ...shape, i })))(
    '$calibrator, $categories categories, hidden $hidden',
    ({ i, categories }) => {
      expect(said[i]).toEqual({
        opset: 18,
        inputs: categories > 0 ? ['features', 'categories'] : ['features'],
        outputs: ['logit', 'probability', 'low', 'high', 'shift'],
        nodes: expect.any(Number),
      });
    },
  );

  it('and refuses one that is cut off', () => {
    const graph = graphOf(shapes[0]);
    expect(onnxChecked([graph.subarray(0, graph.length >> 1)])).toEqual([{ error: expect.any(String) }]);
  });
});
