import { appendAt } from '../../support/append.js';
import type { Random } from '../../support/random.js';
import { type ScoredAnswer, sliceOf } from '../answer.js';
import type { Unit } from '../promise/unit.js';
import { calibrationGain, chancesFor, promiseGain } from './chances.js';

/** One answer to label, with what its label is worth and the chance with which it was drawn. */
export interface QueueRow {
  rank: number;
  id: string;
  claim: string | null;
  probability: number;
  gain: number;
  chance: number;
  /** The number of answers that it stands for: of its question, of the answers that took part in no draw, 1/chance. */
  standsFor: number;
}

/** The name under which answers that no claim accepted are counted. */
export const REST = '';

/** The outcome of a draw: questions with a drawn answer, and the expected errors of the others, by claim. */
export interface Draw {
  rows: QueueRow[];
  drawn: Map<string, Unit[]>;
  undrawn: Map<string, number[]>;
  /** The questions with a drawn answer. */
  questions: string[];
}

function noDraw(): Draw {
  return { rows: [], drawn: new Map(), undrawn: new Map(), questions: [] };
}

interface DrawOptions {
  /** Number of labels wanted, on average. */
  labels: number;
  floor: number;
  alphaOf(claim: string): number;
  /** Time after which missing labels are given up. */
  due: number;
  random: Random;
}

/** Share of the labels for answers that no claim accepted: they show whether calibration still holds. */
const FOR_CALIBRATION = 0.2;

/** Among how many answers per wanted label is drawn. More choice helps little, and makes chances small. */
const CHOICE = 4;

/**
 * Draws answers to label, each independently with its own chance (Poisson sampling), so that estimates from them stay
 * unbiased. At most one answer per question, chosen with equal chances among its accepted ones, else among all. If there
 * are many questions, a random part of them takes part. The rows come ranked by gain, largest first.
 */
export function drawLabels(questions: readonly (readonly ScoredAnswer[])[], options: DrawOptions): Draw {
  const { labels, floor, alphaOf, due, random } = options;
  const choices = new Map<ScoredAnswer, number>(); // among how many answers of its question each was chosen
  const chosen = questions.map((answers) => {
    const accepted = answers.filter(({ claim }) => claim !== null);
    const among = accepted.length > 0 ? accepted : answers;
    const answer = among[random.int(among.length)];
    choices.set(answer, among.length);
    return answer;
  });
  const accepted = chosen.filter(({ claim }) => claim !== null);
  const rest = chosen.filter(({ claim }) => claim === null);
  const forRest = accepted.length === 0 ? labels : Math.min(rest.length, Math.round(labels * FOR_CALIBRATION));
  const draw = noDraw();
  for (const [answers, wanted] of [
    [accepted, labels - forRest],
    [rest, forRest],
  ] as const) {
    if (answers.length === 0 || wanted <= 0) continue;
    const most = Math.min(answers.length, CHOICE * wanted, Math.floor(wanted / floor + 1e-9));
    const part = panel(answers, most, random);
    const gains = part.map(({ claim, probability }) =>
      claim === null ? calibrationGain(probability) : promiseGain(probability, alphaOf(claim)),
    );
    const chances = chancesFor({ gains, labels: wanted, floor });
    part.forEach((answer, i) => {
      const { id, question, probability, claim } = answer;
      const key = claim ?? REST;
      if (random.next() >= chances[i]) {
        appendAt(draw.undrawn, key, 1 - probability);
        return;
      }
      draw.questions.push(question);
      const standsFor = (choices.get(answer)! * answers.length) / part.length / chances[i];
      draw.rows.push({ rank: 0, id, claim, probability, gain: gains[i], chance: chances[i], standsFor });
      const unit: Unit = {
        claim: key,
        slice: sliceOf(answer),
        answers: 1,
        expected: 1 - probability,
        draws: [{ id, chance: chances[i], probability, label: null }],
        due,
      };
      appendAt(draw.drawn, key, unit);
    });
  }
  draw.rows.sort((a, b) => b.gain - a.gain);
  draw.rows = draw.rows.map((row, i) => ({ ...row, rank: i + 1 }));
  return draw;
}

/** A random part of the answers, in their order. */
function panel(answers: readonly ScoredAnswer[], most: number, random: Random): ScoredAnswer[] {
  const places = random.shuffle(Int32Array.from(answers.keys())).slice(0, Math.max(1, most));
  return Array.from(places.sort(), (place) => answers[place]);
}

/**
 * The same for answers whose labels came with them, drawn by somebody else: each answer with the same chance, fixed
 * before its label. With chance 1, an answer without a label is one whose label has not arrived.
 */
export function drawnElsewhere(
  questions: readonly (readonly ScoredAnswer[])[],
  { chance, due }: { chance: number; due: number },
): Draw {
  const draw = noDraw();
  for (const answers of questions) {
    const claim = answers.find((answer) => answer.claim !== null)?.claim ?? null;
    const own = answers.filter((answer) => answer.claim === claim);
    const draws = own
      .filter(({ label }) => chance === 1 || label !== null)
      .map(({ id, probability, label }) => ({ id, chance, probability, label }));
    const key = claim ?? REST;
    const expected = own.reduce((sum, { probability }) => sum + 1 - probability, 0) / own.length;
    if (draws.length === 0) appendAt(draw.undrawn, key, expected);
    else {
      const unit: Unit = { claim: key, slice: sliceOf(own[0]), answers: own.length, expected, draws, due };
      draw.questions.push(own[0].question);
      appendAt(draw.drawn, key, unit);
    }
  }
  return draw;
}
