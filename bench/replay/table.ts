import type { Drawn } from './draw.js';
import { type Scenario, scenarios } from './scenarios.js';

/** A row for each population, way, α and scenario: what was accepted, how much of it is wrong, and promises broken. */
export function tableOf(all: readonly Drawn[]): string[] {
  const lines = [
    '| population, certify, α (draws) | asked | certified | accepted | wrong among them | broken | ' +
      'by the threshold alone | wrong among those |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |',
  ];
  const cells = new Map<string, Drawn['outcomes']>();
  for (const { set, way, outcomes } of all) {
    for (const outcome of outcomes) {
      const key = `${set}, ${way}, ${outcome.alpha}`;
      cells.set(key, [...(cells.get(key) ?? []), outcome]);
    }
  }
  for (const [cell, outcomes] of cells) {
    for (const scenario of scenarios) {
      const row = rowOf(outcomes, scenario);
      if (row !== null) lines.push(`| ${cell} (${outcomes.length}) | ${scenario} | ${row.join(' | ')} |`);
    }
  }
  return lines;
}

function rowOf(outcomes: Drawn['outcomes'], scenario: Scenario): string[] | null {
  const asked = outcomes.flatMap(({ alpha, scenarios: { [scenario]: found } }) => (found ? [{ alpha, ...found }] : []));
  if (asked.length === 0) return null;
  const sum = (of: (found: (typeof asked)[number]) => number) => asked.reduce((total, each) => total + of(each), 0);
  const answers = sum((each) => each.answers);
  const share = (some: number, whole: number) => (whole === 0 ? '–' : (some / whole).toFixed(3));
  const accepted = sum((each) => each.accepted);
  const above = sum((each) => each.above);
  const broken = asked.filter(({ alpha, accepted: n, wrong }) => n > 0 && wrong / n > alpha).length;
  return [
    `${asked.length}`,
    share(accepted, answers),
    share(
      sum((each) => each.wrong),
      accepted,
    ),
    `${broken}`,
    share(above, answers),
    share(
      sum((each) => each.aboveWrong),
      above,
    ),
  ];
}

/**
 * Draws in which an answer of a seen model with all its signals lost a decision that its threshold alone would give.
 */
export function lostIn(all: readonly Drawn[]): number {
  return all
    .flatMap(({ outcomes }) => outcomes)
    .filter(({ scenarios: { 'seen model': seen } }) => seen !== undefined && seen.accepted !== seen.above).length;
}
