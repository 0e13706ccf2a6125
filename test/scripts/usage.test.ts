import { CommanderError } from 'commander';
import { expect, it } from 'vitest';
import { register as registerEvaluate } from '../../scripts/commands/evaluate.js';
import { register as registerTrain } from '../../scripts/commands/train.js';
import { usageError } from '../../scripts/usage-error.js';
import { programOf } from '../support/program-of.js';

const silent = { outputError: () => {}, writeErr: () => {} };

/** What a command line is refused with: status and message. */
async function refusal(...args: string[]): Promise<[number, string]> {
  const program = programOf((empty) => empty.configureOutput(silent), registerTrain, registerEvaluate);
  for (const command of program.commands) command.exitOverride();
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const { exit, message } = usageError(error, args[0]);
    return [exit, message];
  }
  throw new Error('was not refused');
}

const train = 'vouch train --help shows its arguments and options. [VOUCH_BAD_USAGE]';

it('gives every wrong usage a code, status 2, and the help to read', async () => {
  expect(await refusal('train', 'a.jsonl', '--out', 'x', '--sed', '1')).toEqual([
    2,
    `unknown option '--sed'. Did you mean --seed? ${train}`,
  ]);
  expect(await refusal('train', '--out', 'x')).toEqual([2, `missing required argument 'answers'. ${train}`]);
  expect(await refusal('train', 'a.jsonl')).toEqual([2, `required option '--out <dir>' not specified. ${train}`]);
  expect(await refusal('train', 'a.jsonl', '--out')).toEqual([2, `option '--out <dir>' argument missing. ${train}`]);
  expect(await refusal('train', 'a.jsonl', '--out', 'x', '--seed', 'one')).toEqual([
    2,
    `option '--seed <n>' argument 'one' is invalid. expected a number. ${train}`,
  ]);
  expect(await refusal('train', 'a.jsonl', '--out', 'x', '--split', 'random')).toEqual([
    2,
    `option '--split <how>' argument 'random' is invalid. Allowed choices are group, time. ${train}`,
  ]);
});

it('knows an unknown command and a missing one', async () => {
  const help = 'vouch --help shows the commands. [VOUCH_BAD_USAGE]';
  expect(await refusal('trian')).toEqual([2, `unknown command 'trian'. Did you mean train? ${help}`]);
  expect(await refusal()).toEqual([2, `no command was given. ${help}`]);
});

it('refuses --text tuned where it is not clear which encoder to tune', async () => {
  const program = programOf(registerTrain);
  const tuned = ['train', 'a.jsonl', '--out', 'x', '--text', 'tuned'];
  const refused = { code: 'BAD_USAGE', detail: { field: '--text' } };
  await expect(program.parseAsync(tuned, { from: 'user' })).rejects.toMatchObject(refused);
  const two = [...tuned, '--encoder', 'a', '--encoder', 'b'];
  await expect(programOf(registerTrain).parseAsync(two, { from: 'user' })).rejects.toMatchObject(refused);
});
