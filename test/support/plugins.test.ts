import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { objectHash } from '../../support/plugins/hash.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { modulesOf, type Plugin } from '../../support/plugins/plugin.js';
import { temporary } from '../data/temporary.js';

const { put, folder } = temporary();
const plugin = (name: string, more: object = {}): Plugin => ({ kind: 'signal', name, version: 1, ...more });
const source = `export const a = { kind: 'reader', name: 'a', version: 1 };
export const list = [{ kind: 'signal', name: 'b.c', version: 2 }, 'no plug-in'];
export default a;
export const number = 3;`;

it('takes all plug-ins that a module exports, each once, with the SHA-256 of the file', async () => {
  const path = put('several.mjs', source);
  const hash = createHash('sha256').update(source).digest('hex');
  const found = await openPlugins([path, path]);
  const names = found.map(({ plugin: { kind, name }, hash: own, file }) => [kind, name, own, file]);
  expect(names.sort()).toEqual([
    ['reader', 'a', hash, path],
    ['signal', 'b.c', hash, path],
  ]);
  expect(modulesOf(found)).toEqual([path]);
  expect(modulesOf(await openPlugins([path, plugin('x.y')]))).toBeNull();
  expect(await openPlugins()).toEqual([]);
});

it.each([
  ['FILE_MISSING', 'none.mjs', null],
  ['PLUGIN_BAD', 'syntax.mjs', 'export const ='],
  ['PLUGIN_BAD', 'throws.mjs', 'throw new Error("boom");'],
  ['PLUGIN_BAD', 'nothing.mjs', 'export const x = 3;'],
  ['BAD_USAGE', 'kind.mjs', 'export const x = { kind: "network", name: "a", version: 1 };'],
  ['BAD_USAGE', 'name.mjs', 'export const x = { kind: "signal", name: "../a", version: 1 };'],
  ['BAD_USAGE', 'version.mjs', 'export const x = { kind: "signal", name: "a", version: "1" };'],
  ['BAD_USAGE', 'twice.mjs', 'const p = { kind: "signal", name: "a", version: 1 }; export const x = p, y = { ...p };'],
] as const)('%s: %s, with the file', async (code, name, text) => {
  const path = text === null ? `${folder}/${name}` : put(name, text);
  const error = await openPlugins([path]).catch((thrown) => thrown);
  expect(error).toMatchObject({ code });
  if (name !== 'twice.mjs') expect(error.message).toContain(path);
});

it('hashes an object by its fields in any order and by the source text of its functions', () => {
  const of = (x: number) => x + 1;
  const hash = objectHash(plugin('a.b', { of, range: [0, 1] }));
  expect(hash).toBe(objectHash(plugin('a.b', { range: [0, 1], of })));
  const text = `{"kind":"signal","name":"a.b","of":${JSON.stringify(`function ${of}`)},"range":[0,1],"version":1}`;
  expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
  const others = [
    plugin('a.b', { of: (x: number) => x + 2, range: [0, 1] }),
    plugin('a.b', { of, range: [0, 2] }),
    plugin('a.b', { of, range: [0, 1], version: 2 }),
    plugin('a.b', { of: String(of), range: [0, 1] }),
  ];
  expect(new Set([hash, ...others.map(objectHash)]).size).toBe(5);
  expect(() => objectHash(plugin('a.b', { of: Math.max }))).toThrow(/a\.b\.of.*VOUCH_BAD_USAGE/);
  expect(() => objectHash(plugin('a.b', { of: of.bind(null) }))).toThrow(/VOUCH_BAD_USAGE/);
});
