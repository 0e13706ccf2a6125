import { append } from '../../../support/append.js';
import { VouchError } from '../../../support/errors.js';
import { firstKeys } from '../../path.js';
import { type ColumnMap, isField, MAPPABLE } from '../map/map.js';
import { plainName } from './plain-name.js';

/**
 * Which column of a table holds which field of the record. `rest` are other columns, which are kept under their own
 * names.
 */
export interface Columns {
  fields: readonly (readonly [field: string, column: string])[];
  rest: readonly (readonly [key: string, column: string])[];
  /** Those of `fields` that were neither mapped nor have the field's own name. The user is told about them. */
  guessed: readonly (readonly [field: string, column: string])[];
  /** Columns that could also have held a guessed field. */
  rivals: readonly (readonly [field: string, column: string])[];
}

export interface ColumnsOptions {
  map: ColumnMap;
  file: string;
  code: 'BAD_CSV' | 'BAD_PARQUET';
  /** Grades come from a separate file: no column is taken for the label because of its name. */
  graded?: boolean;
}

/**
 * Common column names of each field, besides the field's own name. The first one found wins. Names are compared without
 * case, spaces, _ and -. Some names are left out because they often mean something else: score (of a retriever), source
 * (a document), system (a prompt), date, target, rationale (of a grader).
 */
export const NAMES: Record<string, readonly string[]> = {
  id: ['answer id', 'record id', 'row id', 'custom id', 'uuid'],
  group: ['group id', 'question id', 'qid', 'prompt id'],
  conversation: ['conversation id', 'thread id', 'chat id', 'dialogue id', 'dialog id'],
  model: ['model name', 'model id', 'llm'],
  task: ['dataset'],
  time: ['timestamp', 'created at', 'created'],
  prompt: ['question', 'instruction', 'input', 'query'],
  context: ['contexts', 'passage', 'passages', 'documents'],
  reasoning: ['reasoning content', 'chain of thought'],
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
    'aliases',
  ],
  stated: ['confidence', 'stated confidence', 'verbal confidence', 'verbalized confidence', 'verbalised confidence'],
  label: ['correct', 'is correct', 'grade', 'labels'],
  labelSource: ['label source'],
};
/** Fields for which two candidate columns are an error, because everything else depends on which one is meant. */
const ONE_ONLY = ['answer', 'label'];
/** The error message if no column is named like an answer. */
export const NO_ANSWER_COLUMN = 'no column contains the answer';
const MAP_HINT = 'Name it: --map answer=COLUMN,prompt=COLUMN.';

/**
 * Finds the fields of a record among the columns of a table: first those of `--map` (a column, or a path into one),
 * then canonical names, then common names. Errors (BAD_CSV or BAD_PARQUET): a mapped column or an answer column is
 * missing; two columns could be the answer or the label.
 */
