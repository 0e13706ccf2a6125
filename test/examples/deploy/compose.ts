import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readYaml } from '../../support/read-yaml.js';
import type { Started } from './started.js';

export const folder = resolve(import.meta.dirname, '../../../examples/compose');

export interface Service {
  image: string;
  entrypoint?: string[];
  command?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  volumes?: string[];
  ports?: string[];
  networks?: string[];
  profiles?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { disable?: boolean; test?: string[] };
  [other: string]: unknown;
}

interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, unknown>;
  secrets: Record<string, { file: string }>;
}

/** The Compose file as it stands. */
export const [compose] = readYaml<Compose>(join(folder, 'compose.yaml'));

/** The variables of .env.example. */
export const variables: Readonly<Record<string, string>> = Object.fromEntries(
  readFileSync(join(folder, '.env.example'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);

/** A text with its variables, as Compose puts them in: `${NAME}`, and `$$` for a dollar. */
export function interpolated(text: string, used: (name: string) => void = () => {}): string {
  return text.replaceAll(/\$\$|\$\{(\w+)\}|\$/g, (found, name?: string) => {
    if (found === '$$') return '$';
    if (name === undefined || variables[name] === undefined)
      throw new Error(`${found} is not in .env.example: ${text}`);
    used(name);
    return variables[name];
  });
}

/** What a service starts. */
export function startedBy(name: string): Started {
  const { image, entrypoint, command = [], environment = {} } = compose.services[name];
  const words = [...(entrypoint ?? (image.startsWith('vouch:') ? ['vouch'] : [])), ...command];
  const env = Object.entries(environment).map(([key, value]) => [key, interpolated(value)]);
  return { name, image, words: words.map((word) => interpolated(word)), env: Object.fromEntries(env) };
}
