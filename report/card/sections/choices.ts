import { section } from '../../frame.js';
import { type Html, html } from '../../markup.js';
import { candidates } from '../../sections/selection.js';
import type { CardFacts } from '../facts.js';

/** The calibrator and the learner that ship, and those that they beat. */
export function choices({ predictor, candidates: tried, chosenBecause }: CardFacts): Html {
  return section('choices', 'The calibrator and the learner, and those they beat', [
    html`<p>Calibrator: <strong>${predictor.calibrator}</strong>. Learner: <strong>${predictor.learner}</strong>.</p>`,
    chosenBecause.map((line) => html`<p>${line}</p>`),
    tried === null
      ? null
      : [
          html`<p class="note">Log-loss on answers that the candidate had not seen. Difference: from the best candidate,
± one standard error. The lower, the better.</p>`,
          html`<div class="pair tables">${[
            candidates('Calibrators', tried.calibrators),
            candidates('Learners', tried.learners),
          ]}</div>`,
        ],
  ]);
}