export function columnsOf(header: readonly string[], { map, file, code, graded = false }: ColumnsOptions): Columns {
  const shown = header.join(', ');
  const byName = new Map<string, string>();
  for (const column of header) if (!byName.has(plainName(column))) byName.set(plainName(column), column);
  const fields: [string, string][] = [];
  const guessed: [string, string][] = [];
  const rivals: [string, string][] = [];
  const used = new Set<string>();
  const use = (field: string, column: string): void => {
    fields.push([field, column]);
    used.add(column);
  };
  for (const [field, name] of Object.entries(map)) {
    const column = header.includes(name) ? name : (byName.get(plainName(name)) ?? pathIn(header, name));
    if (column === undefined) throw new VouchError(code, 'no such column', { file, field, expected: name, got: shown });
    use(field, column);
  }
  for (const column of header) {
    const isGuess = graded && LABELS.has(column);
    if (!used.has(column) && isField(column) && !(column in map) && !isListedLabel(column, code) && !isGuess) {
      use(column, column);
    }
  }
  const taken = new Set(fields.map(([field]) => field));
  for (const field of MAPPABLE) {
    if (
      field in map ||
      isListedLabel(field, code) ||
      (graded && LABELS.has(field)) ||
      (field === 'label' && taken.has('labels'))
    )
      continue;
    const named = header.filter((column) => !used.has(column) && goesBy(column, field));
    const [found] = taken.has(field) ? [] : inOrder(named, field);
    if (found !== undefined) {
      use(field, found);
      guessed.push([field, found]);
    }
    append(
      rivals,
      named.filter((column) => column !== found).map((column) => [field, column] as [string, string]),
    );
  }
  const answer = fields.find(([field]) => field === 'answer')?.[1];
  if (answer === undefined) {
    const expected = 'answer or response';
    throw new VouchError(code, NO_ANSWER_COLUMN, { file, expected, got: shown, hint: MAP_HINT });
  }
  for (const field of ONE_ONLY) {
    const others = rivals.filter(([rival]) => rival === field).map(([, column]) => column);
    if (others.length === 0 || (field === 'label' && taken.has('label'))) continue;
    const own = fields.find(([name]) => name === field)?.[1] ?? '';
    const what = field === 'answer' ? 'the answer' : 'the label';
    throw new VouchError(code, `more than one column could hold ${what}`, {
      file,
      got: [own, ...others].join(', '),
      hint: field === 'answer' ? MAP_HINT : 'Name it: --map label=COLUMN.',
    });
  }
  refuseHalfPrompt(guessed, rivals, { file, code });
  const rest = header
    .filter((column) => !used.has(column))
    .map((column) => [isField(column) ? `_${column}` : column, column] as const);
  return { fields, rest, guessed, rivals };
}

/** Refuses an instruction and its input in separate columns: each of them alone is only half of a prompt. */
function refuseHalfPrompt(
  guessed: Columns['guessed'],
  rivals: Columns['rivals'],
  at: Pick<ColumnsOptions, 'file' | 'code'>,
) {
  const prompt = guessed.find(([field, column]) => field === 'prompt' && plainName(column) === 'instruction')?.[1];
  const input = rivals.find(([field, column]) => field === 'prompt' && plainName(column) === 'input')?.[1];
  if (prompt === undefined || input === undefined) return;
  throw new VouchError(at.code, 'two columns each hold a part of the prompt', {
    file: at.file,
    got: `${prompt}, ${input}`,
    hint: `Say which is which: --map prompt=${prompt},context=${input}, or --map prompt=${input}.`,
  });
}

/** The columns of one JSON row under an explicit map: mapped paths first, then canonical keys. Other keys are kept. */
export function jsonColumns(row: Record<string, unknown>, map: ColumnMap): Columns {
  const sources = new Set(Object.values(map));
  const keys = Object.keys(row).filter((key) => !sources.has(key));
  const canonical = keys.filter((key) => isField(key) && !(key in map));
  const fields = [...Object.entries(map), ...canonical.map((key) => [key, key] as const)];
  const rest = keys
    .filter((key) => !canonical.includes(key))
    .map((key) => [isField(key) ? `_${key}` : key, key] as const);
  return { fields, rest, guessed: [], rivals: [] };
}

/** The path, if it leads into a column. */
function pathIn(header: readonly string[], path: string): string | undefined {
  return firstKeys(path).some((key) => header.includes(key)) ? path : undefined;
}

/** Whether a column has the name of a field, in other case or spelling, or one of its common names. */
function goesBy(column: string, field: string): boolean {
  return [field, ...(NAMES[field] ?? [])].some((name) => plainName(name) === plainName(column));
}

/** Columns in the order in which `NAMES` lists them. */
function inOrder(columns: readonly string[], field: string): string[] {
  const names = [field, ...(NAMES[field] ?? [])].map(plainName);
  return [...columns].sort((a, b) => names.indexOf(plainName(a)) - names.indexOf(plainName(b)));
}

/** Fields whose columns are found by name only if the user does not say where labels are. */
const LABELS = new Set(['label', 'labels', 'labelSource']);

/** In a CSV file, `labels` is a grade, not a list of entries; the common names find it. */
function isListedLabel(column: string, code: string): boolean {
  return code === 'BAD_CSV' && column === 'labels';
}
