import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseSync } from 'oxc-parser';

const root = resolve(import.meta.dirname, '../..');

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/**
 * The doc comments of the keys of a zod object, by key (`trees.depth`). `name` is the constant that holds the object in
 * one of the files; objects within it may be written in place or be constants of these files.
 */
export function docComments(name: string, paths: readonly string[]): Map<string, string> {
  const objects = new Map<string, { object: Node; before: (at: number) => string | undefined }>();
  for (const path of paths) {
    const text = readFileSync(resolve(root, path), 'utf8');
    const { program, comments } = parseSync(path, text);
    const before = (at: number) => {
      const last = comments.filter(({ end }) => end <= at).at(-1);
      if (last === undefined || !last.value.startsWith('*')) return undefined;
      return text.slice(last.end, at).trim() === '' ? plain(last.value) : undefined;
    };
    walk(program as unknown as Node, (node) => {
      const object = node.type === 'VariableDeclarator' ? strictObject(node.init as Node) : null;
      if (object !== null) objects.set((node.id as Node).name as string, { object, before });
    });
  }
  const found = new Map<string, string>();
  const collect = (object: Node, before: (at: number) => string | undefined, prefix: string) => {
    for (const property of object.properties as Node[]) {
      const key = `${prefix}${(property.key as Node).name as string}`;
      const comment = before(property.start);
      if (comment !== undefined) found.set(key, comment);
      const inner = strictObject(property.value as Node);
      const constant = objects.get(rootName(property.value as Node) ?? '');
      if (inner !== null) collect(inner, before, `${key}.`);
      else if (constant !== undefined) collect(constant.object, constant.before, `${key}.`);
    }
  };
  const { object, before } = objects.get(name)!;
  collect(object, before, '');
  return found;
}

/** The object literal of `z.strictObject({…})`, whatever is called on it; null if there is none. */
function strictObject(node: Node | null): Node | null {
  for (let at = node; at?.type === 'CallExpression'; at = (at.callee as Node).object as Node) {
    const callee = at.callee as Node;
    if ((callee.property as Node | undefined)?.name === 'strictObject') return (at.arguments as Node[])[0];
    if (callee.type !== 'MemberExpression') return null;
  }
  return null;
}

/** The constant that calls such as `.default(…)` are made on. */
function rootName(node: Node): string | undefined {
  let at: Node | undefined = node;
  while (at?.type === 'CallExpression') at = (at.callee as Node).object as Node | undefined;
  return at?.type === 'Identifier' ? (at.name as string) : undefined;
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? value : [value])
      if (typeof each?.type === 'string') walk(each as Node, visit);
  }
}

/** A comment without stars and line breaks. */
function plain(comment: string): string {
  return comment
    .slice(1)
    .replace(/\n\s*\* ?/g, '\n')
    .trim()
    .replace(/\s*\n\s*/g, ' ');
}
