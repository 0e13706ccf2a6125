import type { Command } from 'commander';
import { readLogged } from '../../data/read/answers.js';
import { pluginReaders } from '../../data/read/formats/define-reader.js';
import { CANONICAL } from '../../data/read/formats/detect.js';
import { logFormatNamed } from '../../data/read/formats/list.js';
import { type Overview, overviewOf } from '../../data/read/overview.js';
import type { BadLine } from '../../data/read/row.js';
import { shownRecord } from '../../data/read/shown-record.js';
import { type FormatRead, newSummary, type ReadSummary, remarksOf } from '../../data/read/summary.js';
import { sizeOf } from '../../data/read/unpack/bytes.js';
import type { LoggedRecord } from '../../data/record.js';
import type { Answer, Logged } from '../../data/token-list.js';
import { writeJsonLines } from '../../data/write/json-lines.js';
import { setAside } from '../../data/write/set-aside.js';
import { refusals } from '../../features/text/phrases.js';
import { makeView } from '../../features/view.js';
import { append } from '../../support/append.js';
import { countsJson } from '../../support/counts.js';
import { VouchError } from '../../support/errors.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { progress } from '../../support/progress.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { addReading, type ReadingFlags, readOptionsOf, whole } from '../flags/reading.js';

interface Flags extends ReadingFlags, PluginFlags {
  out?: string;
  first: number;
  json?: boolean;
  quiet?: boolean;
}

/** `vouch read`: shows what vouch understands of a log, before training. It also converts logs to canonical records. */
export function register(program: Command): void {
  const command = program
    .command('read')
    .summary('Show what vouch understands of a log; convert it to canonical JSON Lines.')
    .description(
      'Reads a log and shows what vouch understands of it: the format and how it was detected, counts, the first ' +
        'records as they were read, and the keys that vouch does not use. With --out it writes canonical records.',
    )
    .argument('<files...>', 'files of answers in any format vouch reads; - for standard input')
    .option('--out <file>', 'file for canonical records: .jsonl or .jsonl.gz; - for standard output')
    .option('--first <n>', 'number of records to show', whole('--first', 'not a valid number of records', 0), 2);
  addPlugins(addReading(command, 'skip'))
    .option('--json', 'print what was found as JSON')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      `
Example:
  $ vouch read langfuse-export.jsonl
  $ vouch read batch-input.jsonl batch-output.jsonl --out answers.jsonl`,
    )
    .action(run);
}

async function run(files: string[], flags: Flags): Promise<void> {
  const summary = newSummary();
  const readers = pluginReaders(await openPlugins(flags.plugin));
  const options = { ...(await readOptionsOf(flags)), readers, summary };
  const shown = progress('read', { total: await sizeOf(files), unit: 'bytes', quiet: flags.quiet });
  const seen = overviewOf(refusalTeller(), flags.groupBy, flags.mergeNear);
  const first: LoggedRecord[] = [];
  const bad: BadLine[] = [];
  const out = flags.out === undefined ? null : await writeJsonLines(flags.out);
  try {
    for await (const batch of readLogged(files, options)) {
      for (const record of batch.records) {
        seen.add(record);
        if (first.length < flags.first) first.push(record);
        await out?.write(record);
      }
      append(bad, batch.bad);
      shown.set(batch.bytes);
    }
    if (summary.records === 0) throw nothingRead(files, bad, summary);
    await out?.close();
  } catch (error) {
    await out?.abort();
    throw error;
  }
  shown.done();
  const overview = seen.finish();
  const aside = flags.out === undefined || flags.out === '-' ? null : `${flags.out}.bad.jsonl`;
  const notes = [
    ...remarksOf({ ...summary, unanswered: new Map() }),
    ...overview.grouping.notes,
    ...(aside === null ? badNotes(bad) : await setAside(bad, aside)),
  ];
  const say = flags.out === '-' ? process.stderr : process.stdout;
  if (flags.json) {
    const { formats, passed, unknownKeys } = summary;
    const found = {
      formats,
      ...overview,
      passed: countsJson(passed),
      unknownKeys: countsJson(unknownKeys),
      bad: badCounts(bad),
      notes,
      first,
      out: flags.out ?? null,
    };
    say.write(`${JSON.stringify(found)}\n`);
    return;
  }
  const written = flags.out === undefined ? [] : [`${plural(summary.records, 'record')} written: ${flags.out}`];
  say.write(`${[...formatLines(summary.formats), ...countLines(overview), ...notes, ...written].join('\n')}\n`);
  first.forEach((record, i) => {
    say.write(`\nrecord ${i + 1} as read:\n${shownRecord(record)}\n`);
  });
}

