import type { Manifest } from '../../models/bundle/manifest.js';
import { booksOf, claimsOf, labelled, registered } from '../../monitor/ledgers.js';
import { drawLabels } from '../../monitor/queue/draw.js';
import { type MonitorState, startState } from '../../monitor/state.js';
import { random } from '../../support/random.js';
import { DAY } from '../../support/time/day.js';

/** A state as the monitor leaves it after so many questions with the first claim, of which a share is wrong. */
export function monitorState(
  { manifest, digest }: { manifest: Manifest; digest: string },
  { questions, wrong, end }: { questions: number; wrong: number; end: number },
): MonitorState {
  const state = startState({ bundle: digest, seed: 1, floor: 0.1, runLength: 5000 });
  const claims = claimsOf(manifest, state);
  const [claim] = [...claims.keys()];
  const draw = random('monitor');
  const answers = Array.from({ length: questions }, (_, i) => [
    {
      ...{ id: `q${i}`, question: `q${i}`, time: null, model: 'm', task: null, claim },
      ...{ probability: 0.9, numbers: new Float32Array(0), categories: [], label: null },
    },
  ]);
  const due = end + 30 * DAY;
  const alphaOf = () => claims.get(claim)!.alpha;
  const drawn = drawLabels(answers, { labels: questions / 2, floor: 0.1, alphaOf, due, random: draw });
  const labels = new Map(drawn.rows.map(({ id }): [string, number] => [id, draw.next() < wrong ? 0 : 1]));
  const books = labelled(registered(booksOf(state, claims), drawn), { claims, labels, now: end });
  return {
    ...state,
    ...{ runs: 3, first: end - 90 * DAY, last: end, ledgers: [...books.ledgers], slices: [...books.slices] },
    alerts: [
      {
        ...{ key: 'drift ', kind: 'drift', since: new Date(end - 9 * DAY).toISOString(), isOver: false },
        text: 'answers differ from training in tokens.meanEntropy, text.words <b>',
      },
    ],
  };
}
