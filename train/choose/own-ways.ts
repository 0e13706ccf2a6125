import { pluginCalibrators, usedCalibrators } from '../../models/calibrators/define-calibrator.js';
import type { Given, Plugins } from '../../support/plugins/plugin.js';
import { pluginLearners, usedLearners } from '../learn/define-learner.js';
import type { FittedModel } from './fit-model.js';
import type { OwnWays } from './fold-fits.js';

/** The learners and calibrators of the given plug-ins. Error: BAD_USAGE for an incomplete one. */
export function ownWays(plugins: Plugins = []): OwnWays {
  return { learners: pluginLearners(plugins), calibrators: pluginCalibrators(plugins) };
}

/** The plug-ins behind the learners and calibrators of a model. */
export function usedWays(plugins: Plugins, { main, fittedPatterns }: FittedModel): readonly Given[] {
  const fits = [main, ...fittedPatterns.map(({ fitted }) => fitted)];
  const learners = new Set<string>(fits.flatMap(({ shares }) => shares.map(({ kind }) => kind)));
  const calibrators = new Set(fits.map(({ calibration }) => calibration.calibration.name));
  return [...usedLearners(plugins, learners), ...usedCalibrators(plugins, calibrators)];
}