function refusalTeller(): (record: Logged) => boolean {
  const view = makeView(0);
  return (record) => {
    view.load(record as Answer);
    return refusals.of(view) > 0;
  };
}

function nothingRead(files: string[], bad: BadLine[], { passed }: ReadSummary): VouchError {
  const reasons = [...passed].map(([reason, n]) => `${reason} (${thousands(n)})`);
  const hint = bad.length > 0 ? `The first bad line: ${bad[0].error.message}` : reasons.join(', ');
  return new VouchError('NO_ANSWERS', 'no answer was read', {
    file: files.join(', '),
    ...(hint === '' ? {} : { hint }),
  });
}

function badCounts(bad: BadLine[]): Record<string, { count: number; first: string }> {
  const counts = new Map<string, { count: number; first: string }>();
  for (const { error } of bad) {
    const code = `VOUCH_${error.code}`;
    const { count, first } = counts.get(code) ?? { count: 0, first: error.message };
    counts.set(code, { count: count + 1, first });
  }
  return Object.fromEntries(counts);
}

function badNotes(bad: BadLine[]): string[] {
  return Object.entries(badCounts(bad)).map(
    ([code, { count, first }]) => `${plural(count, 'line')} could not be read (${code}); the first: ${first}`,
  );
}

function formatLines(formats: FormatRead[]): string[] {
  return formats.map(({ file, format, why, rows }) => {
    const title = logFormatNamed(format)?.title ?? PLAIN[format] ?? format;
    return `${file}: ${title} (${format}), ${plural(rows, 'row')}; detected from: ${why}`;
  });
}

const PLAIN: Record<string, string> = {
  [CANONICAL]: 'canonical records',
  csv: 'CSV by its columns',
  parquet: 'Parquet by its columns',
};

function countLines(overview: Overview): string[] {
  const { answers, questions, conversations, labelled, labels, times } = overview;
  const list = (counts: Record<string, number>, most = 8) => {
    const all = Object.entries(counts).sort((a, b) => b[1] - a[1]);
    const shown = all.slice(0, most).map(([name, n]) => `${name} (${thousands(n)})`);
    return [...shown, ...(all.length > most ? [`and ${thousands(all.length - most)} more`] : [])].join(', ');
  };
  const fields = Object.entries(overview.with).filter(([, n]) => n > 0);
  const recorded = fields.length === 0 ? 'only the answers' : list(Object.fromEntries(fields), 20);
  const kinds = { empty: overview.empty, refusals: overview.refusals, truncated: overview.truncated };
  const seen = Object.entries(kinds).filter(([, n]) => n > 0);
  const conversed = conversations > 0 ? `, ${plural(conversations, 'conversation')}` : '';
  return [
    `${plural(answers, 'answer')} to ${plural(questions, 'question')}${conversed}`,
    `labels: ${labelled === 0 ? 'none' : `${plural(labelled, 'answer')}; by source: ${list(labels)}`}`,
    `recorded: ${recorded}`,
    ...(Object.keys(overview.alternatives).length > 0
      ? [`alternatives per token: ${list(overview.alternatives)}`]
      : []),
    ...(seen.length > 0 ? [`among them: ${list(Object.fromEntries(seen))}`] : []),
    ...(Object.keys(overview.unanswered).length > 0 ? [`no answers: ${list(overview.unanswered)}`] : []),
    ...(Object.keys(overview.models).length > 0 ? [`models: ${list(overview.models)}`] : []),
    ...(Object.keys(overview.tasks).length > 0 ? [`tasks: ${list(overview.tasks)}`] : []),
    ...(times === null ? [] : [`times: ${times.from} to ${times.to}`]),
  ];
}
