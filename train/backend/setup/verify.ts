import { VouchError } from '../../../support/errors.js';
import type { Parts } from './parts.js';
import { runTool } from './tool.js';

/** What was found when the package in a set-up folder was loaded. */
export interface Verified {
  /** The version that libtensorflow reports. */
  libtensorflow: string;
  /** Whether it runs on a CUDA device on this machine. */
  cuda: boolean;
}

const probe = `
const util = require('util');
util.isNullOrUndefined = (value) => value === null || value === undefined;
util.isArray = Array.isArray;
const tf = require(require.resolve(process.argv[1], { paths: [process.argv[2]] }));
const product = tf.matMul(tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[5, 6], [7, 8]])).dataSync();
const backend = tf.backend();
console.log(JSON.stringify({
  libtensorflow: backend.binding.TF_Version, cuda: backend.isUsingGpuDevice === true, product: Array.from(product),
}));
`;

/**
 * Loads the package in a separate process, so that a crash becomes an error here, and multiplies two matrices with it.
 * Error: BACKEND_UNAVAILABLE.
 */
export async function verify(folder: string, name: Parts['package']): Promise<Verified> {
  const text = await runTool(process.execPath, ['--no-deprecation', '-e', probe, name, folder], {
    doing: `loading ${name}`,
    remedy: '',
    env: { TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '3', TF_FORCE_GPU_ALLOW_GROWTH: 'true' },
  });
  const { product, ...found } = JSON.parse(text.trim().split('\n').at(-1) ?? '') as Verified & { product: number[] };
  if (product.join() !== '19,22,43,50') {
    throw new VouchError('BACKEND_UNAVAILABLE', `loading ${name}: it multiplies wrongly`, {
      expected: '19,22,43,50',
      got: product,
    });
  }
  return found;
}
