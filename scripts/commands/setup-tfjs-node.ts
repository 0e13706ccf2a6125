import { type Command, Option } from 'commander';
import { setupFolders, setupVariable } from '../../train/backend/peer.js';
import { cpuParts, gpuParts, tfjsVersion } from '../../train/backend/setup/parts.js';
import { setupTfjs } from '../../train/backend/setup/setup.js';

/** `vouch setup-tfjs`: installs the optional native backends with one command. */
export function register(program: Command): void {
  const named = ({ name, version }: { name: string; version: string }) => `${name} ${version}`;
  program
    .command('setup-tfjs')
    .summary('Install libtensorflow (CPU or CUDA) for training.')
    .description(
      `Installs @tensorflow/tfjs-node ${tfjsVersion} with the libtensorflow of ` +
        `${named(cpuParts.tensorflow)}. With --gpu it ` +
        `installs @tensorflow/tfjs-node-gpu with that of ${named(gpuParts.tensorflow)} and its CUDA libraries. ` +
        'Everything comes from npm and PyPI. It needs Linux on x86-64, Python with pip, and a C++ compiler. ' +
        'Training then finds the backend by itself.',
    )
    .option('--gpu', 'install the CUDA version: about 5 GB on disk, NVIDIA driver 525 or newer', false)
    .option(
      '--dir <folder>',
      `folder to install to; then set ${setupVariable} to it (default: ${setupFolders.cpu} or ${setupFolders.gpu})`,
    )
    .option('--python <command>', 'the Python whose pip downloads the wheels', 'python3')
    .addOption(
      new Option('--compiler <command>', 'the C++ compiler').default(
        process.env.CXX ?? 'g++',
        'CXX in the environment, else g++',
      ),
    )
    .option('--json', 'print a summary as JSON', false)
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
      const state = setUp.already ? 'already set up' : 'set up';
      say(`${state}: ${setUp.package}, libtensorflow ${setUp.libtensorflow}, ${device}, in ${setUp.dir}`);
      if (given.gpu && !setUp.cuda)
        say('this machine has no usable NVIDIA GPU: training will run on the CPU kernels and say so');
      if (given.dir) say(`to use it: export ${setupVariable}=${setUp.dir}`);
    });
}
