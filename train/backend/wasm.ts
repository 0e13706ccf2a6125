import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { quiet } from './quiet.js';
import { opened, type Rung, unavailable } from './rung.js';

/**
 * WebAssembly with XNNPACK kernels: the embedded default, in every install. One thread in Node; SIMD where the CPU has
 * it.
 */
export const wasm: Rung = {
  name: 'wasm',
  remedy: 'Reinstall vouch: @tensorflow/tfjs-backend-wasm is part of it.',
  async open(tf) {
    quiet(tf);
    if (tf.engine().registry['wasm'] === undefined) {
      const backend = await import('@tensorflow/tfjs-backend-wasm');
      const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
      backend.setWasmPaths(dirname(entry) + sep);
    }
    if (!(await tf.setBackend('wasm'))) return unavailable('its WebAssembly module did not start');
    const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
    return opened(`wasm ${simd ? 'with SIMD' : 'without SIMD'}, one thread`);
  },
};
