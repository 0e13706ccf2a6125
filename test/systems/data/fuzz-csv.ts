import { mutated } from '../mutate.js';
import type { Outcomes } from '../outcomes.js';
import { doubled, type FuzzFiles, fuzzFiles } from './fuzz.js';

const ODD = ['"', ';', '\n', '\r', ',', '\0', '\xff', "'", '"";'];
const MARK = /mark\d+a/g;
const ROWS = 20;

/**
 * CSV files with a mark in each answer, damaged anywhere: as many marks are read or set aside as the file has, as long as its header
 * is whole; no row is read twice.
 */
export function fuzzCsv(given: FuzzFiles): Promise<Outcomes> {
  const rows = Array.from({ length: ROWS }, (_, i) => `${i};"q ""${i}""";"mark${i}a\nb";${i % 2};0,${i + 10}`);
  const head = 'id;prompt;answer;label;features.cost\r\n';
  const whole = Buffer.from(`${head}${rows.join('\r\n')}\r\n`);
  return fuzzFiles('CSV', given, (draw) => {
    const bytes = mutated(whole, draw, ODD);
    return {
      name: 'f.csv',
      bytes,
      rows: ROWS,
      check(found) {
        if (found === null) return null;
        const again = doubled([...found.lines, ...found.badLines]);
        if (again > 0) return { fault: `${again} rows are read twice`, rows: again };
        if (found.ids.length === 0 || !bytes.toString('latin1').startsWith(head)) return null;
        const marks = (texts: readonly string[]) => [...texts.join('\n').matchAll(MARK)].length;
        const sent = marks([bytes.toString()]);
        const told = marks(found.texts) + marks(found.badTexts);
        return told === sent ? null : { fault: `${sent} marks, ${told} told: ${bytes}`, rows: Math.abs(sent - told) };
      },
    };
  });
}
