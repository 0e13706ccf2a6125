import type { Command, Option } from 'commander';
import { type Output, refuseOutputs } from '../../support/folder/same-place.js';

/** The flags that name a file or folder which a command writes. */
const OUTPUTS: ReadonlySet<string> = new Set(['--out', '--report', '--held-out', '--bad', '--queue', '--metrics']);
/** The flags that name folders of which no file may be replaced either. */
const FOLDERS: ReadonlySet<string> = new Set(['--encoder', '--nli']);

/**
 * Refuses a command whose output would replace another output, or a file that the caller named: answers, grades,
 * plug-ins, `--config`, `--map`, keys, prices, text models, a store. It reads the flags from the command, so that a new
 * flag is covered without a line here. Error: BAD_USAGE.
 */
export async function refuseReplacing(command: Command): Promise<void> {
  const given = (option: Option) => texts(command.opts()[option.attributeName()]);
  const outputs = command.options.filter(({ long }) => OUTPUTS.has(long ?? ''));
  const named = command.options.filter(
    (option) => !outputs.includes(option) && /<(answers|file|place)\b/.test(option.flags),
  );
  const inputs = [...command.args, ...named.flatMap(given)];
  const folders = command.options.filter(({ long }) => FOLDERS.has(long ?? '')).flatMap(given);
  const written = outputs.flatMap((option) => given(option).map((path): Output => [option.long ?? '', path]));
  await refuseOutputs(written, { inputs, folders });
}

function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
}
