import type { Command } from 'commander';
import { checkNli } from '../../meaning/model/kind.js';
import { groups, OTHER } from './groups.js';

/** The flags of every command that reads answers with text models. */
export interface EncoderFlags {
  encoder?: string[];
  nli?: string[];
}

/** Adds these flags to a command. */
export function addEncoders(command: Command): Command {
  const gather = (dir: string, before: string[] = []) => [...before, dir];
  return command
    .optionsGroup(groups.encoders)
    .option(
      '--encoder <dir>',
      'folder of a sentence encoder (ONNX), which turns texts into vectors; repeat for several (docs/encoders.md)',
      gather,
    )
    .option(
      '--nli <dir>',
      'folder of an entailment model (ONNX), which compares answer, samples and passages; repeat for several ' +
        '(docs/entailment.md)',
      gather,
    )
    .optionsGroup(OTHER);
}

/** The folders of all models; undefined if there are none. Errors: those of a folder that --nli names by mistake. */
export async function encodersOf({ encoder = [], nli = [] }: EncoderFlags): Promise<string[] | undefined> {
  await checkNli(nli);
  const all = [...encoder, ...nli];
  return all.length === 0 ? undefined : all;
}
