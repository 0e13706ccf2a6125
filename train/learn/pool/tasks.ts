import type { Tf } from '../../../models/networks/types.js';
import { fitLinear, type LinearFit, type LinearTask } from '../logistic/linear.js';
import { fitNetwork, type NetworkFit, type NetworkTask } from '../networks/network.js';
import type { Sheet } from '../sheet.js';
import { fitWords, type WordsFit, type WordsTask } from '../text/words.js';
import { fitTreesOf, type TreesFit, type TreesTask } from '../trees/trees.js';

/** Everything that is fitted, as plain data: it goes to another thread and its result comes back. */
export type Task = WordsTask | LinearTask | NetworkTask | TreesTask;

interface Results {
  words: WordsFit;
  linear: LinearFit;
  network: NetworkFit;
  trees: TreesFit;
}

export type Result<T extends Task> = Results[T['kind']];

/** Does one task; the same numbers in whichever thread. */
export async function perform<T extends Task>(tf: Tf, sheet: Sheet, task: T): Promise<Result<T>>;
export async function perform(tf: Tf, sheet: Sheet, task: Task): Promise<Results[Task['kind']]> {
  switch (task.kind) {
    case 'words':
      return fitWords(sheet, task);
    case 'linear':
      return fitLinear(tf, sheet, task);
    case 'network':
      return fitNetwork(tf, sheet, task);
    case 'trees':
      return fitTreesOf(sheet, task);
  }
}
