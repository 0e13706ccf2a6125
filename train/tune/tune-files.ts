import type { FormatFacts } from './formats/format.js';
import { formats } from './formats/list.js';
import type { LeftOut } from './graded.js';
import { type Example, PARTS, type TuneFormat, type TuneKind, type TunePart } from './results.js';

interface FilesHow {
  as: TuneKind;
  for: TuneFormat;
  baseModel: string;
  seed: number;
}

/**
 * The files of a set: `train.jsonl`, `validation.jsonl` and `test.jsonl` in the format; `index.jsonl`, which says for
 * each of their lines which answer it came from; `left-out.jsonl`, the answers that are in none, with the reason; and
 * what else the format has.
 */
export function tuneFiles(
  parts: Record<TunePart, Example[]>,
  leftOut: readonly LeftOut[],
  { as, for: name, baseModel, seed }: FilesHow,
): Record<string, string> {
  const format = formats[name];
  const withRows = PARTS.filter((part) => parts[part].length > 0);
  const facts: FormatFacts = { isPairs: as === 'preferences', baseModel, parts: withRows, seed };
  return {
    ...Object.fromEntries(withRows.map((part) => [`${part}.jsonl`, lines(parts[part].map(format.row))])),
    'index.jsonl': lines(PARTS.flatMap((part) => parts[part].map((example, i) => entry(part, i + 1, example)))),
    ...(leftOut.length === 0 ? {} : { 'left-out.jsonl': lines(leftOut) }),
    ...format.files?.(facts),
  };
}

function entry(part: TunePart, line: number, { id, over, group, model, task, label }: Example) {
  return { part, line, id, ...(over === undefined ? {} : { over }), group, model, task, label };
}

function lines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
