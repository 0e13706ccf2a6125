import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const models = resolve(import.meta.dirname, '../../models');

/**
 * The operators that the code of models/ writes into a bundle's graph, sorted. models/raw and the code it uses write
 * exports, models/bert writes a text model.
 */
export function emittedOperators(): string[] {
  const files = readdirSync(models, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !/^(raw|bert|onnx)\//.test(name),
  );
  const found = files.flatMap((name) => {
    const text = readFileSync(join(models, name), 'utf8');
    const named = [...text.matchAll(/\.ops?\(\s*'(\w+)'/g)].map((match) => match[1]);
    const counted = [...text.matchAll(/emitCount\([^;]*'(GreaterOrEqual|Greater)'\)/g)].map((match) => match[1]);
    return [...named, ...counted];
  });
  return [...new Set(found)].sort();
}
