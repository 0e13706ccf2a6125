import type { Random } from '../../support/random.js';
import { type Mix, script } from './script.js';
import type { Source, World } from './world.js';

/** One answer of the log. */
export interface Asked {
  id: string;
  /** Its row in the world, and its question as the monitor sees it: asked again weeks later, it is a new one. */
  row: number;
  question: string;
  time: number;
  source: Source;
  /** What a user said of it: 1 right, 0 wrong; null: nothing. */
  thumb: number | null;
}

const WEEK = 7 * 24 * 3600 * 1000;
const START = Date.UTC(2026, 0, 1);

/** Users, in the order of how much they ask: the k-th asks 1/k times as often as the first. */
const USERS = 300;
const HEAVY = 30;
/** Chance of a thumb of a heavy user, by whether the answer is right; others give a quarter as many. */
const THUMBS = { right: 0.04, wrong: 0.2 };

/**
 * The answers of a year, week by week. Each source goes through its questions in a random order, and begins again in
 * another one when all were asked. Questions that trained the first version (places in `trained`) are never asked.
 */
export function trafficOf(
  { data, questions }: World,
  {
    trained,
    mixAt,
    weeks,
    random,
  }: { trained: ReadonlySet<number>; mixAt(week: number): Mix; weeks: number; random: Random },
): Asked[][] {
  const trivia = passes(
    [...questions.first.keys()].filter((q) => !trained.has(q)),
    random.fork('trivia'),
  );
  const task = passes([...questions.task.keys()], random.fork('task'));
  const who = random.fork('who');
  const users = userDrawer(random.fork('users'));
  const thumbs = random.fork('thumbs');
  return Array.from({ length: weeks }, (_, week) => {
    const mix = mixAt(week);
    return Array.from({ length: script.perWeek }, (_, k): Asked => {
      const luck = who.next();
      const source: Source = luck < mix.first ? 'first' : luck < mix.first + mix.second ? 'second' : 'task';
      const { place, pass } = source === 'task' ? task() : trivia();
      const rows = questions[source][place];
      const row = rows[who.int(rows.length)];
      const chance = THUMBS[data.y[row] >= 0.5 ? 'right' : 'wrong'] * (users() < HEAVY ? 1 : 0.25);
      return {
        ...{ id: `${data.ids[row]}#${pass}`, row, question: `${data.groups[row]}#${pass}`, source },
        time: START + week * WEEK + Math.floor((k * WEEK) / script.perWeek),
        thumb: thumbs.next() < chance ? data.y[row] : null,
      };
    });
  });
}

/** Goes through the places in a random order, again and again. */
function passes(places: number[], random: Random): () => { place: number; pass: number } {
  let order: number[] = [];
  let pass = 0;
  return () => {
    if (order.length === 0) {
      order = random.shuffle([...places]);
      pass++;
    }
    return { place: order.pop()!, pass };
  };
}

function userDrawer(random: Random): () => number {
  let total = 0;
  const upTo = Array.from({ length: USERS }, (_, k) => (total += 1 / (k + 1)));
  return () => {
    const at = random.next() * total;
    return upTo.findIndex((sum) => at < sum);
  };
}
