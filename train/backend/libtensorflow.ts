import { opened, type Rung, unavailable } from './rung.js';
import { loadedLibtensorflow, loadLibtensorflow } from './tfjs-node.js';

/**
 * libtensorflow's CPU kernels (oneDNN, one thread unless TF_NUM_INTRAOP_THREADS is set) through tfjs-node, or through
 * tfjs-node-gpu if only that is installed.
 */
export const libtensorflow: Rung = {
  name: 'libtensorflow',
  remedy: 'Run `vouch setup-tfjs` (Linux on x86-64).',
  async open(tf, options) {
    const before = loadedLibtensorflow();
    const cpu = before ?? loadLibtensorflow(tf, '@tensorflow/tfjs-node', options);
    if (typeof cpu !== 'string') {
      if (cpu.cuda)
        return unavailable(
          'this process runs libtensorflow on a GPU already, so its CPU kernels need a process of their own',
        );
      await tf.setBackend('tensorflow');
      return opened(`libtensorflow ${cpu.version}, CPU kernels`);
    }
    process.env.CUDA_VISIBLE_DEVICES ??= '-1';
    const gpu = loadLibtensorflow(tf, '@tensorflow/tfjs-node-gpu', options);
    if (typeof gpu === 'string') return unavailable(gpu.endsWith('is not installed') ? cpu : `${cpu}; ${gpu}`);
    if (gpu.cuda) return unavailable('tfjs-node-gpu runs on a GPU; hide it by CUDA_VISIBLE_DEVICES=-1');
    await tf.setBackend('tensorflow');
    return opened(`libtensorflow ${gpu.version} of tfjs-node-gpu, CPU kernels`);
  },
};
