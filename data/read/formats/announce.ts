import { CANONICAL } from './detect.js';
import { logFormatNamed } from './list.js';

/**
 * What the user is told about how rows were read. Null if they are canonical records, or a table whose columns all have
 * the names of fields.
 */
export function announcement(format: string, why: string): string | null {
  const title = logFormatNamed(format)?.title;
  if (title !== undefined) return `read as ${title} (${format}), detected from ${why}`;
  if (format === CANONICAL) return null;
  if (format !== 'csv' && format !== 'parquet') return `read by the plug-in ${format}, detected from ${why}`;
  return /[←;]/.test(why) ? `columns were recognised by their names: ${why}` : null;
}
