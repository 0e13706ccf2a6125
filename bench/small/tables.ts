import { type Difference, meanOverSets, upper } from './differences.js';
import { OURS, PLATT } from './one-set.js';

/** Bars for the means over all sets: of the difference, and of its upper 95% limit. */
const MOST_MEAN = 0.005;
const MOST_UPPER = 0.01;
/** With this few labels, no set may be worse than Platt scaling by more than this. */
const FEWEST = 100;
const MOST_WORSE = 0.02;

/** How ours compares with a rival on one set and number of labels. */
export interface Standing {
  set: string;
  labels: number;
  rival: string;
  theirs: number;
  own: number;
  difference: Difference;
  draws: number;
  chosen: string;
}

export const standingHead = [
  '| labels | set | draws | rival | mean log-loss, rival | ours | mean paired difference ± s.e. over draws | chosen |',
  '| ---: | --- | ---: | --- | ---: | ---: | ---: | --- |',
].join('\n');

export function standingRow({ set, labels, rival, theirs, own, difference, draws, chosen }: Standing): string {
  const { mean, overDraws } = difference;
  const losses = [theirs, own].map((loss) => loss.toFixed(4)).join(' | ');
  return (
    `| ${labels} | ${set} | ${draws} | ${rival} | ${losses} | ${signed(mean)} ± ${overDraws.toFixed(4)} | ` +
    `${chosen} |`
  );
}

/** Means over all sets by number of labels and rival, and the bars. */
export function summaryOf(standings: readonly Standing[]): string {
  const lines = [
    '| labels | rival | sets | mean paired difference | upper 95% limit over draws | ' +
      'with other test questions too | bar |',
    '| ---: | --- | ---: | ---: | ---: | ---: | --- |',
  ];
  const keys = new Set(standings.map(({ labels, rival }) => `${labels}|${rival}`));
  for (const key of keys) {
    const own = standings.filter(({ labels, rival }) => `${labels}|${rival}` === key);
    const { mean, overDraws, overBoth } = meanOverSets(own.map(({ difference }) => difference));
    const limit = upper(mean, overDraws);
    const bar = mean <= MOST_MEAN && limit <= MOST_UPPER ? 'met' : 'missed';
    const numbers = [mean, limit, upper(mean, overBoth)].map(signed).join(' | ');
    lines.push(`| ${own[0].labels} | ${own[0].rival} | ${own.length} | ${numbers} | ${bar} |`);
  }
  return [...lines, ...worstSet(standings)].join('\n');
}

function worstSet(standings: readonly Standing[]): string[] {
  const few = standings.filter(({ labels, rival }) => labels === FEWEST && rival === PLATT);
  if (few.length === 0) return [];
  const { set, difference } = few.reduce((a, b) => (b.difference.mean > a.difference.mean ? b : a));
  const { mean, overDraws } = difference;
  const bar = mean <= MOST_WORSE ? 'met' : 'missed';
  const error = overDraws.toFixed(4);
  return ['', `Worst set against ${PLATT} with ${FEWEST} labels: ${set}, ${OURS} ${signed(mean)} ± ${error}: ${bar}.`];
}

function signed(x: number): string {
  return `${x >= 0 ? '+' : '−'}${Math.abs(x).toFixed(4)}`;
}
