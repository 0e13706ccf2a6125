import { linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { refuseOutputs, refuseSame } from '../../../support/folder/same-place.js';
import { errorOf, temporary } from '../../data/temporary.js';

const { folder, put } = temporary();
const input = put('deep/in.jsonl', '{}\n');
const source = join(folder, 'bundle');
mkdirSync(join(source, 'inner'), { recursive: true });
symlinkSync(source, join(folder, 'link'));
symlinkSync(input, join(folder, 'in-link.jsonl'));
linkSync(input, join(folder, 'hard.jsonl'));
symlinkSync(join(folder, 'deep'), join(folder, 'deep-link'));

it.each([
  ['the path itself', input],
  ['a relative path', relative(process.cwd(), input)],
  ['a path with ..', join(folder, 'deep', 'x', '..', 'in.jsonl')],
  ['a link to it', join(folder, 'in-link.jsonl')],
  ['another name of the file', join(folder, 'hard.jsonl')],
  ['a path through a linked folder', join(folder, 'deep-link', 'in.jsonl')],
])('refuses %s as the output', async (_, out) => {
  const refused = await errorOf(refuseSame(out, { inputs: ['-', input] }));
  expect(refused).toMatchObject({ code: 'BAD_USAGE', file: out, field: '--out' });
  expect(refused.message).toContain(`this output would replace an input: ${input}`);
});

it.each([
  ['the folder', source, 'would replace an input'],
  ['a link to it', join(folder, 'link'), 'would replace an input'],
  ['a folder inside it', join(source, 'new'), 'is inside an input'],
  ['a folder inside it, through a link', join(folder, 'link', 'inner', 'new'), 'is inside an input'],
])('of a folder, refuses %s', async (_, out, what) => {
  const refused = await errorOf(refuseSame(out, { folders: [source] }, 'out'));
  expect(refused).toMatchObject({ code: 'BAD_USAGE', field: 'out' });
  expect(refused.message).toContain(what);
});

it('allows everything else, and standard output', async () => {
  await refuseSame('-', { inputs: ['-'] });
  await refuseSame(`${source}-new`, { folders: [source], inputs: [input] });
  await refuseSame(join(folder, 'deep', 'out.jsonl'), { inputs: [input] });
  await refuseSame(folder, { folders: [source] });
});

it('knows an input by its path, even if nothing is there at the moment', async () => {
  const gone = join(folder, 'deep-link', 'gone');
  expect(await errorOf(refuseSame(join(folder, 'deep', 'gone'), { folders: [gone] }))).toMatchObject({
    code: 'BAD_USAGE',
  });
});

it.each([
  ['the same path', join(folder, 'new.json'), join(folder, 'new.json')],
  ['a path through a linked folder', join(folder, 'deep', 'new.json'), join(folder, 'deep-link', 'new.json')],
  ['another name of the file', input, join(folder, 'hard.jsonl')],
])('refuses two outputs with %s', async (_, one, other) => {
  const outputs = [
    ['out', one],
    ['queue', undefined],
    ['metrics', other],
  ] as const;
  const refused = await errorOf(refuseOutputs(outputs, {}));
  expect(refused).toMatchObject({ code: 'BAD_USAGE', file: other, field: 'metrics' });
  expect(refused.message).toContain(`another output is written to this file: ${one}`);
});

it('allows outputs in one folder, and several to standard output', async () => {
  const outputs = [
    ['out', '-'],
    ['queue', '-'],
    ['metrics', join(folder, 'a')],
    ['state', join(folder, 'b')],
  ] as const;
  await refuseOutputs(outputs, { inputs: [input] });
});
