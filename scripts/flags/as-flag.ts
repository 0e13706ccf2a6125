import type { Command } from 'commander';
import { VouchError } from '../../support/errors.js';

/** Options of the library whose flag has another name. */
const renamed: Record<string, string> = {
  groupBy: '--group-by',
  heldOut: '--held-out',
  mostLine: '--max-line',
  badFile: '--bad',
  map: '--map',
  labelRules: '--label-values',
  'naming.aliases': '--model-alias',
  'naming.model': '--model-name',
  'naming.task': '--task',
};

/**
 * The same error with its field as the command line names it. Errors name an option as the library does: `groupBy`,
 * `labelRules.column`. Keys of a config file and fields of an answer stay as they are.
 */
export function asFlag(error: VouchError, command: Command | undefined): VouchError {
  const { field, file } = error.detail;
  if (field === undefined) return error;
  const flag = renamed[field] ?? partOf(field) ?? (isUsage(error, file) ? flagOf(field, command) : undefined);
  return flag === undefined ? error : new VouchError(error.code, error.what, { ...error.detail, field: flag });
}

function partOf(field: string): string | undefined {
  const [, whole, part] = /^(labelRules|map)\.(.+)$/.exec(field) ?? [];
  if (whole === undefined) return undefined;
  return whole === 'map' ? `--map ${part}` : `--label-${part}`;
}

/** Whether a flag is wrong, not a key of a file. */
function isUsage({ code }: VouchError, file: string | undefined): boolean {
  return code === 'BAD_USAGE' && file === undefined;
}

function flagOf(field: string, command: Command | undefined): string | undefined {
  return command?.options.find((option) => option.attributeName() === field)?.long ?? undefined;
}
