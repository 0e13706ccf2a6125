import type { FoldChange } from '../adapt/nested/said-by-folds.js';
import { foldPlaces, foldsIn } from '../train/choose/fold-places.js';
import { type ChangeMade, isMadeByAdapting } from './change.js';
import { type Choosing, chooseOn } from './choose-on.js';

/**
 * The whole choice and fit again, without each fold. A fold in which nothing is changed has the version in service as its
 * predictor. If `shipped` changes only the promises, all folds have: then the predictor that ships has seen no label.
 */
export async function foldChanges(
  shipped: ChangeMade,
  given: Choosing,
  fold: Int32Array,
): Promise<{ folds: FoldChange[]; chosen: ChangeMade[] }> {
  const { adaptation, fresh } = given;
  const { change: asked } = given.rules;
  const fixed = shipped === 'threshold' ? shipped : asked;
  const [numbers, folds, chosen] = [foldsIn(fold), [] as FoldChange[], [] as ChangeMade[]];
  for (const [k, { inside, heldOut }] of foldPlaces(fold).entries()) {
    const parts = { fit: inside, certify: heldOut };
    const own = { fold: numbers[k], inside, heldOut };
    if (fixed !== null && isMadeByAdapting(fixed)) {
      folds.push({ ...own, change: fixed, model: await adaptation.changed(fixed, inside) });
      chosen.push(fixed);
      continue;
    }
    const { choice, tried } = await chooseOn({ ...given, fresh: { ...fresh, parts, fold: null }, whole: undefined });
    const change = isMadeByAdapting(choice.change) ? choice.change : 'threshold';
    folds.push({ ...own, change, model: tried.models.get(change)! });
    chosen.push(choice.change);
  }
  return { folds, chosen };
}
