import { type Command, Option } from 'commander';
import { readPacked } from '../../data/read/answers.js';
import { pluginReaders } from '../../data/read/formats/define-reader.js';
import type { BadLine } from '../../data/read/row.js';
import { newSummary, notesOf } from '../../data/read/summary.js';
import { sizeOf } from '../../data/read/unpack/bytes.js';
import type { Answer } from '../../data/token-list.js';
import { setAside } from '../../data/write/set-aside.js';
import { pluginSignals } from '../../features/plugin/signals-of.js';
import { tableFormats } from '../../features/write/formats.js';
import { withEncoders } from '../../library/encoders.js';
import type { Annotator } from '../../meaning/annotator.js';
import { append } from '../../support/append.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { progress } from '../../support/progress.js';
import { plural } from '../../support/words/plural.js';
import { addEncoders, type EncoderFlags, encodersOf } from '../flags/encoders.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { addReading, type ReadingFlags, rawCsv, readOptionsOf, whole } from '../flags/reading.js';

interface Flags extends ReadingFlags, PluginFlags, EncoderFlags {
  out: string;
  topK?: number;
  rawCsv?: boolean;
  json?: boolean;
  quiet?: boolean;
}

const example = `
OUT ends in ${tableFormats.flatMap(({ endings }) => endings).join(', ')}.
Columns: id, group, model, task, label (if the answers have labels), then one column per signal.
A signal that was not recorded is null (empty in CSV).

Example:
  $ vouch features answers.jsonl.gz --labels grades.csv --on id --out signals.parquet`;

/** `vouch features`: the signals of answers as a table, for any other tool. */
export function register(program: Command): void {
  const command = program
    .command('features')
    .description('Write the signals of answers as a table: Parquet, Arrow or CSV.')
    .argument('<answers...>', 'files of answers in any format vouch reads; - for standard input')
    .requiredOption('--out <file>', 'file for the table; its ending sets the format');
  addEncoders(addPlugins(addReading(command, 'stop')))
    .addOption(
      new Option('--top-k <n>', 'alternatives to read per token (default: the most common number)').argParser(
        whole('--top-k', 'not a valid number of alternatives', 0),
      ),
    )
    .addOption(rawCsv())
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
}

async function run(answers: string[], flags: Flags): Promise<void> {
  return withEncoders(await encodersOf(flags), (annotator) => write(answers, flags, annotator));
}

async function write(answers: string[], flags: Flags, annotator: Annotator | undefined): Promise<void> {
  const { out, topK, groupBy, mergeNear, rawCsv: raw, quiet = false } = flags;
  const plugins = await openPlugins(flags.plugin);
  const options = { ...(await readOptionsOf(flags)), readers: pluginReaders(plugins), annotate: annotator?.annotate };
  const once = answers.includes('-');
  const passes = once ? 1 : 2;
  const size = await sizeOf(answers);
  const shown = progress('features', { total: passes * size, unit: 'bytes', quiet });
  let summary = newSummary();
  let bad: BadLine[] = [];
  let pass = 0;
  async function* batches(): AsyncGenerator<Answer[]> {
    summary = newSummary();
    bad = [];
    const before = pass++ * size;
    for await (const batch of readPacked(answers, { ...options, summary })) {
      append(bad, batch.bad);
      yield batch.records;
      shown.set(before + batch.bytes);
    }
  }
  const { writeTable } = await import('../../features/write/write-table.js');
  const written = await writeTable(out, batches, {
    topK,
    groupBy,
    mergeNear,
    once,
    rawCsv: raw,
    own: pluginSignals(plugins),
  });
  shown.done();
  const notes = [...notesOf(summary), ...written.notes, ...(await setAside(bad, `${out}.bad.jsonl`))];
  if (flags.json) {
    const { rows, columns } = written;
    process.stdout.write(`${JSON.stringify({ rows, columns, topK: written.topK, bad: bad.length, notes, out })}\n`);
    return;
  }
  const lines = [
    `${plural(written.rows, 'answer')}, ${plural(written.columns.length, 'column')} (top ${written.topK}): ${out}`,
    ...notes,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
