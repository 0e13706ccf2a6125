import { join } from 'node:path';
import type { Bundle } from '../../models/bundle/read.js';
import { checkTarget } from '../../models/bundle/write.js';
import { type RecalibrateRules, recalibrateRules } from '../../recalibrate/rules.js';
import { refuseOutputs } from '../../support/folder/same-place.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import type { Plugins } from '../../support/plugins/plugin.js';
import type { TrainOptions } from '../../train/options.js';
import type { RecalibrateOptions } from './recalibrate-options.js';

/** The version in service, and how the new one is to be made. */
export interface OpenedVersion {
  bundle: Bundle;
  plugins: Plugins;
  rules: RecalibrateRules;
  /** The options of training that the caller set, and those that hold. */
  asked: Partial<TrainOptions>;
  options: TrainOptions;
  /** File for lines that are skipped. */
  aside: string;
}

/** Opens the version in service, and checks where the new one goes. Errors: those of opening a bundle; BAD_USAGE. */
export async function openVersion(given: RecalibrateOptions, inputs: readonly string[]): Promise<OpenedVersion> {
  const { versions, out, report, targetError, confidence, allowLeak, groupBy, mergeNear } = given;
  const rules = recalibrateRules(given);
  const model = given.model ?? join(versions!, 'current');
  const plugins = await openPlugins(given.plugins);
  const { verifiedBundle } = await import('../../scorer/verified-bundle.js');
  const bundle = await verifiedBundle(model, { digest: given.digest, trusted: given.trusted }, plugins);
  const aside = given.badFile ?? `${(out ?? versions ?? model).replace(/\/+$/, '')}.bad.jsonl`;
  const outputs = Object.entries({ out, report, badFile: aside });
  await refuseOutputs(outputs, { inputs: [...inputs], folders: [model] });
  if (out !== undefined) await checkTarget(out);
  const { keptOptions } = await import('../../adapt/kept-options.js');
  const asked = { targetError, confidence, seed: rules.seed, allowLeak, groupBy, mergeNear };
  return { bundle, plugins, rules, asked, options: keptOptions(bundle.manifest.options, asked), aside };
}
