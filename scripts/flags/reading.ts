import { type Command, InvalidArgumentError, Option } from 'commander';
import { type LabelRules, scaleOf, valuesOf } from '../../data/grades/rules.js';
import type { ReadOptions } from '../../data/read/answers.js';
import { MOST_LINE } from '../../data/read/lines.js';
import { readMap } from '../../data/read/map/map.js';
import { formatNames } from '../../data/read/rows.js';
import { VouchError } from '../../support/errors.js';
import { meantShare } from '../../support/meant-share.js';
import { exclusive } from './exclusive.js';
import { groups, OTHER } from './groups.js';
import { addNaming, type NamingFlags, namingOf } from './naming.js';

/** The flags that say where labels are and what they mean. */
interface LabelFlags {
  labels?: string;
  on?: string;
  labelColumn?: string;
  labelValues?: LabelRules['values'];
  labelThreshold?: number;
  labelScale?: LabelRules['scale'];
  labelName?: string;
  labelSource?: string;
}

/** The flags of every command that reads answers. */
export interface ReadingFlags extends LabelFlags, NamingFlags {
  groupBy?: string;
  mergeNear?: boolean;
  format?: ReadOptions['format'];
  map?: string;
  badLines?: 'stop' | 'skip';
  maxLine?: number;
}

/** Adds these flags to a command; `badLines` is the command's default. */
export function addReading(command: Command, badLines: 'stop' | 'skip'): Command {
  const reading = addLabels(command)
    .optionsGroup(groups.questions)
    .option(
      '--group-by <field>',
      'field that names the question; all answers to a question go to the same part of a split ' +
        '(default: group, else conversations and equal messages)',
    )
    .option(
      '--merge-near',
      'merge questions that --group-by tells apart, but that differ only in polite words, case and punctuation',
    );
  return addNaming(addFiles(reading, badLines));
}

/** Adds the flags that say how files of answers are read; `badLines` is the command's default. */
export function addFiles(command: Command, badLines: 'stop' | 'skip'): Command {
  return command
    .optionsGroup(groups.files)
    .addOption(formatOption())
    .option(
      '--map <file|pairs>',
      'where each field is: answer=out.text,prompt=in.messages[-1].content; or a JSON file that says so',
    )
    .addOption(
      new Option(
        '--bad-lines <what>',
        'at a line that cannot be read: stop, or skip it and write it to a file of bad lines',
      )
        .choices(['stop', 'skip'])
        .default(badLines),
    )
    .addOption(maxLine())
    .optionsGroup(OTHER);
}

/** The flag for the format of the answers. The reader checks the name, because plug-ins may add some. */
function formatOption(): Option {
  const option = new Option('--format <name>', 'format of the answers, or the name of a reader in a plug-in');
  return option.choices(formatNames).argParser((name) => name);
}

/** The flag that switches off the protection against formulas in CSV. */
export function rawCsv(): Option {
  return new Option(
    '--raw-csv',
    `CSV: do not put ' before texts that a spreadsheet would run as formulas (those that begin with = + - @)`,
  );
}

/** The flag for the longest line that is read. */
function maxLine(): Option {
  return new Option('--max-line <MiB>', 'longest line of JSON Lines or row of CSV; a longer one is a bad line')
    .argParser(whole('--max-line', 'not a valid length', 1, 512))
    .default(MOST_LINE / 2 ** 20);
}

/** Adds the flags that say where labels are and what they mean; see docs/labels.md. */
function addLabels(command: Command): Command {
  command
    .optionsGroup(groups.grades)
    .option('--labels <file>', 'file of grades (CSV, JSON Lines, JSON, Parquet, Langfuse scores)')
    .option('--on <field>', 'field that joins grades to answers, or ANSWER_FIELD=GRADE_COLUMN (default: id)')
    .option(
      '--label-column <name>',
      'column of the grade: of the grades file if --labels is given, else of the answers',
    );
  addLabelRules(command)
    .option('--label-name <name>', 'name of the score that is the label, if answers have several scores')
    .option(
      '--label-source <name>',
      'who gave the labels that do not say so: human, or the name of a grader (default: unknown)',
    )
    .optionsGroup(OTHER);
  return command;
}

/** Adds the flags that say what grades mean. */
export function addLabelRules(command: Command): Command {
  command
    .option('--label-values <pairs>', 'what each grade means: up=1,down=0,neutral=none', valuesOf)
    .option(
      '--label-threshold <n>',
      'grades from this number on are right, lower ones are wrong: for example 4 for 1 to 5 stars',
      number,
    )
    .option(
      '--label-scale <low..high>',
      'lowest and highest grade, for example 1..5 for stars; a grade becomes a share between 0 and 1',
      scaleOf,
    );
  const rules = ['--label-values', '--label-threshold', '--label-scale'];
  for (const [i, one] of rules.entries())
    for (const other of rules.slice(i + 1))
      exclusive(command, [one, other], 'only one option may say how grades are read');
  return command;
}

export async function readOptionsOf(flags: ReadingFlags): Promise<ReadOptions> {
  const { labels, on, groupBy, mergeNear, format, badLines, maxLine } = flags;
  const labelRules = labelRulesOf(flags);
  const naming = namingOf(flags);
  const map = flags.map === undefined ? undefined : await readMap(flags.map);
  const joined = labels === undefined ? undefined : on;
  const mostLine = maxLine === undefined ? undefined : maxLine * 2 ** 20;
  return { labels, on: joined, labelRules, naming, groupBy, mergeNear, format, badLines, map, mostLine };
}

function labelRulesOf(flags: LabelFlags): LabelRules {
  const { labelColumn: column, labelValues: values, labelThreshold: threshold, labelScale: scale } = flags;
  const { labelName: name, labelSource: source } = flags;
  return { column, values, threshold, scale, name, source };
}

/** Parses a number for an option; commander reports the error as wrong usage. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('expected a number');
  return value;
}

/** Parses a share in 0..1 for an option. Error: BAD_USAGE; for 50 and for 50% it asks whether 0.5 was meant. */
export function share(option: string): (text: string) => number {
  return (text) => {
    const percentage = meantShare(text);
    const value = percentage === undefined ? number(text) : text;
    if (typeof value === 'number' && value >= 0 && value <= 1) return value;
    throw new VouchError('BAD_USAGE', 'this is not a share', {
      field: option,
      expected: '0 to 1',
      got: value,
      hint: percentage ?? meantShare(value),
    });
  };
}

/**
 * Parses a whole number of at least `least` (and at most `most`) for an option. Error: BAD_USAGE with the message
 * `what`.
 */
export function whole(
  field: string,
  what: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): (text: string) => number {
  const expected = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`;
  return (text) => {
    const value = number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new VouchError('BAD_USAGE', what, { field, expected, got: text });
  };
}
