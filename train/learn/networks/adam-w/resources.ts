import { threadId } from 'node:worker_threads';
import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Member, Tf } from '../../../../models/networks/types.js';
import { flatten, joined, unflatten } from '../parameters.js';
import { type AdamW, type AdamWOptions, MOMENT, rateAt, SQUARE, TINY } from './rule.js';

/** An attribute of a TensorFlow operation, as tfjs-node's backend takes it. */
interface Attribute {
  name: string;
  type: number;
  value: unknown;
}

/** What the backend of tfjs-node offers beyond the common interface: any operation of libtensorflow, by its name. */
interface Native {
  binding: Record<'TF_FLOAT' | 'TF_ATTR_TYPE' | 'TF_ATTR_SHAPE' | 'TF_ATTR_STRING' | 'TF_ATTR_BOOL', number>;
  executeSingleOutput(name: string, attributes: Attribute[], inputs: Tensor[]): Tensor;
  executeMultipleOutputs(name: string, attributes: Attribute[], inputs: Tensor[], outputs: number): Tensor[];
}

let made = 0;
const tried = new WeakMap<object, boolean>();

/** Whether the backend has variables that operations change where they lie. One step is tried on each backend. */
export function hasResources(tf: Tf): boolean {
  const backend = tf.backend();
  if (typeof (backend as Partial<Native>).executeMultipleOutputs !== 'function') return false;
  const works = tried.get(backend) ?? steps(tf);
  tried.set(backend, works);
  return works;
}

/** Whether a step from 1 with gradient 1 and a rate of .5 leads to .5. */
function steps(tf: Tf): boolean {
  try {
    return tf.tidy(() => {
      const options = { learningRate: 0.5, decay: 0, averaging: 0 };
      const optimiser = adamWOnResources(tf, [Float32Array.of(1)], [[1, 1]], options);
      optimiser.step([tf.ones([1, 1]) as Tensor2D]);
      const [reached] = optimiser.parameters()[0].dataSync();
      optimiser.dispose();
      return Math.abs(reached - 0.5) < 1e-4;
    });
  } catch {
    return false;
  }
}

/**
 * With libtensorflow's own kernels for Adam, on all parameters as one variable: three operations that change it where
 * it lies. They are `ResourceApplyAdam` and its relatives, the ones behind tf.keras.optimizers.
 */
export function adamWOnResources(
  tf: Tf,
  start: Member,
  shapes: [number, number][],
  { learningRate, decay, averaging }: AdamWOptions,
): AdamW {
  const { binding, ...native } = nativeOf(tf);
  const sizes = shapes.map(([rows, columns]) => rows * columns);
  const type: Attribute = { name: 'dtype', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
  const kind: Attribute = { ...type, name: 'T' };
  const unlocked: Attribute = { name: 'use_locking', type: binding.TF_ATTR_BOOL, value: false };
  const plainMoments: Attribute = { name: 'use_nesterov', type: binding.TF_ATTR_BOOL, value: false };
  const change = (name: string, attributes: Attribute[], inputs: Tensor[]) => {
    native.executeMultipleOutputs(name, attributes, inputs, 0);
  };
  const read = (variable: Tensor) => native.executeSingleOutput('ReadVariableOp', [type], [variable]) as Tensor1D;
  const variableOf = (values: Tensor1D) => {
    const variable = native.executeSingleOutput(
      'VarHandleOp',
      [
        type,
        { name: 'shape', type: binding.TF_ATTR_SHAPE, value: values.shape },
        { name: 'shared_name', type: binding.TF_ATTR_STRING, value: `vouch-${threadId}-${++made}` },
        { name: 'container', type: binding.TF_ATTR_STRING, value: '' },
      ],
      [],
    );
    change('AssignVariableOp', [type], [variable, values]);
    return variable;
  };
  const parts = (flat: Tensor1D) => tf.split(flat, sizes).map((part, k) => tf.reshape(part, shapes[k])) as Tensor2D[];

  const begin = tf.tensor1d(flatten(start));
  const zeros = tf.zerosLike(begin);
  const [flat, first, second] = [begin, zeros, zeros].map(variableOf); // θ, m, v
  const average = averaging === 0 ? null : variableOf(begin); // θ̄
  tf.dispose([begin, zeros]);
  // TensorFlow would correct the bias by the first two, as powers of β1 and β2; `rateAt` has done it
  const constants = [0, 0, MOMENT, SQUARE, TINY, 1 - averaging, learningRate * decay].map((value) => tf.scalar(value));
  const [power1, power2, moment, square, tiny, follow, shrink] = constants;
  let taken = 0;
  return {
    parameters: () => parts(read(flat)),
    average: () => parts(read(average ?? flat)),
    step: (gradients) => {
      const g = joined(tf, gradients);
      const rate = tf.scalar(rateAt(++taken, learningRate));
      if (decay > 0) change('ResourceApplyGradientDescent', [kind, unlocked], [flat, shrink, read(flat)]);
      const inputs = [flat, first, second, power1, power2, rate, moment, square, tiny, g];
      change('ResourceApplyAdam', [kind, unlocked, plainMoments], inputs);
      if (average === null) return;
      const behind = tf.sub(read(average), read(flat));
      change('ResourceApplyGradientDescent', [kind, unlocked], [average, follow, behind]);
    },
    numbers: async () => {
      const values = tf.tidy(() => read(average ?? flat));
      const numbers = unflatten((await values.data()) as Float32Array, shapes);
      values.dispose();
      return numbers;
    },
    dispose: () => {
      const ignore: Attribute = { name: 'ignore_lookup_error', type: binding.TF_ATTR_BOOL, value: true };
      for (const variable of [flat, first, second, average]) {
        if (variable === null) continue;
        change('DestroyResourceOp', [ignore], [variable]);
        variable.dispose();
      }
      tf.dispose(constants);
    },
  };
}

function nativeOf(tf: Tf): Native {
  const backend = tf.backend() as unknown as Native;
  return {
    binding: backend.binding,
    executeSingleOutput: backend.executeSingleOutput.bind(backend),
    executeMultipleOutputs: backend.executeMultipleOutputs.bind(backend),
  };
}
