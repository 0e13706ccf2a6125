import type { Command } from 'commander';
import { setupFolders, setupVariable } from '../../train/backend/peer.js';
import { cpuParts, gpuParts, tfjsVersion } from '../../train/backend/setup/parts.js';
import { setupTfjs } from '../../train/backend/setup/setup.js';

/** `vouch setup-tfjs`: the optional native backends in one command. */
export function register(program: Command): void {
  const named = ({ name, version }: { name: string; version: string }) => `${name} ${version}`;
  program
    .command('setup-tfjs')
    .summary('Set up training on libtensorflow, CPU or CUDA.')
    .description(
      `Sets up @tensorflow/tfjs-node ${tfjsVersion} with the libtensorflow of ${named(cpuParts.tensorflow)}, or with --gpu ` +
        `@tensorflow/tfjs-node-gpu with that of ${named(gpuParts.tensorflow)} and its CUDA libraries. Everything comes from npm and PyPI; ` +
        'Python with pip and a C++ compiler are needed. Linux on x86-64. Training then finds it by itself.',
    )
    .option('--gpu', 'the CUDA one: about 5 GB on disk, NVIDIA driver 525 or newer', false)
    .option(
      '--dir <folder>',
      `folder to fill (default: ${setupFolders.cpu} or ${setupFolders.gpu}); name it in ${setupVariable} then`,
    )
    .option('--python <command>', 'the Python whose pip fetches the wheels', 'python3')
    .option('--compiler <command>', 'the C++ compiler', process.env.CXX ?? 'g++')
    .option('--json', 'print a summary for machines', false)
    .addHelpText(
      'after',
      '\nExample:\n  $ vouch setup-tfjs && vouch train answers.jsonl --out model --backend libtensorflow',
    )
    .action(async (given: { gpu: boolean; dir?: string; python: string; compiler: string; json: boolean }) => {
      const say = (line: string) => process.stderr.write(`${line}\n`);
      const setUp = await setupTfjs({ ...given, say });
      if (given.json) {
        process.stdout.write(`${JSON.stringify(setUp)}\n`);
        return;
      }
      const device = setUp.cuda ? 'CUDA kernels' : 'CPU kernels';
      say(
        `${setUp.already ? 'already set up' : 'set up'}: ${setUp.package}, libtensorflow ${setUp.libtensorflow}, ${device}, in ${setUp.dir}`,
      );
      if (given.gpu && !setUp.cuda)
        say('no usable NVIDIA GPU on this machine: it will run its CPU kernels here and say so');
      if (given.dir) say(`to use it: export ${setupVariable}=${setUp.dir}`);
    });
}
