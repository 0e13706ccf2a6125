import { withContext } from '../../data/ask/lay-out.js';
import type { Message } from '../../data/record.js';
import { type Random, random } from '../../support/random.js';
import { arithmetic } from './arithmetic.js';
import { choice } from './choice.js';
import type { Facts } from './facts.js';
import { letters } from './letters.js';
import { passages } from './passages.js';
import { sample } from './pick.js';
import type { Item, Kind, Question } from './question.js';
import { world } from './world.js';
import { yesno } from './yesno.js';

/** All kinds, and their share of the groups. */
const kinds: readonly (readonly [Kind, number])[] = [
  [arithmetic, 0.2],
  [letters, 0.17],
  [world, 0.25],
  [passages, 0.2],
  [choice, 0.14],
  [yesno, 0.04],
];

/** Number of wordings per question. */
const wordingsEach = 2;

/**
 * Number of rounds. Each round has questions of all kinds, so a run that stops after any round gives a balanced set.
 */
const rounds = 20;

/**
 * Makes `groups` questions, each in two wordings, in rounds. Within a round, the kinds come one after the other, so
 * that an endpoint that caches prompts changes the prefix only a few times; within a kind, the order is random.
 * `ending` is appended to every prompt: `\nAnswer:` for a base model without a chat template.
 */
export function questions(seed: number, groups: number, facts: Facts, ending = ''): Question[] {
  const source = random(seed);
  const byKind = kinds.map(([kind, share]) => {
    const stream = source.fork(kind.task);
    const items = kind.items(stream, facts, Math.round(groups * share));
    return items.map((item, i) => phrase(stream, kind, item, `${kind.task}-${seed}-${i}`, ending));
  });
  const part = <T>(of: T[], round: number) =>
    of.slice(Math.floor((of.length * round) / rounds), Math.floor((of.length * (round + 1)) / rounds));
  return Array.from({ length: rounds }, (_, round) => byKind.flatMap((groups) => part(groups, round).flat())).flat();
}

function phrase(random: Random, kind: Kind, item: Item, group: string, ending: string): Question[] {
  const { reference, grader, context, options } = item;
  return sample(random, item.wordings, wordingsEach).map((wording, i) => ({
    id: `${group}-${'ab'[i]}`,
    group,
    task: kind.task,
    prompt: wording + ending,
    ...(context === undefined ? {} : { context: [context] }),
    ...(options === undefined ? {} : { options }),
    reference,
    grader,
  }));
}

/** The layout of a passage and its question: `vouch collect --context-template`. */
export const contextTemplate = 'Passage: {context}\nQuestion: {prompt}';

/** The earlier turns of each kind: the file for `vouch collect --prefix`. */
export function prefixes(ending = ''): Record<string, Message[]> {
  return Object.fromEntries(kinds.map(([kind]) => [kind.task, kind.shots.flatMap((shot) => turns(shot, ending))]));
}

function turns(shot: Kind['shots'][number], ending: string): Message[] {
  const question = shot.length === 2 ? shot[0] : withContext(shot[1], [shot[0]], contextTemplate);
  return [
    { role: 'user', content: question + ending },
    { role: 'assistant', content: shot[shot.length - 1] },
  ];
}
