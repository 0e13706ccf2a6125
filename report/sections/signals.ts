import { plural } from '../../support/words/plural.js';
import { type Column, folded, section, table } from '../frame.js';
import { judgedOn } from '../judged-on.js';
import { breakable, type Html, html } from '../markup.js';
import { count, fixed, percent, shortened, signed } from '../numbers.js';
import type { ReportData, SignalWorth } from '../results.js';
import { type Scale, scale, scaleOf, strip } from '../strip.js';

/** The most signals that are drawn, and the most that the folded table lists. */
const DRAWN = 25;
const LISTED = 500;

/** How important each signal is for the shipped predictor, and how well it separates right from wrong alone. */
export function signals(data: ReportData): Html {
  const all = [...data.signals].sort((a, b) => b.permutation - a.permutation);
  if (all.length === 0)
    return section(
      'signals',
      'How important each signal is',
      html`<p class="empty">The importance of the signals was not measured.</p>`,
    );
  const at = scaleOf([0, ...all.map(({ permutation }) => permutation)]);
  const listed = all.slice(0, LISTED);
  return section('signals', 'How important each signal is', [
    html`<p>${leaders(all)}</p>`,
    table(
      all.length > DRAWN ? `The ${count(DRAWN)} signals that matter most` : 'All signals',
      columns(at),
      all.slice(0, DRAWN),
    ),
    html`<p class="note">Importance: how much the log-loss on
${data.judged?.how === 'cross' ? 'the training answers' : judgedOn(data)} rises when the values of the signal are shuffled
among the answers, in nats. Signals with the same information share their importance, so a signal with low importance may
simply be replaceable. Dropped: how much the log-loss of logistic regression rises, on answers that it has not seen, when
it is trained without the signal. Alone: AUROC of the signal alone, on ${aloneOn(data)}. The middle line is 0.5, which
means no information; to the right of it, higher values point to right answers, to the left, to wrong ones.</p>`,
    all.length > DRAWN &&
      folded(
        `All ${count(all.length)} signals`,
        table(
          listed.length < all.length
            ? `The first ${count(LISTED)} of ${count(all.length)} signals; the rest is in report.json`
            : 'All signals',
          [...columns(null), within],
          listed,
        ),
      ),
  ]);
}

const within: Column<SignalWorth> = {
  head: 'Alone, within model and task',
  kind: 'number',
  content: ({ aurocWithin }) => fixed(aurocWithin),
};

/** Columns with pictures on a scale, or with numbers only if there is no scale. */
function columns(at: Scale | null): Column<SignalWorth>[] {
  const name: Column<SignalWorth> = {
    head: 'Signal',
    content: ({ name, plain }) => {
      const code = html`<code title="${name}">${breakable(shortened(name, 60))}</code>`;
      return plain === undefined ? code : html`${shortened(plain)}<small>${code}</small>`;
    },
  };
  const worth: Column<SignalWorth> = {
    head: 'Importance',
    kind: 'number',
    content: ({ permutation }) => signed(permutation),
  };
  const alone: Column<SignalWorth> = { head: 'Alone', kind: 'number', content: ({ auroc }) => fixed(auroc) };
  const recorded: Column<SignalWorth> = {
    head: 'Recorded',
    kind: 'number',
    content: (signal) => percent(signal.recorded, 0),
  };
  const without: Column<SignalWorth> = { head: 'Dropped', kind: 'number', content: ({ dropOne }) => signed(dropOne) };
  if (at === null) return [name, worth, without, alone, recorded];
  return [
    name,
    {
      head: '',
      kind: 'picture',
      content: ({ permutation }) =>
        strip(at, [
          { kind: 'bar', from: 0, to: permutation, tone: permutation >= 0 ? 'vouch' : 'muted' },
          { kind: 'rule', at: 0, tone: 'muted' },
        ]),
    },
    worth,
    without,
    {
      head: '',
      kind: 'picture',
      content: ({ auroc }) =>
        strip(scale(0, 1), [
          { kind: 'rule', at: 0.5, tone: 'muted' },
          { kind: 'span', from: 0.5, to: auroc, tone: auroc !== null && auroc < 0.5 ? 'wrong' : 'vouch' },
          { kind: 'dot', at: auroc, tone: auroc !== null && auroc < 0.5 ? 'wrong' : 'vouch' },
        ]),
    },
    alone,
    recorded,
  ];
}

/** Which answers show what a signal tells alone. */
function aloneOn({ sampled }: ReportData): string {
  const all = 'the training answers';
  return sampled?.alone === undefined ? all : `${count(sampled.alone)} of ${all}, in whole questions drawn at random`;
}

function leaders(all: SignalWorth[]): string {
  const [first, second] = all;
  const called = ({ name, plain }: SignalWorth) => (plain === undefined ? name : `“${shortened(plain)}”`);
  const helpful = all.filter(({ permutation }) => permutation > 0).length;
  const next = second === undefined ? '' : ` The next one is ${called(second)} with ${signed(second.permutation)}.`;
  return (
    `The most important signal is ${called(first)}: when its values are shuffled, the log-loss changes by ` +
    `${signed(first.permutation)} nats.${next} ` +
    `Shuffling raises the log-loss for ${count(helpful)} of ${plural(all.length, 'signal')}.`
  );
}
