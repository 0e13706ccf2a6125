import * as tf from '@tensorflow/tfjs-core';
import type { Tf } from '../../models/networks/types.js';
import { VouchError } from '../../support/errors.js';
import { cpu } from './cpu.js';
import { cuda } from './cuda.js';
import { libtensorflow } from './libtensorflow.js';
import { type BackendName, type BackendRequest, backendRequests, type Rung, type RungOptions } from './rung.js';
import { wasm } from './wasm.js';
import { webgpu } from './webgpu.js';

/** All rungs, fastest first. */
export const rungs: readonly Rung[] = [cuda, webgpu, libtensorflow, wasm, cpu];

/** The backend tfjs runs on now. */
export interface OpenBackend {
  tf: Tf;
  name: BackendName;
  /** Text for the user: what runs, and one line for each faster backend that was skipped, with the reason. */
  said: string;
}

/**
 * Makes tfjs compute on the fastest backend that works here (`auto`), or on the requested one. If a requested backend
 * does not work, this is an error with reason and remedy; no other backend is used. Existing tensors do not move to the
 * new backend.
 */
export async function openBackend(request: BackendRequest = 'auto', options: RungOptions = {}): Promise<OpenBackend> {
  if (!backendRequests.includes(request)) {
    throw new VouchError('BAD_USAGE', 'no such backend', {
      field: 'backend',
      expected: backendRequests.join(', '),
      got: request,
    });
  }
  const tried = request === 'auto' ? rungs : rungs.filter(({ name }) => name === request);
  const over: string[] = [];
  for (const rung of tried) {
    const result = await rung.open(tf, options);
    if (result.open) {
      await tf.ready();
      return { tf, name: rung.name, said: [`backend ${rung.name}: ${result.what}`, ...over].join('\n') };
    }
    if (request !== 'auto') {
      throw new VouchError('BACKEND_UNAVAILABLE', `backend ${request} is not available here: ${result.why}`, {
        hint: rung.remedy,
      });
    }
    over.push(`  skipped ${rung.name}: ${result.why}`);
  }
  throw new VouchError('BACKEND_UNAVAILABLE', ['no backend works here', ...over].join('\n'), { hint: cpu.remedy });
}
