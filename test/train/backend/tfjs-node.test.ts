import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Fake, fakeTfjsNode } from './fake-tfjs-node.js';

/** Each test meets a process that has loaded no libtensorflow: the module's memory and the registered backend are fresh. */
async function climb(request: 'auto' | 'cuda' | 'libtensorflow', ...fakes: Fake[]) {
  const { openBackend } = await import('../../../train/backend/ladder.js');
  return openBackend(request, { places: fakes.map(fakeTfjsNode) });
}

describe('rungs of tfjs-node', () => {
  beforeEach(async () => {
    vi.resetModules();
    const { openBackend } = await import('../../../train/backend/ladder.js');
    const { tf } = await openBackend('cpu');
    if (tf.findBackendFactory('tensorflow')) tf.removeBackend('tensorflow');
    vi.resetModules();
  });

  it('is cuda where tfjs-node-gpu says that it uses a GPU', async () => {
    const { tf, name, said } = await climb('auto', { name: '@tensorflow/tfjs-node-gpu', gpu: true });
    expect(name).toBe('cuda');
    expect(tf.getBackend()).toBe('tensorflow');
    expect(said).toBe('backend cuda: libtensorflow 9.9.9, CUDA kernels');
  });

  it('is libtensorflow, never cuda, where tfjs-node-gpu found no GPU', async () => {
    const { name, said } = await climb('auto', { name: '@tensorflow/tfjs-node-gpu', gpu: false });
    expect(name).toBe('libtensorflow');
    expect(said).toMatch(/skipped cuda: libtensorflow 9\.9\.9 found no usable CUDA device: /);
  });

  it('fails a request for cuda where tfjs-node-gpu found no GPU', async () => {
    const run = climb('cuda', { name: '@tensorflow/tfjs-node-gpu', gpu: false });
    await expect(run).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
  });

  it('does not call a GPU libtensorflow: its CPU kernels were asked for', async () => {
    const run = climb('libtensorflow', { name: '@tensorflow/tfjs-node-gpu', gpu: true });
    await expect(run).rejects.toThrow('hide it by CUDA_VISIBLE_DEVICES=-1');
  });

  it('takes tfjs-node for libtensorflow', async () => {
    const { name, said } = await climb('libtensorflow', { name: '@tensorflow/tfjs-node' });
    expect([name, said]).toEqual(['libtensorflow', 'backend libtensorflow: libtensorflow 9.9.9, CPU kernels']);
  });

  it('passes over a package on another tfjs-core, which would compute on an engine of its own', async () => {
    const run = climb('libtensorflow', { name: '@tensorflow/tfjs-node', core: '4.10.0' });
    await expect(run).rejects.toThrow('@tensorflow/tfjs-node brings tfjs-core 4.10.0, vouch runs 4.22.0');
  });

  it('passes over a package that does not load, with its first line as the reason', async () => {
    const { name, said } = await climb('auto', { name: '@tensorflow/tfjs-node', throws: 'addon missing\nrebuild it' });
    expect(name).toBe('wasm');
    expect(said).toContain('skipped libtensorflow: @tensorflow/tfjs-node does not load: addon missing');
    expect(said).not.toContain('rebuild');
  });
});
