import { sampleLines } from '../../support/sample-answers.js';
import { mutated } from '../mutate.js';
import type { Outcomes } from '../outcomes.js';
import { doubled, type FuzzFiles, fuzzFiles } from './fuzz.js';

/** Lines of a file. */
export const LINES = 10;
const DEEP = [501, 6000, 100_000];

/**
 * Files of JSON Lines, some lines of which were damaged: each line is read, set aside, or holds no answer; a line that was not damaged
 * is read. The first one never is, as it tells the layout.
 */
export function fuzzJson(given: FuzzFiles): Promise<Outcomes> {
  const good = sampleLines(500).map((line) => Buffer.from(line));
  return fuzzFiles('JSON Lines', given, (draw) => {
    const from = draw.int(good.length - LINES);
    const whole: string[] = [];
    const lines = good.slice(from, from + LINES).map((line, k) => {
      if (k === 0 || draw.next() < 0.5) {
        whole.push(`q${from + k}`);
        return line;
      }
      const deep = '['.repeat(DEEP[draw.int(DEEP.length)]);
      const nested = `{"id":"d","answer":"x","more":${deep}${deep.replaceAll('[', ']')}}`;
      const odd = mutated(draw.next() < 0.05 ? Buffer.from(nested) : line, draw);
      const kept = Buffer.from(odd.filter((byte) => byte !== 10 && byte !== 13));
      return kept.toString().trim() === '' ? Buffer.from('{') : kept;
    });
    return {
      name: 'f.jsonl',
      bytes: Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])),
      rows: LINES,
      check(found) {
        if (found === null) return { fault: 'a damaged line stopped the file', rows: LINES };
        // a line may hold a whole value and damage behind it: both are told, the line as a whole is not set aside then
        const read = new Set(found.lines);
        const twice = found.badLines.filter((at) => read.has(at) && found.badTexts.includes(String(lines[at - 1])));
        if (twice.length > 0) return { fault: `line ${twice[0]} is read and set aside`, rows: twice.length };
        const told = new Set([...found.lines, ...found.badLines]);
        // where the file passes for one document, an open bracket or quote takes lines along into one bad row
        const aside = found.badTexts.join('\n');
        const missing = lines.map(String).filter((line, at) => !told.has(at + 1) && !aside.includes(line));
        if (missing.length !== found.without) {
          return {
            fault: `${missing.length - found.without} lines are lost: ${missing}`,
            rows: Math.abs(missing.length - found.without),
          };
        }
        const ids = new Set(found.ids);
        const lost = whole.filter((id) => !ids.has(id) && !aside.includes(`"${id}"`));
        if (lost.length > 0) return { fault: `${lost} were not damaged, and are not read`, rows: lost.length };
        const again = whole.filter((id) => found.ids.filter((each) => each === id).length > 1);
        return again.length === 0 || doubled(found.lines) === 0
          ? null
          : { fault: `${again} are read twice`, rows: again.length };
      },
    };
  });
}
