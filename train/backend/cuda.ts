import { existsSync } from 'node:fs';
import { opened, type Rung, unavailable } from './rung.js';
import { loadLibtensorflow } from './tfjs-node.js';

/** libtensorflow's CUDA kernels through tfjs-node-gpu. True only where tfjs-node-gpu itself says it uses a GPU. */
export const cuda: Rung = {
  name: 'cuda',
  remedy: 'Run `vouch setup-tfjs --gpu` on a machine with an NVIDIA driver (525 or newer).',
  async open(tf, options) {
    const library = loadLibtensorflow(tf, '@tensorflow/tfjs-node-gpu', options);
    if (typeof library === 'string') return unavailable(library);
    const { version } = library;
    if (!library.cuda) return unavailable(`libtensorflow ${version} found no usable CUDA device: ${whyNoDevice()}`);
    await tf.setBackend('tensorflow');
    return opened(`libtensorflow ${version}, CUDA kernels`);
  },
};

function whyNoDevice(): string {
  if (process.env.CUDA_VISIBLE_DEVICES === '-1' || process.env.CUDA_VISIBLE_DEVICES === '') {
    return 'CUDA_VISIBLE_DEVICES hides them all';
  }
  const driver = existsSync('/proc/driver/nvidia/version') || existsSync('/dev/nvidiactl') || existsSync('/dev/dxg');
  return driver ? 'TF_CPP_MIN_LOG_LEVEL=0 makes it say why' : 'no NVIDIA driver is loaded on this machine';
}
