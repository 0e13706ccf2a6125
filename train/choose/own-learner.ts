import type { Network } from '../../models/networks/types.js';
import type { Logits } from '../../models/numbers.js';
import type { Random } from '../../support/random.js';
import { type LearnerPlugin, learnedNetwork, logitsOfLearned } from '../learn/define-learner.js';
import { encodedRows } from '../learn/logistic/linear.js';
import { type Sheet, schemaWith } from '../learn/sheet.js';
import { extraOf } from './channels.js';
import type { Ground } from './ground.js';

/**
 * Fits a plug-in's learner on a ground's rows: its network, and its logits for the held rows. It is done here and not
 * in the pool, because a function cannot be sent to a thread. Error: PLUGIN_FAILED.
 */
export function fitOwn(
  sheet: Sheet,
  ground: Ground,
  plugin: LearnerPlugin,
  random: Random,
): { network: Network; logits: Logits } {
  const { rows, heldOut, encoder } = ground;
  const extra = extraOf(ground.channels);
  const { x, y, w } = encodedRows(sheet, extra, encoder, rows);
  const inputs = inputNames(sheet, ground);
  const network = learnedNetwork(plugin, {
    ...{ x, y, w, inputs, n: rows.length, width: inputs.length },
    group: rows.map((row) => sheet.group[row]),
    random: () => random.next(),
  });
  return { network, logits: logitsOfLearned(network, encodedRows(sheet, extra, encoder, heldOut).x) };
}

function inputNames(sheet: Sheet, { channels, encoder }: Ground): string[] {
  const { numeric, categorical } = schemaWith(sheet, extraOf(channels));
  return [
    ...numeric,
    ...encoder.indicators.map((column) => `missing ${numeric[column]}`),
    ...categorical.flatMap(({ name, vocabulary }) => vocabulary.map((value) => `${name}=${value}`)),
  ];
}
