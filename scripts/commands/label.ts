import { type Command, Option } from 'commander';
import { sayAgreement } from '../../data/label/agreement.js';
import { pluginLabellers } from '../../data/label/define-labeller.js';
import { type LabelOptions, labelRecord, newLabelled } from '../../data/label/label-record.js';
import { labellers, labelWith } from '../../data/label/list.js';
import { readLogged } from '../../data/read/answers.js';
import { pluginReaders } from '../../data/read/formats/define-reader.js';
import type { BadLine } from '../../data/read/row.js';
import { newSummary, notesOf } from '../../data/read/summary.js';
import { sizeOf } from '../../data/read/unpack/bytes.js';
import type { AnswerRecord } from '../../data/record.js';
import { writeJsonLines } from '../../data/write/json-lines.js';
import { setAside } from '../../data/write/set-aside.js';
import { append } from '../../support/append.js';
import { VouchError } from '../../support/errors.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { progress } from '../../support/progress.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import { exclusive } from '../flags/exclusive.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { addReading, number, type ReadingFlags, readOptionsOf, share, whole } from '../flags/reading.js';
import { labelSample } from '../label/label-sample.js';

interface Flags extends ReadingFlags, PluginFlags, Omit<LabelOptions, 'own'> {
  out: string;
  sample?: number;
  seed: number;
  json?: boolean;
  quiet?: boolean;
}

const list = labellers.map(({ name, aliases, does }) => `  ${name} (${aliases.join(', ')}): ${does}`).join('\n');

/** `vouch label`: a rule grades answers by comparing them with their references. */
export function register(program: Command): void {
  const command = program
    .command('label')
    .summary('Grade answers with a rule that compares them with references, or draw some for people to grade.')
    .description(
      'Labels each answer by a rule that compares it with its references (source auto:NAME). Human labels take ' +
        'precedence; if there are some, the command says how often the rule agrees with them. With --sample it ' +
        'instead draws answers at random and writes them to a CSV file. People fill it in, and --labels reads it.',
    )
    .argument('<answers...>', 'files of answers in any format vouch reads; - for standard input')
    .option('--with <name>', `the rule: ${labellers.map(({ name }) => name).join(', ')}`)
    .option('--with-field <field>', "field that names each answer's rule; answers without it take --with")
    .addOption(
      new Option(
        '--threshold <share>',
        'turn labels between 0 and 1 into 1 (from this value on) or 0 (below it) (default: labels stay as they are)',
      ).argParser(share('--threshold')),
    )
    .addOption(
      new Option(
        '--sample <n>',
        'draw this many answers, one per question, for people to grade (--out todo.csv)',
      ).argParser(whole('--sample', 'not a valid number of answers', 1)),
    )
    .option('--seed <n>', 'seed of the draw of --sample', number, 1)
    .requiredOption(
      '--out <file>',
      'file for the labelled answers: .jsonl or .jsonl.gz (with --sample: a CSV file); - for standard output',
    );
  for (const rule of ['--with', '--with-field'])
    exclusive(command, ['--sample', rule], 'the answers of --sample are graded by people, not by a rule');
  addPlugins(addReading(command, 'stop'))
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      `
Rules:
${list}

Example:
  $ vouch label answers.jsonl --with containedAlias --out labelled.jsonl
  $ vouch label answers.jsonl --sample 300 --out todo.csv`,
    )
    .action(run);
}

async function run(answers: string[], flags: Flags): Promise<void> {
  const plugins = await openPlugins(flags.plugin);
  const own = pluginLabellers(plugins);
  const isRule = flags.with !== undefined || flags.withField !== undefined;
  if (flags.sample !== undefined) {
    const { sample, seed, out, json = false, quiet = false } = flags;
    return labelSample({
      answers,
      read: { ...(await readOptionsOf(flags)), readers: pluginReaders(plugins) },
      sample,
      seed,
      out,
      json,
      quiet,
    });
  }
  if (!isRule) {
    const expected = '--with NAME, --with-field FIELD or --sample N';
    throw new VouchError('BAD_USAGE', 'no rule is given', { expected });
  }
  if (flags.with !== undefined) labelWith(flags.with, own);
  const summary = newSummary();
  const labelled = newLabelled();
  const bad: BadLine[] = [];
  const shown = progress('labelled', { total: await sizeOf(answers), unit: 'bytes', quiet: flags.quiet });
  const options = { ...(await readOptionsOf(flags)), readers: pluginReaders(plugins), summary };
  const out = await writeJsonLines(flags.out);
  try {
    for await (const batch of readLogged(answers, options)) {
      for (const record of batch.records) {
        if (record.answer !== null) labelRecord(record as AnswerRecord, { ...flags, own }, labelled);
        await out.write(record);
      }
      append(bad, batch.bad);
      shown.set(batch.bytes);
    }
    if (summary.records === 0) throw new VouchError('NO_ANSWERS', 'no answer was read', { file: answers.join(', ') });
    await out.close();
  } catch (error) {
    await out.abort();
    throw error;
  }
  shown.done();
  const notes = [
    ...notesOf(summary),
    ...(await setAside(bad, `${flags.out === '-' ? 'vouch-label' : flags.out}.bad.jsonl`)),
  ];
  const say = flags.out === '-' ? process.stderr : process.stdout;
  if (flags.json) say.write(`${JSON.stringify({ ...labelled, bad: bad.length, notes, out: flags.out })}\n`);
  else say.write(`${sentences(labelled, notes).join('\n')}\n`);
}

function sentences(labelled: ReturnType<typeof newLabelled>, notes: string[]): string[] {
  const { answers, labelled: n, right, unnamed, untold, agreement } = labelled;
  const share = n === 0 ? '' : `, ${((100 * right) / n).toFixed(1)}% right`;
  const lines = [
    `${thousands(n)} of ${plural(answers, 'answer')} labelled${share}`,
    sayAgreement(agreement),
    untold > 0 && `${thousands(untold)} could not be graded (no reference of the kind that the rule needs)`,
    unnamed > 0 && `${thousands(unnamed)} ${unnamed === 1 ? 'has' : 'have'} no rule`,
    ...notes.map((note) => `note: ${note}`),
  ];
  return lines.filter((line) => line !== '' && line !== false) as string[];
}
