import { VouchError } from '../../../support/errors.js';
import { readJson } from '../../../support/files/read-json.js';
import { boundedJson } from '../json/bounded-json.js';

/**
 * Which column (or path) of a foreign file holds which field of the record: `{ answer: 'choices[0].message.content' }`.
 */
export type ColumnMap = Record<string, string>;

/** Fields that a column can fill; also `features.NAME`, `verifiers.NAME`, `choices.NAME` and `decoding.NAME`. */
export const MAPPABLE = [
  ...[
    'id',
    'group',
    'conversation',
    'session',
    'model',
    'task',
    'time',
    'prompt',
    'messages',
    'context',
    'facts',
    'reasoning',
    'answer',
    'selected',
    'finish',
  ],
  ...[
    'decoding',
    'tokens',
    'choices',
    'samples',
    'stated',
    'verifiers',
    'embedding',
    'embeddings',
    'similarities',
    'entailments',
    'features',
    'reference',
    'labels',
  ],
  ...['label', 'labelSource'],
] as const;

/** Whether a name is a field of the record, or a dotted name that a column can fill. */
export function isField(name: string): boolean {
  return (
    (MAPPABLE as readonly string[]).includes(name) ||
    /^(?:(?:features|verifiers|decoding)\.|choices\.(?!\d+\.))./.test(name)
  );
}

/**
 * Reads `--map`: a JSON file, or inline pairs such as `answer=response,prompt=question`. Errors: BAD_USAGE,
 * FILE_MISSING, BAD_JSON.
 */
export async function readMap(given: string): Promise<ColumnMap> {
  return /\.json$/i.test(given) ? readMapFile(given) : checkMap(pairsOf(given));
}

async function readMapFile(file: string): Promise<ColumnMap> {
  const value = await readJson(file, 'the column map is', boundedJson);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new VouchError('BAD_USAGE', 'the column map is not an object', {
      file,
      expected: '{"answer": "response"}',
      got: value,
    });
  }
  return checkMap(value as Record<string, unknown>, file);
}

function pairsOf(given: string): Record<string, string> {
  const pairs = given.split(',').map((pair): [string, string] => {
    const cut = pair.indexOf('=');
    if (cut <= 0 || cut === pair.length - 1) {
      throw new VouchError('BAD_USAGE', 'cannot read --map', {
        expected: 'FIELD=COLUMN,… or a .json file',
        got: given,
        hint: 'Put names that contain = or , into a .json file: {"FIELD": "COLUMN"}.',
      });
    }
    return [pair.slice(0, cut).trim(), pair.slice(cut + 1).trim()];
  });
  const fields = pairs.map(([field]) => field);
  const twice = fields.find((field, i) => fields.indexOf(field) < i);
  if (twice !== undefined) {
    throw new VouchError('BAD_USAGE', 'a field is mapped twice', {
      field: '--map',
      expected: 'each field once',
      got: twice,
    });
  }
  return Object.fromEntries(pairs);
}

function checkMap(map: Record<string, unknown>, file?: string): ColumnMap {
  const at = file === undefined ? {} : { file };
  for (const [field, column] of Object.entries(map)) {
    if (!isField(field)) {
      const expected = 'a field of the record, such as answer, prompt, label or features.NAME';
      throw new VouchError('BAD_USAGE', 'not a field of the record', { ...at, field: 'map', expected, got: field });
    }
    if (typeof column !== 'string') {
      throw new VouchError('BAD_USAGE', 'a column must be given as a name', {
        ...at,
        field,
        expected: 'text',
        got: column,
      });
    }
  }
  return map as ColumnMap;
}
