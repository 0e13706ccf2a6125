import { VouchError } from '../../support/errors.js';
import { readJson } from '../../support/files/read-json.js';

/**
 * Reads a `--config` file: a JSON object of options. Its `$schema`, which tells an editor how to complete it, is left
 * out. The options are not checked here. Errors: those of reading a file; BAD_JSON; BAD_USAGE if it is no object.
 */
export async function readConfig(file: string): Promise<Record<string, unknown>> {
  const config = await readJson(file, 'the config is');
  const expected = 'an object such as {"targetError": 0.1}';
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    throw new VouchError('BAD_USAGE', 'the config is not an object', { file, expected, got: config });
  const { $schema, ...options } = config as Record<string, unknown>;
  if ($schema === undefined || typeof $schema === 'string') return options;
  throw new VouchError('BAD_USAGE', 'not the address of a schema', {
    file,
    field: '$schema',
    expected: 'text',
    got: $schema,
  });
}
