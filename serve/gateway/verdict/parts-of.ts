import type { Fields } from '../../../data/check-value.js';
import { logFormatNamed } from '../../../data/read/formats/list.js';
import type { Part } from '../../../data/read/formats/log-format.js';
import type { Api } from '../apis/api.js';

/** The parts of a logged `{request, response}`, read in the log format of the API, as `vouch score` reads it. */
export function partsOf(format: Api['format'], request: Fields, response: Fields): Part[] {
  const reader = logFormatNamed(format);
  if (reader === undefined) throw new Error(`there is no format ${format}`);
  return reader.read({ request, response }, { requests: new Map() });
}
