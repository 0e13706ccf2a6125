import { VouchError } from '../../support/errors.js';
import { type ColumnMap, isField, MAPPABLE } from './map.js';

/** Where the fields of a record stand in a table: field → column; `rest` are columns let through under their own name. */
export interface Columns {
  fields: readonly (readonly [field: string, column: string])[];
  rest: readonly (readonly [key: string, column: string])[];
}

/** Names that columns go by, beside the field's own; the first found wins. Compared without case, spaces, _ and -. */
const NAMES: Record<string, readonly string[]> = {
  id: ['answer id', 'record id', 'row id', 'custom id', 'uuid'],
  group: ['group id', 'question id', 'qid', 'prompt id'],
  model: ['model name', 'model id', 'llm', 'system'],
  task: ['dataset'],
  time: ['timestamp', 'created at', 'created', 'date'],
  prompt: ['question', 'input', 'query'],
  context: ['contexts', 'passage', 'passages', 'documents'],
  reasoning: ['reasoning content', 'rationale', 'chain of thought'],
  answer: [
    'response',
    'output',
    'completion',
    'prediction',
    'generation',
    'model answer',
    'model response',
    'model output',
  ],
  finish: ['finish reason'],
  reference: [
    'references',
    'gold',
    'gold answer',
    'ground truth',
    'expected',
    'expected answer',
    'correct answer',
    'target',
    'aliases',
  ],
  stated: ['confidence', 'stated confidence', 'verbal confidence', 'verbalized confidence', 'verbalised confidence'],
  label: ['correct', 'is correct', 'grade', 'score', 'labels'],
  labelSource: ['label source', 'source'],
};

/**
 * Finds the fields of a record among the columns of a table: those of `--map` first, then canonical names, then usual
 * ones. Errors (BAD_CSV or BAD_PARQUET): a mapped column or an answer that is not there, two columns that could be it.
 */
export function columnsOf(
  header: readonly string[],
  map: ColumnMap,
  file: string,
  code: 'BAD_CSV' | 'BAD_PARQUET',
  guessLabels = true,
): Columns {
  const shown = header.join(', ');
  const byName = new Map(header.map((column) => [plain(column), column]));
  const fields: [string, string][] = [];
  const used = new Set<string>();
  const use = (field: string, column: string): void => {
    fields.push([field, column]);
    used.add(column);
  };
  for (const [field, name] of Object.entries(map)) {
    const column = header.includes(name) ? name : byName.get(plain(name));
    if (column === undefined) throw new VouchError(code, 'no such column', { file, field, expected: name, got: shown });
    use(field, column);
  }
  for (const column of header) {
    const isGuess = !guessLabels && LABELS.has(column);
    if (!used.has(column) && isField(column) && !(column in map) && !isListedLabel(column, code) && !isGuess) {
      use(column, column);
    }
  }
  const taken = new Set(fields.map(([field]) => field));
  for (const field of MAPPABLE) {
    if (taken.has(field) || (field === 'label' && taken.has('labels')) || (!guessLabels && LABELS.has(field))) continue;
    const found = [field, ...(NAMES[field] ?? [])]
      .flatMap((name) => byName.get(plain(name)) ?? [])
      .filter((c) => !used.has(c));
    if (found.length > 0) use(field, found[0]);
  }
  const answer = fields.find(([field]) => field === 'answer')?.[1];
  const hint = 'Name it: --map answer=COLUMN,prompt=COLUMN.';
  if (answer === undefined)
    throw new VouchError(code, 'no column holds the answer', {
      file,
      expected: 'answer or response',
      got: shown,
      hint,
    });
  const rivals = header.filter(
    (column) => !used.has(column) && NAMES.answer.some((name) => plain(name) === plain(column)),
  );
  if (rivals.length > 0 && !('answer' in map)) {
    throw new VouchError(code, 'more than one column could hold the answer', {
      file,
      got: [answer, ...rivals].join(', '),
      hint,
    });
  }
  const rest = header
    .filter((column) => !used.has(column))
    .map((column) => [isField(column) ? `_${column}` : column, column] as const);
  return { fields, rest };
}

/** The columns of one JSON row under an explicit map: mapped paths first, then canonical keys; other keys are let through. */
export function jsonColumns(row: Record<string, unknown>, map: ColumnMap): Columns {
  const sources = new Set(Object.values(map));
  const keys = Object.keys(row).filter((key) => !sources.has(key));
  const canonical = keys.filter((key) => isField(key) && !(key in map));
  const fields = [...Object.entries(map), ...canonical.map((key) => [key, key] as const)];
  const rest = keys
    .filter((key) => !canonical.includes(key))
    .map((key) => [isField(key) ? `_${key}` : key, key] as const);
  return { fields, rest };
}

/** Fields that columns fill by their names only where the user does not say where labels are. */
const LABELS = new Set(['label', 'labels', 'labelSource']);

/** `labels` in a CSV file is a grade, not a list of entries; the usual names find it. */
function isListedLabel(column: string, code: string): boolean {
  return code === 'BAD_CSV' && column === 'labels';
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}
