/** An npm package or a PyPI wheel in an exact version, so that the versions that were tested are set up. */
export interface Part {
  name: string;
  version: string;
}

/** The parts of one kind of set-up. */
export interface Parts {
  package: '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu';
  /** The wheel that contains libtensorflow and its headers. */
  tensorflow: Part;
  /** The wheels that contain the CUDA libraries, in the versions that tensorflow[and-cuda] of that version requires. */
  nvidia: Part[];
  /** Bytes of disk space needed during the set-up: wheel, libraries and npm packages, rounded up. */
  room: number;
}

export const tfjsVersion = '4.22.0';

/** Headers of Node's stable C interface, so that no Node source or node-gyp is needed. */
export const nodeApiHeaders: Part = { name: 'node-api-headers', version: '1.9.0' };

/** libtensorflow's C interface does not depend on Python, so the wheel for one interpreter is enough for all. */
export const pipTarget = [
  ...['--platform', 'manylinux2014_x86_64', '--implementation', 'cp', '--python-version', '3.11', '--abi', 'cp311'],
  ...['--only-binary', ':all:', '--no-deps'],
] as const;

/** libtensorflow with CPU kernels (oneDNN). */
export const cpuParts: Parts = {
  package: '@tensorflow/tfjs-node',
  tensorflow: { name: 'tensorflow-cpu', version: '2.15.1' },
  nvidia: [],
  room: 1.5e9,
};

/**
 * libtensorflow with CUDA 12.5 kernels, and the CUDA libraries that it loads. The package's own version, 2.9 with CUDA
 * 11, does not support current GPUs.
 */
export const gpuParts: Parts = {
  package: '@tensorflow/tfjs-node-gpu',
  tensorflow: { name: 'tensorflow', version: '2.18.1' },
  nvidia: [
    { name: 'nvidia-cublas-cu12', version: '12.5.3.2' },
    { name: 'nvidia-cuda-cupti-cu12', version: '12.5.82' },
    { name: 'nvidia-cuda-nvrtc-cu12', version: '12.5.82' },
    { name: 'nvidia-cuda-runtime-cu12', version: '12.5.82' },
    { name: 'nvidia-cudnn-cu12', version: '9.3.0.75' },
    { name: 'nvidia-cufft-cu12', version: '11.2.3.61' },
    { name: 'nvidia-curand-cu12', version: '10.3.6.82' },
    { name: 'nvidia-cusolver-cu12', version: '11.6.3.83' },
    { name: 'nvidia-cusparse-cu12', version: '12.5.1.3' },
    { name: 'nvidia-nccl-cu12', version: '2.21.5' },
    { name: 'nvidia-nvjitlink-cu12', version: '12.5.82' },
  ],
  room: 6.5e9,
};
