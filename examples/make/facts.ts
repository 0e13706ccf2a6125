import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The facts that the questions use. `extract-facts.ts` extracted them once from openly licensed packages. */
export interface Country {
  name: string;
  capital: string;
  continent: string;
  currency: string;
  languages: string[];
}

export interface Element {
  name: string;
  symbol: string;
  number: number;
}

export interface Facts {
  countries: Country[];
  elements: Element[];
}

/** Reads `examples/facts.json` under the root of the package. */
export function readFacts(root: string): Facts {
  return JSON.parse(readFileSync(join(root, 'examples/facts.json'), 'utf8')) as Facts;
}
