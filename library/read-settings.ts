import { checkRules, type LabelRules } from '../data/grades/rules.js';
import { type AnswerSource, pathsOf } from '../data/read/answer-source.js';
import type { ReadOptions } from '../data/read/answers.js';
import type { ColumnMap } from '../data/read/map/map.js';
import { VouchError } from '../support/errors.js';
import type { PluginSource } from '../support/plugins/open-plugins.js';

/** How answers and their labels are read. The first four options are for files only. */
export interface ReadSettings {
  /** Format of the files; detected from their content if absent. */
  format?: string;
  /** Where each field of foreign files is: `{ answer: 'out.text' }`. */
  map?: ColumnMap;
  /** Most bytes per line (default 64 MiB); a longer line is a bad line. */
  mostLine?: number;
  /** File for skipped lines, each with the reason (default: next to the output). */
  badFile?: string;
  /** What to do with a bad line or record: `stop` throws, `skip` sets it aside. */
  badLines?: 'stop' | 'skip';
  /** File of grades, and the field that joins them to the answers (default `id`; or `ANSWER_FIELD=GRADE_COLUMN`). */
  labels?: string;
  on?: string;
  /** What grades mean: column, values, threshold, scale, name, source. See docs/labels.md. */
  labelRules?: LabelRules;
  /** Aliases of models, and the model and task of answers whose log names none. */
  naming?: { aliases?: Readonly<Record<string, string>>; model?: string; task?: string };
  /** Field that names the question; it takes precedence over `group`. */
  groupBy?: string;
  /** Whether groups of `groupBy` with nearly the same question are merged. */
  mergeNear?: boolean;
}

const names = [
  ...(['format', 'map', 'mostLine', 'badFile', 'badLines', 'labels', 'on'] as const),
  ...(['labelRules', 'naming', 'groupBy', 'mergeNear'] as const),
] as const satisfies readonly (keyof ReadSettings)[];

/** Splits the options of a call into those of the reader and all others. Error: BAD_USAGE if label rules contradict. */
export function splitReading<T extends ReadSettings>(
  options: T,
): { read: ReadOptions; badFile: string | undefined; rest: Omit<T, keyof ReadSettings> } {
  const isReading = (name: string) => (names as readonly string[]).includes(name);
  const rest = Object.fromEntries(Object.entries(options).filter(([name]) => !isReading(name)));
  const { format, map, mostLine, badLines, labels, on, labelRules, groupBy, mergeNear, naming, badFile } = options;
  if (labelRules !== undefined) checkRules(labelRules);
  const read: ReadOptions = { format, map, mostLine, badLines, labels, labelRules, groupBy, mergeNear };
  return {
    read: {
      ...read,
      on: labels === undefined ? undefined : on,
      naming: naming === undefined ? undefined : { ...naming, aliases: naming.aliases ?? {} },
    },
    badFile,
    rest: rest as Omit<T, keyof ReadSettings>,
  };
}

/** The files that a call reads: answers and grades. */
export function inputsOf(answers: AnswerSource, { labels }: Pick<ReadOptions, 'labels'>): string[] {
  return [...(pathsOf(answers) ?? []), ...(labels === undefined ? [] : [labels])];
}

/** The files that the caller named for a call: what it reads, and the modules of its plug-ins. No output may replace one. */
export function namedFiles(
  answers: AnswerSource,
  read: Pick<ReadOptions, 'labels'>,
  plugins: readonly PluginSource[] = [],
): string[] {
  return [...inputsOf(answers, read), ...plugins.filter((source) => typeof source === 'string')];
}

/**
 * Checks that all options are known, because plain JavaScript has no types that find a misspelt one. Error: BAD_USAGE.
 */
export function onlyKnown(options: object, known: readonly string[]): void {
  const stray = Object.keys(options).find((name) => !known.includes(name));
  if (stray === undefined) return;
  throw new VouchError('BAD_USAGE', 'unknown option', { field: stray, expected: known.join(', ') });
}
