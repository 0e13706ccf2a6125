import { pathToFileURL } from 'node:url';
import { findPeer } from './peer.js';
import { quiet } from './quiet.js';
import { opened, type Rung, unavailable } from './rung.js';

/** The fields of WebGPU's GPUAdapterInfo that are used here. */
interface AdapterInfo {
  vendor: string;
  architecture: string;
  device: string;
  description: string;
  isFallbackAdapter?: boolean;
}

interface Gpu {
  requestAdapter(options: object): Promise<{ info: AdapterInfo } | null>;
}

interface Dawn {
  create(flags: string[]): Gpu;
  globals: object;
}

const packages = ['webgpu', '@tensorflow/tfjs-backend-webgpu'] as const;

/**
 * tfjs's WebGPU kernels on Dawn (npm `webgpu`). Software adapters are refused, because they are a hundred times slower
 * than wasm. Results are read with `await tensor.data()`, because dataSync does not work on WebGPU in Node.
 */
export const webgpu: Rung = {
  name: 'webgpu',
  remedy:
    'Run `npm install webgpu @tensorflow/tfjs-backend-webgpu@4.22.0` on a machine with a GPU and its Vulkan driver.',
  async open(tf, options) {
    const [dawnPeer, kernelsPeer] = packages.map((name) => findPeer(name, options.places));
    if (!dawnPeer || !kernelsPeer)
      return unavailable(`the npm package ${dawnPeer ? packages[1] : packages[0]} is not installed`);
    if (kernelsPeer.core !== tf.version_core) {
      return unavailable(`${packages[1]} brings tfjs-core ${kernelsPeer.core}, vouch runs ${tf.version_core}`);
    }
    quiet(tf);
    try {
      const dawn = (await import(pathToFileURL(dawnPeer.entry).href)) as Dawn;
      const gpu = provideGpu(dawn);
      const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
      if (!adapter) return unavailable('no WebGPU adapter on this machine');
      const { info } = adapter;
      if (isSoftwareAdapter(info) && !options.softwareAdapters)
        return unavailable(`only a software adapter: ${nameOf(info)}`);
      kernelsPeer.require(kernelsPeer.entry);
      if (!(await tf.setBackend('webgpu'))) return unavailable(`its device did not start on ${nameOf(info)}`);
      return opened(`WebGPU on ${nameOf(info)}`);
    } catch (error) {
      return unavailable(
        `it does not load: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`,
      );
    }
  },
};

/**
 * Whether an adapter computes on the CPU: SwiftShader, Mesa's llvmpipe (lavapipe), Microsoft's WARP, or any adapter
 * that says that it is a fallback.
 */
export function isSoftwareAdapter(info: AdapterInfo): boolean {
  const text = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`.toLowerCase();
  return info.isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|softpipe|basic render|\bwarp\b/.test(text);
}

function nameOf(info: AdapterInfo): string {
  return (
    info.description || [info.vendor, info.architecture, info.device].filter(Boolean).join(' ') || 'an unnamed adapter'
  );
}

/** tfjs uses `navigator.gpu`. Node does not have it, so it is set to Dawn's, once. */
function provideGpu(dawn: Dawn): Gpu {
  const holder = globalThis as { navigator?: { gpu?: Gpu } };
  if (holder.navigator?.gpu) return holder.navigator.gpu;
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create([]);
  const navigator = Object.create(holder.navigator ?? null, { gpu: { value: gpu, enumerable: true } });
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true, writable: true });
  return gpu;
}
