import type { Adaptation } from '../adapt/adaptation.js';
import type { PromiseVerdict } from '../report/evaluation/results.js';
import { pick } from '../support/pick.js';
import { decisionsOf } from '../train/examine/decisions.js';
import type { ScoredRows } from '../train/examine/score-rows.js';
import { pickRows } from '../train/prepare/pick-rows.js';
import { verdictsOf } from '../train/verdict/verdicts.js';
import { type ChangeCandidate, compareChanges } from './candidates.js';
import { type Choice, chosenChange } from './choose-change.js';
import type { FreshParts } from './parts.js';
import type { RecalibrateRules } from './rules.js';
import { type TrainAnew, type Tried, triedChanges } from './try-changes.js';

/** What a choice needs. */
export interface Choosing {
  adaptation: Adaptation;
  rules: Pick<RecalibrateRules, 'change'>;
  fresh: FreshParts;
  /** What the version in service says about all answers, in the order of the data. */
  inService: ScoredRows;
  /** Ids of labelled answers that are not used. */
  unused: ReadonlySet<string>;
  whole?: TrainAnew;
}

/** Changes that were made and compared, and the choice. */
interface Chosen {
  tried: Tried;
  candidates: ChangeCandidate[];
  promises: PromiseVerdict[];
  choice: Choice;
}

/** Makes each change on the fit part and chooses one. It reads no label of other answers. */
export async function chooseOn({ adaptation, rules, fresh, inService, unused, whole }: Choosing): Promise<Chosen> {
  const { bundle, data } = adaptation;
  const { parts, use } = fresh;
  const [probability, decided] = [inService.probability, inService.decided].map((all) => pick(all, parts.fit));
  const tried = await triedChanges(whole, { fresh, unused, adaptation, before: probability });
  const candidates = compareChanges(data, parts.fit, tried.crossed);
  const promises = promisesOn(adaptation, fresh, { probability, decided });
  const choice = chosenChange(rules.change, { candidates, promises, use, claims: bundle.manifest.thresholds });
  return { tried, candidates, promises, choice };
}

/** What the fit part says about the promises; nothing if its labels are feedback, which may depend on the outcome. */
function promisesOn(
  { bundle, data }: Adaptation,
  { parts, use }: FreshParts,
  scored: Pick<ScoredRows, 'probability' | 'decided'>,
): PromiseVerdict[] {
  if (use !== 'drawn') return [];
  const decided = decisionsOf(bundle.manifest, data, parts.fit, scored);
  return verdictsOf(bundle.manifest, pickRows(data, parts.fit), decided);
}
