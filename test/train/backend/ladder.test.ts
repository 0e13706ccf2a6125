import { describe, expect, it, vi } from 'vitest';
import { VouchError } from '../../../support/errors.js';
import { openBackend } from '../../../train/backend/ladder.js';
import { isSoftwareAdapter } from '../../../train/backend/webgpu.js';

/** No optional package anywhere, whatever this machine holds. */
const bare = { places: [] };

async function failure(run: Promise<unknown>): Promise<VouchError> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(VouchError);
  return error as VouchError;
}

describe('the ladder on a machine without optional packages', () => {
  it('takes wasm and says why each faster backend was skipped, in order', async () => {
    const { tf, name, said } = await openBackend('auto', bare);
    expect(name).toBe('wasm');
    expect(tf.getBackend()).toBe('wasm');
    expect(said.split('\n')).toEqual([
      expect.stringMatching(/^backend wasm: wasm (with|without) SIMD, one thread$/),
      '  skipped cuda: @tensorflow/tfjs-node-gpu is not installed',
      '  skipped webgpu: the npm package webgpu is not installed',
      '  skipped libtensorflow: @tensorflow/tfjs-node is not installed',
    ]);
  });

  it.each([
    ['cuda', 'vouch setup-tfjs --gpu'],
    ['webgpu', 'npm install webgpu @tensorflow/tfjs-backend-webgpu@4.22.0'],
    ['libtensorflow', 'vouch setup-tfjs'],
  ] as const)('fails a request for %s by name, with reason and remedy', async (name, remedy) => {
    const error = await failure(openBackend(name, bare));
    expect(error.code).toBe('BACKEND_UNAVAILABLE');
    expect(error.message).toContain(`backend ${name} is not available here: `);
    expect(error.message).toContain('is not installed');
    expect(error.message).toContain(remedy);
  });

  it('calls an unknown name wrong usage and lists the known ones', async () => {
    const error = await failure(openBackend('gpu' as 'cuda', bare));
    expect(error.code).toBe('BAD_USAGE');
    expect(error.message).toContain('auto, cuda, webgpu, libtensorflow, wasm, cpu');
  });

  it.each(['wasm', 'cpu', 'wasm'] as const)('computes on %s, quietly', async (name) => {
    const spies = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'log'), vi.spyOn(console, 'error')];
    const { tf, said } = await openBackend(name, bare);
    const product = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2]));
    expect(Array.from(await product.data())).toEqual([19, 22, 43, 50]);
    expect(tf.getBackend()).toBe(name);
    expect(said).not.toContain('\n');
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });
});

describe('isSoftwareAdapter', () => {
  const none = { vendor: '', architecture: '', device: '', description: '' };
  it.each([
    [
      'SwiftShader as Dawn names it',
      {
        vendor: 'google',
        architecture: 'swiftshader',
        device: 'swiftshader-device-subzero-',
        description: 'SwiftShader driver 5.0.0',
      },
      true,
    ],
    ['lavapipe', { ...none, vendor: 'mesa', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' }, true],
    ['WARP', { ...none, vendor: 'microsoft', description: 'Microsoft Basic Render Driver' }, true],
    ['whatever calls itself a fallback', { ...none, vendor: 'acme', isFallbackAdapter: true }, true],
    [
      'an NVIDIA card',
      { vendor: 'nvidia', architecture: 'hopper', device: '', description: 'NVIDIA: 550.54 550.54.15.0' },
      false,
    ],
    [
      'an Intel card',
      { vendor: 'intel', architecture: 'xe', device: '', description: 'Intel(R) Arc(tm) Graphics' },
      false,
    ],
    ['a card whose name has warp in it', { ...none, vendor: 'acme', description: 'Warpdrive 9000' }, false],
  ])('%s', (_, info, software) => expect(isSoftwareAdapter(info)).toBe(software));
});
