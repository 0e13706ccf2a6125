import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { commands } from '../../scripts/commands.js';

it('the README names every command, in the order of the help', () => {
  const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');
  const sentence = /The commands are ([\s\S]*?)\. Each has/.exec(readme)![1];
  const named = [...sentence.matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
  expect(named).toEqual(commands.map(({ name }) => name));
});
