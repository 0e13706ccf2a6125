import { type AnswerSource, IN_MEMORY, pathsOf } from '../../data/read/answer-source.js';
import { pluginReaders } from '../../data/read/formats/define-reader.js';
import { setAside } from '../../data/write/set-aside.js';
import { checkTarget, writeBundle } from '../../models/bundle/write.js';
import type { PolicyReport } from '../../policy/report/results.js';
import { VouchError } from '../../support/errors.js';
import { type Output, refuseOutputs } from '../../support/folder/same-place.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { reportedProgress } from '../../support/reported-progress.js';
import { unlessAborted } from '../../support/unless-aborted.js';
import { versions } from '../../support/versions.js';
import { dataFiles } from '../data-files.js';
import { inputsOf, namedFiles, type ReadSettings, splitReading } from '../read-settings.js';
import type { PluginOptions, RunOptions } from '../run-options.js';
import { type PricesInput, readPrices } from './read-prices.js';

/** Options of `policyTrain`. Defaults: `policy/options.ts` and `scorer/policy/prices.ts`. */
export interface PolicyTrainOptions extends ReadSettings, PluginOptions, RunOptions {
  /** Folder of the policy. */
  out: string;
  /** A JSON file of prices, or its content: the stages, and what outcomes cost. See docs/policy.md. */
  prices: PricesInput;
  /** Allowed share of errors among answers that the policy returns and accepts (α), and the confidence (1 − δ). */
  targetError?: number;
  confidence?: number;
  /** Seed for all random steps. */
  seed?: number;
  /** Field with the chance that all stages were bought, or with a chance per stage (default `bought`). */
  boughtChance?: string;
  /** Options of `train` for the predictors. */
  training?: Record<string, unknown>;
}

/** The result of `policyTrain`. */
export interface PolicyTrainResult {
  /** The folder of the policy, as given. */
  policy: string;
  /** The content of report.json. */
  report: PolicyReport;
}

/**
 * Learns from logs that hold every stage when to accept an answer, when to stop and which signal to buy next, and
 * certifies this policy as a whole. Errors: those of reading and of `train`; SELECTED_LOG; BAD_USAGE for prices that
 * contradict each other.
 */
export async function policyTrain(answers: AnswerSource, options: PolicyTrainOptions): Promise<PolicyTrainResult> {
  const { out, prices: given, plugins: sources, onProgress, onNote, signal, ...settings } = options;
  if (typeof out !== 'string')
    throw new VouchError('BAD_USAGE', 'the folder of the policy is missing', { field: 'out' });
  const { read, badFile = `${out}.bad.jsonl`, rest } = splitReading(settings);
  const { parsePolicyOptions, trainingOf } = await import('../../policy/options.js');
  const parsed = parsePolicyOptions(rest);
  const { prices, file } = await readPrices(given);
  const inputs = [...namedFiles(answers, read, sources), ...(file === undefined ? [] : [file])];
  const outputs: Output[] = [
    ['out', out],
    ['badFile', badFile],
  ];
  await refuseOutputs(outputs, { inputs });
  const plugins = await openPlugins(sources);
  await checkTarget(out);
  unlessAborted(signal);
  const { readAll } = await import('../../data/read/read-all.js');
  const { sortCases } = await import('../../policy/intake/sort-cases.js');
  const show = onProgress === undefined ? undefined : reportedProgress(onProgress);
  const reading = { ...read, readers: pluginReaders(plugins) };
  const { items: records, groups, bad, notes } = await readAll(answers, reading, { show, signal }, (each) => each);
  const warnings = [...(await setAside(bad, badFile)), ...notes];
  const sorted = sortCases(records, groups, prices, parsed.boughtChance);
  const data = await dataFiles(inputsOf(answers, read), signal);
  const { withPolicyTools } = await import('./policy-run.js');
  const trained = await withPolicyTools(trainingOf(parsed), { signal, onNote }, ({ pool, backend, trainPolicy }) =>
    trainPolicy(sorted, prices, parsed, {
      ...{ pool, backend, files: pathsOf(answers) ?? [IN_MEMORY], inputs: data, read: records.length, bad: bad.length },
      ...{ warnings, created: new Date().toISOString(), versions: versions(), naming: read.naming, plugins, show },
    }),
  );
  unlessAborted(signal);
  await writeBundle(out, trained.files, trained.manifest);
  return { policy: out, report: trained.report };
}
