import { CANONICAL } from './detect.js';
import { logFormatNamed } from './list.js';

/** What the user is told about how rows were read; null where they are canonical records, or columns by the names of fields and no more. */
export function announcement(format: string, why: string): string | null {
  const title = logFormatNamed(format)?.title;
  if (title !== undefined) return `read as ${title} (${format}), told by ${why}`;
  return format === CANONICAL || !/[←;]/.test(why) ? null : `columns were taken by their names: ${why}`;
}
