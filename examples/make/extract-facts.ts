import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from '../../support/atomic.js';
import type { Country, Element, Facts } from './facts.js';

/**
 * Extracts the few facts that the questions need from two openly licensed npm packages that are unpacked in folders:
 * `node dist/examples/make/extract-facts.js COUNTRIES_LIST_DIR PERIODIC_TABLE_DATA_DIR OUT.json`. countries-list 3.4.1
 * (MIT, Annexare Studio) and periodic-table-data 1.1.1 (MIT, Jifeng Song; from PubChem, public domain).
 */
interface SourceCountry {
  name: string;
  continent: string;
  capital: string;
  currency: string[];
  languages: string[];
  partOf?: string;
}

interface SourceElement {
  atomicNumber: number;
  symbol: string;
  name: string;
}

function read<T>(folder: string, file: string): T {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
}

/**
 * Countries with a capital that are not part of another country. Only the name of the first currency and language is
 * kept.
 */
function countriesFrom(folder: string): Country[] {
  const continents = read<Record<string, string>>(folder, 'continents.min.json');
  const languages = read<Record<string, { name: string }>>(folder, 'languages.min.json');
  return Object.values(read<Record<string, SourceCountry>>(folder, 'countries.min.json'))
    .filter((country) => country.capital !== '' && country.partOf === undefined && country.languages.length > 0)
    .map((country) => ({
      name: country.name,
      capital: country.capital,
      continent: continents[country.continent],
      currency: country.currency[0] ?? '',
      languages: country.languages.map((code) => languages[code]?.name ?? code),
    }));
}

function elementsFrom(folder: string): Element[] {
  return read<SourceElement[]>(folder, 'periodicTableData.json').map(({ atomicNumber, symbol, name }) => ({
    name,
    symbol,
    number: atomicNumber,
  }));
}

const [countriesFolder, elementsFolder, out] = process.argv.slice(2);
const facts: Facts = { countries: countriesFrom(countriesFolder), elements: elementsFrom(elementsFolder) };
await writeAtomic(out, `${JSON.stringify(facts)}\n`);
