import { type Command, Option } from 'commander';
import { type Langfuse, openLangfuse } from '../../data/langfuse/client.js';
import { idsInQueue, OBJECT_TYPES, type ObjectType, sendQueue } from '../../data/langfuse/queue-items.js';
import { langfuseScores } from '../../data/langfuse/scores.js';
import { writeAtomic } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';

interface Flags {
  url: string;
  queueId?: string;
  as: ObjectType;
  out?: string;
  name?: string;
  since?: string;
  json?: boolean;
}

const PUBLIC = 'LANGFUSE_PUBLIC_KEY';
const SECRET = 'LANGFUSE_SECRET_KEY';
const WHATS = ['send', 'scores'] as const;

const example = `
What to do:
  send QUEUE  add the answers of a queue of vouch monitor to an annotation queue. Their ids must be
              ids of Langfuse. What is in the annotation queue already is not added again
  scores      write the scores of the project to --out, for vouch feedback or --labels

The keys of the project are in ${PUBLIC} and ${SECRET}.

Example:
  $ vouch monitor --store answers.db --model runs/mine --state monitor.json --queue monday.jsonl
  $ vouch langfuse send monday.jsonl --url https://cloud.langfuse.com --queue-id cm1a2b3c
  $ vouch langfuse scores --url https://cloud.langfuse.com --queue-id cm1a2b3c --out scores.jsonl
  $ vouch feedback scores.jsonl --store answers.db`;

/** `vouch langfuse`: sends a queue to Langfuse, and reads scores back. */
export function register(program: Command): void {
  program
    .command('langfuse')
    .description('Send answers to label to Langfuse, and read the scores that people gave there.')
    .addArgument(program.createArgument('<what>', 'what to do: send or scores').choices(WHATS))
    .argument('[queue]', 'for send: the queue that vouch monitor wrote')
    .requiredOption('--url <url>', 'address of Langfuse, such as https://cloud.langfuse.com')
    .option('--queue-id <id>', 'annotation queue in Langfuse; for scores: only scores that were given in it')
    .addOption(new Option('--as <type>', 'for send: what the ids name').choices(OBJECT_TYPES).default('observation'))
    .option('--out <file>', 'for scores: file for the scores, as JSON Lines')
    .option('--name <name>', 'for scores: only scores with this name')
    .option('--since <time>', 'for scores: only scores from this time on, ISO 8601')
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', example)
    .action(run);
}

async function run(what: (typeof WHATS)[number], queue: string | undefined, flags: Flags): Promise<void> {
  const langfuse = openLangfuse({ url: flags.url, publicKey: keyIn(PUBLIC), secretKey: keyIn(SECRET) });
  const [summary, text] = what === 'send' ? await send(langfuse, queue, flags) : await scores(langfuse, flags);
  process.stdout.write(flags.json ? `${JSON.stringify(summary)}\n` : `${text}\n`);
}

async function send(langfuse: Langfuse, file: string | undefined, { queueId, as }: Flags): Promise<[object, string]> {
  if (file === undefined) throw needs('queue', 'the file that vouch monitor wrote');
  if (queueId === undefined) throw needs('--queue-id', 'the id of an annotation queue');
  const sent = await sendQueue(langfuse, await idsInQueue(file), { queue: queueId, type: as });
  const known = sent.known === 0 ? '' : `; ${thousands(sent.known)} were in it already`;
  return [sent, `${plural(sent.added, 'answer')} added to the annotation queue${known}`];
}

async function scores(langfuse: Langfuse, { queueId, name, since, out }: Flags): Promise<[object, string]> {
  if (out === undefined) throw needs('--out', 'a file');
  const lines: string[] = [];
  for await (const page of langfuseScores(langfuse, { queue: queueId, name, since })) {
    for (const score of page) lines.push(`${JSON.stringify(score)}\n`);
  }
  await writeAtomic(out, lines.join(''));
  return [{ scores: lines.length }, `${plural(lines.length, 'score')} written to ${out}`];
}

function keyIn(name: string): string {
  const key = process.env[name];
  if (key !== undefined && key !== '') return key;
  throw new VouchError('BAD_USAGE', 'a key of Langfuse is missing', {
    field: name,
    expected: 'an environment variable',
  });
}

function needs(field: string, expected: string): VouchError {
  return new VouchError('BAD_USAGE', 'this is missing', { field, expected });
}
