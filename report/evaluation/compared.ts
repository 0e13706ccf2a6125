import { plural } from '../../support/words/plural.js';
import { section, table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count, interval, type Maybe, percent, points } from '../numbers.js';
import { scaleOf, strip } from '../strip.js';
import { furtherWords, metricWords } from '../words.js';
import type { Against, ComparedMeasure } from './results.js';
import { verdictTable } from './verdict-table.js';
import { verdictHeadline } from './words.js';

interface Words {
  label: string;
  show(x: Maybe): string;
  difference(x: Maybe): string;
}

const TOO_FEW = 'too few for an interval';

const acceptWords: Record<string, Words> = {
  coverage: { label: 'Coverage: accepted under a promise', show: (x) => percent(x), difference: points },
  acceptedError: { label: 'Wrong among these accepted answers', show: (x) => percent(x), difference: points },
};

/** The words for a compared measure. */
export function measureWords(name: string): Words {
  return (
    { ...metricWords, ...furtherWords, ...acceptWords }[name] ?? { label: name, show: percent, difference: points }
  );
}

/** How many measures are better, worse, or not to be told apart, as a sentence. */
function comparedWords({ measures }: Pick<Against, 'measures'>): string {
  const number = (winner: ComparedMeasure['winner']) => measures.filter((each) => each.winner === winner).length;
  const [better, worse] = [number('ours'), number('theirs')];
  return (
    `By more than chance, this bundle is better on ${count(better)} of ${plural(measures.length, 'measure')} and worse ` +
    `on ${worse === 0 ? 'none' : count(worse)}. A difference counts only if its 95% interval (paired by question) ` +
    'does not contain zero. The measures are not independent of each other.'
  );
}

/** Another bundle on the same answers: its verdicts, and the difference in each measure. */
export function compared(against: Against): Html {
  const { measures, onlyOurs, onlyTheirs, bundle, promises } = against;
  return section('compared', 'Compared with another bundle', [
    html`<p>The other bundle is <code>${bundle}</code>, on the same answers. Its verdict:
${verdictHeadline(promises)}
${plural(onlyOurs, 'answer')} ${onlyOurs === 1 ? 'is' : 'are'} accepted by this bundle alone, ${count(onlyTheirs)} by the
other alone.</p>`,
    html`<p>${comparedWords(against)}</p>`,
    measuresTable('This bundle minus the other', { ours: 'This bundle', theirs: 'other' }, measures),
    promises.length > 0 && verdictTable(promises, 'Promises of the other bundle'),
  ]);
}

/** A table of compared measures: ours with theirs below, a picture of the difference, and the difference. */
export function measuresTable(
  title: string,
  names: { ours: string; theirs: string },
  measures: readonly ComparedMeasure[],
): Html {
  return html`<div class="compare">${table(
    title,
    [
      {
        head: 'Measure',
        content: ({ name, better }) => html`${measureWords(name).label}<small>${better} is better</small>`,
      },
      {
        head: names.ours,
        kind: 'number',
        content: (each) =>
          html`${shownValue(each, each.ours)}<small>${names.theirs}: ${shownValue(each, each.theirs)}</small>`,
      },
      { head: '', kind: 'picture', content: picture },
      { head: 'Difference', kind: 'number', content: difference },
    ],
    measures,
  )}</div>`;
}

function shownValue({ name }: ComparedMeasure, { value }: ComparedMeasure['ours']): string {
  return measureWords(name).show(value);
}

function difference({ name, difference: own }: ComparedMeasure): Html {
  const show = measureWords(name).difference;
  const span = interval(own, show);
  return html`${show(own.value)}<small>${span === '' ? TOO_FEW : span}</small>`;
}

function picture({ difference: { low, value, high }, winner }: ComparedMeasure): Html {
  const tone = winner === 'ours' ? 'vouch' : winner === 'theirs' ? 'wrong' : 'muted';
  return strip(scaleOf([0, low, value, high]), [
    { kind: 'rule', at: 0, tone: 'ink' },
    { kind: 'span', from: low, to: high, tone },
    { kind: winner === null ? 'ring' : 'dot', at: value, tone },
  ]);
}

/** The comparison on the console: the sentences before the table, and its rows with their heads. */
export function comparedText(against: Against): { before: string[]; rows: string[][] } {
  const { bundle, measures, onlyOurs, onlyTheirs, promises } = against;
  const rows = measures.map((each) => {
    const { label, show, difference: signed } = measureWords(each.name);
    const span = interval(each.difference, signed);
    const said = each.winner === 'ours' ? 'better' : each.winner === 'theirs' ? 'worse' : 'within chance';
    const values = [each.ours, each.theirs].map(({ value }) => show(value));
    const gap = signed(each.difference.value);
    return [label, ...values, gap, span === '' ? TOO_FEW : span, span === '' ? '' : said];
  });
  return {
    before: [
      `Compared with bundle ${bundle} on the same answers. Its verdict: ${verdictHeadline(promises)}`,
      comparedWords(against),
      `Accepted by this bundle alone: ${count(onlyOurs)}; by the other alone: ${count(onlyTheirs)}`,
    ],
    rows: [['', 'this', 'other', 'difference', '95% interval', ''], ...rows],
  };
}
