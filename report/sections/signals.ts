import { type Column, folded, section, table } from '../frame.js';
import { judgedOn } from '../judged-on.js';
import { breakable, type Html, html } from '../markup.js';
import { count, fixed, percent, plural, shortened, signed } from '../numbers.js';
import type { ReportData, SignalWorth } from '../results.js';
import { type Scale, scale, scaleOf, strip } from '../strip.js';

/** Signals that are drawn; signals that the folded table lists. */
const DRAWN = 25;
const LISTED = 500;

/** What each signal is worth: to the shipped predictor, and on its own. */
export function signals(data: ReportData): Html {
  const all = [...data.signals].sort((a, b) => b.permutation - a.permutation);
  if (all.length === 0)
    return section(
      'signals',
      'What each signal is worth',
      html`<p class="empty">The worth of signals was not measured.</p>`,
    );
  const at = scaleOf([0, ...all.map(({ permutation }) => permutation)]);
  const listed = all.slice(0, LISTED);
  return section('signals', 'What each signal is worth', [
    html`<p>${leaders(all)}</p>`,
    table(
      all.length > DRAWN ? `The ${count(DRAWN)} signals that matter most` : 'All signals',
      columns(at),
      all.slice(0, DRAWN),
    ),
    html`<p class="note">Worth: how much log-loss on ${data.judged?.how === 'cross' ? 'the answers it was trained on' : judgedOn(data)} rises when the signal’s values are shuffled among answers, in nats; signals that say the same share their worth, so a small one may only be replaceable. Dropped: how much the log-loss of logistic regression rises on answers it had not seen, when it has to do without the signal and the others make up for it. Alone: AUROC of the bare signal on ${aloneOn(data)}; the middle line is .5, which tells nothing, right of it the signal points to right answers, left of it to wrong ones.</p>`,
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

/** Pictures on a scale, or numbers only where there is none. */
function columns(at: Scale | null): Column<SignalWorth>[] {
  const name: Column<SignalWorth> = {
    head: 'Signal',
    content: (signal) => html`<code title="${signal.name}">${breakable(shortened(signal.name, 60))}</code>`,
  };
  const worth: Column<SignalWorth> = {
    head: 'Worth',
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
  const all = 'the answers trained on';
  return sampled?.alone === undefined ? all : `${count(sampled.alone)} of ${all}, whole questions drawn at random`;
}

function leaders(all: SignalWorth[]): string {
  const [first, second] = all;
  const helpful = all.filter(({ permutation }) => permutation > 0).length;
  const next = second === undefined ? '' : `; next comes ${second.name} with ${signed(second.permutation)}`;
  return `The predictor leans most on ${first.name}: shuffled among answers, log-loss changes by ${signed(first.permutation)} nats${next}. Shuffling makes things worse for ${count(helpful)} of ${plural(all.length, 'signal')}.`;
}
