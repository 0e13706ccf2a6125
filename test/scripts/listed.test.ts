import { Command } from 'commander';
import { expect, it } from 'vitest';
import { commands } from '../../scripts/commands.js';
import { listCommands } from '../../scripts/listed.js';

it('the list of commands is what the commands themselves say, to the byte', async () => {
  const whole = new Command('vouch');
  for (const { load } of commands) (await load()).register(whole);
  const brief = new Command('vouch');
  listCommands(brief);
  expect(brief.helpInformation()).toBe(whole.helpInformation());
  expect(brief.commands.map((command) => command.name())).toEqual(commands.map(({ name }) => name));
});
