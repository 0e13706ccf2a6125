import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface YamlDocument {
  errors: Error[];
  warnings: Error[];
  toJS(): unknown;
}

/** A reader of YAML that a dependency brings. */
const { parseAllDocuments } = createRequire(createRequire(import.meta.url).resolve('@fastify/swagger'))('yaml') as {
  parseAllDocuments(text: string, options: object): YamlDocument[];
};

/** All documents of a YAML file. Throws on warnings too, such as a key that is there twice. */
export function readYaml<T>(file: string): T[] {
  return parseAllDocuments(readFileSync(file, 'utf8'), { merge: true, strict: true, uniqueKeys: true }).map(
    (document) => {
      const [problem] = [...document.errors, ...document.warnings];
      if (problem !== undefined) throw problem;
      return document.toJS() as T;
    },
  );
}
