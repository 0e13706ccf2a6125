import { type Command, Option } from 'commander';
import { labellers } from '../../data/label/list.js';
import { type TuneResult, tuneExport } from '../../library/tune/tune-export.js';
import { type TuneOptions, tuneDefaults } from '../../library/tune/tune-options.js';
import { percent } from '../../report/numbers.js';
import { VouchError } from '../../support/errors.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import { table } from '../../train/prepare/summary.js';
import { FORMATS, KINDS, PARTS } from '../../train/tune/results.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { addReading, number, type ReadingFlags, readOptionsOf, whole } from '../flags/reading.js';
import { shownProgress } from '../flags/shown-progress.js';

interface Flags
  extends Omit<ReadingFlags, 'mergeNear'>,
    PluginFlags,
    Pick<TuneOptions, 'as' | 'for' | 'out' | 'answersOf' | 'abstain' | 'corrections' | 'with' | 'baseModel'> {
  rows: number;
  seed: number;
  anyTemperature?: boolean;
  /** `--no-balance` and `--no-curve` make these false; otherwise commander makes them true. */
  balance: boolean;
  curve: boolean;
  examples?: boolean;
  json?: boolean;
  quiet?: boolean;
}

const example = `
Kinds:
  ptrue        shows question, context and answer, and asks whether the answer is right
  idk          the model's own answer where it was right, "I don't know" where it was not
  preferences  pairs for one prompt: a right answer, or a correction, before a wrong one

Examples:
  $ vouch tune export answers.jsonl --as ptrue --for openai --out probes
  $ vouch tune export answers.jsonl --as idk --answers-of my-model --for trl --out idk
  $ vouch tune export answers.jsonl --as preferences --for axolotl --base-model my/model --out pairs`;

/** `vouch tune export`: fine-tuning sets for the language model itself, from graded answers. */
export function register(program: Command): void {
  const command = program
    .command('tune')
    .summary('Write fine-tuning sets for the language model, from graded answers.')
    .description(
      'Writes a fine-tuning set from graded answers, for the OpenAI API, TRL or Axolotl. All rows of a question are in ' +
        'one of the parts train, validation and test (80, 10 and 10% of the questions), and so are nearly equal ' +
        'questions. A learning curve says whether more rows would help.',
    )
    .argument('<what>', 'what to do: export')
    .argument('<answers...>', 'graded answers; - for standard input')
    .addOption(new Option('--as <kind>', 'what the rows teach').choices(KINDS).makeOptionMandatory())
    .addOption(new Option('--for <format>', 'what reads the rows').choices(FORMATS).makeOptionMandatory())
    .requiredOption('--out <dir>', 'folder of the set; an older set there is replaced')
    .option('--rows <n>', 'the most rows of all parts', whole('--rows', 'not a number of rows', 1), tuneDefaults.rows)
    .option('--answers-of <model>', 'take only the answers of this model: the one that you tune (default: all)')
    .option('--any-temperature', 'take answers of any temperature, not only of 0; preferences always do')
    .option('--no-balance', 'for ptrue: keep all answers, not as many right as wrong ones of each task of each model')
    .option('--examples', 'for ptrue: begin each probe with the examples that --ptrue of vouch enrich shows')
    .option('--abstain <text>', `for idk: the text that abstains (default: ${tuneDefaults.abstain})`)
    .option(
      '--corrections <field>',
      `for preferences: the field of an answer with a better one (default: ${tuneDefaults.corrections})`,
    )
    .option(
      '--with <name>',
      `for preferences: grade samples by this rule: ${labellers.map(({ name }) => name).join(', ')} ` +
        '(default: the rule that made the labels)',
    )
    .option('--base-model <name>', 'for axolotl: the model to tune, for its config file')
    .option('--no-curve', 'measure no learning curve')
    .option('--seed <n>', 'seed of the split and of what is drawn', number, tuneDefaults.seed);
  addPlugins(addReading(command, 'stop'))
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
}

async function run(what: string, answers: string[], flags: Flags): Promise<void> {
  if (what !== 'export')
    throw new VouchError('BAD_USAGE', 'vouch tune cannot do this', { field: 'what', expected: 'export', got: what });
  const { as, for: format, out, rows, seed, answersOf, anyTemperature, examples, abstain, corrections } = flags;
  const { mergeNear: _, ...reading } = await readOptionsOf(flags);
  const result = await tuneExport(answers, {
    ...reading,
    ...{ as, for: format, out, rows, seed, answersOf, anyTemperature, examples, abstain, corrections },
    ...{ with: flags.with, baseModel: flags.baseModel, curve: flags.curve, plugins: flags.plugin },
    balance: flags.balance ? undefined : false,
    onProgress: shownProgress(Boolean(flags.quiet)),
  });
  process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : `${lines(result).join('\n')}\n`);
}

function lines({ out, as, for: format, rows, questions, counts, leftOut, ...result }: TuneResult): string[] {
  const all = PARTS.reduce((sum, part) => sum + rows[part], 0);
  const labels = [...new Set(counts.map(({ label }) => label))].sort();
  const perLabel = (part: string, label: string) =>
    counts.filter((each) => each.part === part && each.label === label).reduce((sum, each) => sum + each.rows, 0);
  const reasons = Object.entries(leftOut).map(([why, count]) => `${why} ${thousands(count)}`);
  return [
    `${plural(all, 'row')} of ${as} for ${format} in ${out}, from ${plural(result.answers, 'answer')}`,
    '',
    table([
      ['', 'questions', 'rows', ...labels],
      ...PARTS.map((part) => [
        part,
        ...[questions[part], rows[part], ...labels.map((label) => perLabel(part, label))].map(thousands),
      ]),
    ]),
    '',
    ...(result.abstentions === undefined ? [] : [`abstains in ${percent(result.abstentions)} of the rows`]),
    ...(reasons.length === 0 ? [] : [`left out: ${reasons.join(', ')}`]),
    ...(result.curve === null ? [] : [result.curve.says]),
    ...result.notes.map((note) => `note: ${note}`),
  ];
}
