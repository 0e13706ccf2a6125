import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ReadOptions } from '../data/read/answers.js';
import { readMap } from '../data/read/map.js';
import { formatNames } from '../data/read/rows.js';
import { VouchError } from '../support/errors.js';

/** The flags of every command that reads answers. */
export interface ReadingFlags {
  labels?: string;
  on?: string;
  groupBy?: string;
  format?: ReadOptions['format'];
  map?: string;
  badLines?: 'stop' | 'skip';
}

/** Adds them to a command; `badLines` is that command's default. */
export function addReading(command: Command, badLines: 'stop' | 'skip'): Command {
  return command
    .option('--labels <file>', 'grades in a file of their own (CSV or JSON Lines)')
    .option('--on <field>', 'field that joins grades to answers, or ANSWER_FIELD=GRADE_COLUMN', 'id')
    .option(
      '--group-by <field>',
      'field that names the question: rows of one question never straddle a split (default: group, else conversations and equal messages)',
    )
    .addOption(new Option('--format <name>', 'format of the answers').choices(formatNames))
    .option('--map <file|pairs>', 'columns of a foreign file: a JSON file, or answer=response,prompt=question')
    .addOption(
      new Option('--bad-lines <what>', 'what a line that cannot be read does')
        .choices(['stop', 'skip'])
        .default(badLines),
    );
}

export async function readOptionsOf(flags: ReadingFlags): Promise<ReadOptions> {
  const { labels, on, groupBy, format, badLines } = flags;
  const map = flags.map === undefined ? undefined : await readMap(flags.map);
  return { labels, on: labels === undefined ? undefined : on, groupBy, format, badLines, map };
}

/** Parses a number for an option; commander turns the error into wrong usage. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('a number is wanted');
  return value;
}

/** Parses a whole number of `least` or more (and at most `most`) for an option. Error: BAD_USAGE, which says `what` there is none of. */
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
