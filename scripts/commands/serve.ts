import type { Command } from 'commander';
import { serveDefaults } from '../../serve/options.js';
import { run } from '../../serve/run.js';
import { openService } from '../../serve/service.js';
import { whole } from '../flags/reading.js';
import { addServing, type ServingFlags, sayListening, servingOptions } from '../flags/serving.js';

interface Flags extends ServingFlags {
  name: string;
  mostRecords: number;
}

const example = `
POST /v1/score scores one record, or {"records": […]}. /v2 is the Open Inference Protocol, for
clients of Triton and KServe. /metrics is for Prometheus, and /docs describes all routes. When a new
bundle is written to --model (or its symlink is changed), the service loads it without a failed
request. TERM stops the service: first it reports not ready, then it finishes open requests.

Example:
  $ VOUCH_API_KEY=… vouch serve --model runs/mine --port 8080
  $ curl -s localhost:8080/v1/score -H "x-api-key: $VOUCH_API_KEY" \\
      -d '{"prompt": "Capital of Australia?", "answer": "Canberra"}'
  $ vouch serve --model runs/mine --store answers.db --monitor-every 1h --monitor-state monitor.json
  $ vouch serve --model runs/mine --otlp http://localhost:4318`;

/** `vouch serve`: scores over HTTP. */
export function register(program: Command): void {
  const { port, bodyLimit, timeout, name, mostRecords } = serveDefaults;
  const times = 'seconds that a request may take to arrive, and to be answered';
  const command = program
    .command('serve')
    .description('Serve a bundle over HTTP: records, the Open Inference Protocol, metrics.')
    .requiredOption('--model <dir>', 'the bundle, or a symlink to it')
    .option('--name <name>', 'name of the model under /v2/models', name)
    .option(
      '--most-records <n>',
      'most records or rows in one request',
      whole('--most-records', 'not a valid number of records', 1),
      mostRecords,
    );
  addServing(command, { port, bodyLimit, timeout, times }).addHelpText('after', example).action(serve);
}

async function serve(flags: Flags): Promise<void> {
  const { name, mostRecords } = flags;
  const options = { ...(await servingOptions(flags)), name, mostRecords };
  const service = await openService(options);
  await run(service, options, options, sayListening(flags.json, `serving ${flags.model}`));
}
