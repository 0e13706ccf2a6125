import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import { KeyTable } from './key-table.js';
import type { Rows } from './rows.js';
import type { Union } from './union.js';

/** A group with more than this share of the answers is suspicious, if there are at least ODD_FROM answers. */
const ODD_SHARE = 0.5;
const ODD_FROM = 20;

const WAY_OUT = 'use --group-by with the field that distinguishes questions';

/** The result of grouping, as far as notes need it. */
interface Grouped {
  rows: Rows;
  union: Union;
  /** Per node: whether its system text distinguishes questions. */
  splits: Uint8Array;
  /** Beginnings that count as templates. */
  templates: ReadonlySet<number>;
  /** Groups by `--group-by` that were not merged although they ask nearly the same. */
  nearKept: number;
}

/** Sentences for the user about groups that are uncertain. */
export function groupNotes({ rows, union, splits, templates, nearKept }: Grouped): string[] {
  const { n, tree } = rows;
  const bySystem = differing(rows, rows.system, (node) => splits[node] === 1 && !tree.asks(node));
  const byTemplate = differing(rows, rows.template, (node) => splits[node] === 1 && tree.asks(node));
  const byContext = differing(rows, rows.context, (node) => splits[node] === 0 && !tree.asks(node));
  const general = sharing(rows, (node) => splits[node] === 0 && !tree.hasSubject(node));
  const largest = largestGroup(rows, union);
  const notes = [
    bySystem.different > 1 &&
      `${plural(bySystem.answers, 'answer is', 'answers are')} to messages that do not say what is asked` +
        `${said(rows, bySystem.node)}, under ` +
        `${thousands(bySystem.different)} different system texts: each system text counts as another question. ` +
        `If they are not, ${WAY_OUT}`,
    byTemplate.different > 1 &&
      `${plural(byTemplate.answers, 'answer is', 'answers are')} to the same messages under ` +
        `${thousands(byTemplate.different)} different system texts, ` +
        'too many for variants of one prompt: each system text counts as another question. ' +
        `If they are not, ${WAY_OUT}`,
    byContext.different > 1 &&
      `${plural(byContext.answers, 'answer is', 'answers are')} to messages that do not say what is asked` +
        `${said(rows, byContext.node)}, with ` +
        `${thousands(byContext.different)} different contexts: the same message counts as one question. ` +
        `If it is several, ${WAY_OUT}`,
    general.answers > 0 &&
      byContext.different < 2 &&
      `${plural(general.answers, 'answer is', 'answers are')} to messages that say nothing about what is asked` +
        `${said(rows, general.node)}: equal messages count as one question. ` +
        `If they belong to different conversations, ${WAY_OUT}`,
    templates.size > 0 &&
      `${plural(templates.size, 'beginning')} of conversations continued in ` +
        'so many ways that it counts as a template, not as one conversation. ' +
        `If it is one conversation, ${WAY_OUT}`,
    nearKept > 0 &&
      `${plural(nearKept, 'group')} by ${rows.groupBy} ${nearKept === 1 ? 'asks' : 'ask'} ` +
        'the same as another except for greetings, politeness, case or punctuation, and ' +
        `${nearKept === 1 ? 'stays' : 'stay'} separate. If one is in the fit part and the other in the certify part, ` +
        'quality and promises look better than they are. To merge such groups add --merge-near',
    n >= ODD_FROM &&
      largest > ODD_SHARE * n &&
      `${thousands(largest)} of ${thousands(n)} answers count as one question: they are from one conversation, have equal messages, or ` +
        `have messages that continue one another. If they are several, ${WAY_OUT}`,
  ];
  return notes.filter((note) => note !== false);
}

/**
 * How many answers have the same turns with different texts in a column, how many such texts there are, and one such
 * node.
 */
function differing({ n, node }: Rows, column: Rows['system'], counts: (node: number) => boolean) {
  const pairs = new KeyTable();
  const texts = new Map<number, number>();
  for (let row = 0; row < n; row++) {
    const at = node.at(row);
    if (at < 0 || !counts(at)) continue;
    const known = pairs.size;
    if (pairs.add(at, column.at(row), 0, 0) === known) texts.set(at, (texts.get(at) ?? 0) + 1);
  }
  let answers = 0;
  for (let row = 0; row < n; row++) if ((texts.get(node.at(row)) ?? 0) > 1) answers++;
  let different = 0;
  let most = 1;
  let example = -1;
  for (const [at, count] of texts) {
    if (count < 2) continue;
    different += count;
    if (count <= most) continue;
    most = count;
    example = at;
  }
  return { answers, different, node: example };
}

/** How many answers without a conversation id share their turns with another, and the turns that most of them share. */
function sharing({ n, node, conversation }: Rows, counts: (node: number) => boolean) {
  const sizes = new Map<number, number>();
  for (let row = 0; row < n; row++) {
    const at = node.at(row);
    if (at >= 0 && conversation.at(row) < 0 && counts(at)) sizes.set(at, (sizes.get(at) ?? 0) + 1);
  }
  let answers = 0;
  let most = 1;
  let example = -1;
  for (const [at, size] of sizes) {
    if (size < 2) continue;
    answers += size;
    if (size <= most) continue;
    most = size;
    example = at;
  }
  return { answers, node: example };
}

function said({ said: texts }: Rows, node: number): string {
  const text = texts.get(node);
  return text === undefined ? '' : ` (${JSON.stringify(text)})`;
}

/** Size of the largest group that was not named by the user. */
function largestGroup({ n, named }: Rows, union: Union): number {
  const size = new Int32Array(n);
  let most = 0;
  for (let row = 0; row < n; row++) {
    if (named.at(row) < 0) most = Math.max(most, ++size[union.first(row)]);
  }
  return most;
}
