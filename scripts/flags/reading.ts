import { type Command, InvalidArgumentError, Option } from 'commander';
import { checkRules, type LabelRules, scaleOf, valuesOf } from '../../data/grades/rules.js';
import type { ReadOptions } from '../../data/read/answers.js';
import { MOST_LINE } from '../../data/read/lines.js';
import { readMap } from '../../data/read/map/map.js';
import { formatNames } from '../../data/read/rows.js';
import { VouchError } from '../../support/errors.js';
import { meantShare } from '../../support/meant-share.js';
import { addNaming, type NamingFlags, namingOf } from './naming.js';

/** The flags that say what labels are. */
export interface LabelFlags {
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

/** Adds them to a command; `badLines` is that command's default. */
export function addReading(command: Command, badLines: 'stop' | 'skip'): Command {
  return addNaming(addLabels(command))
    .option(
      '--group-by <field>',
      'field that names the question: rows of one question never straddle a split (default: group, else conversations and equal messages)',
    )
    .option('--merge-near', 'merge groups by --group-by that ask the same but for politeness, case and punctuation')
    .addOption(new Option('--format <name>', 'format of the answers').choices(formatNames))
    .option(
      '--map <file|pairs>',
      'where each field stands: answer=out.text,prompt=in.messages[-1].content, or a JSON file',
    )
    .addOption(
      new Option('--bad-lines <what>', 'what a line that cannot be read does')
        .choices(['stop', 'skip'])
        .default(badLines),
    )
    .addOption(maxLine());
}

/** How texts are written into CSV. */
export function rawCsv(): Option {
  return new Option('--raw-csv', `CSV: no ' before texts that a spreadsheet would run (those that begin with = + - @)`);
}

/** The longest line that is read. */
export function maxLine(): Option {
  return new Option('--max-line <MiB>', 'a longer line of JSON Lines or row of CSV is a bad line')
    .argParser(whole('--max-line', 'no such length', 1, 512))
    .default(MOST_LINE / 2 ** 20);
}

/** Adds what says where labels are and what they mean; see docs/labels.md. */
function addLabels(command: Command): Command {
  return command
    .option('--labels <file>', 'grades in a file of their own (CSV, JSON Lines, JSON, Parquet, Langfuse scores)')
    .option('--on <field>', 'field that joins grades to answers, or ANSWER_FIELD=GRADE_COLUMN (default: id)')
    .option(
      '--label-column <name>',
      'column of the grade: of the grades file if --labels is given, else of the answers',
    )
    .option('--label-values <pairs>', 'what grades mean: up=1,down=0,neutral=none', valuesOf)
    .option('--label-threshold <n>', 'grades from here on are right, others wrong: 4 for stars', number)
    .option('--label-scale <low..high>', 'grades are shares of this scale: 1..5 for stars', scaleOf)
    .option('--label-name <name>', 'which of several scores is the label')
    .option('--label-source <name>', 'who gave labels that do not say so: human, a grader (default: unknown)');
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
  return checkRules({ column, values, threshold, scale, name, source });
}

/** Parses a number for an option; commander turns the error into wrong usage. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('a number is wanted');
  return value;
}

/** Parses a share in 0..1 for an option. Error: BAD_USAGE, which asks whether 50 was to be 0.5. */
export function share(option: string): (text: string) => number {
  return (text) => {
    const value = number(text);
    if (value >= 0 && value <= 1) return value;
    throw new VouchError('BAD_USAGE', 'this is no share', {
      field: option,
      expected: '0 to 1',
      got: value,
      hint: meantShare(value),
    });
  };
}

/**
 * Parses a whole number of `least` or more (and at most `most`) for an option. Error: BAD_USAGE, which says `what`
 * there is none of.
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
