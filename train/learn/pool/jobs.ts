import type { Tf } from '../../../models/networks/types.js';
import { type EmbeddingsFit, type EmbeddingsJob, fitEmbeddings } from '../embeddings/embeddings.js';
import { fitLinear, type LinearFit, type LinearJob } from '../logistic/linear.js';
import { fitNetwork, type NetworkFit, type NetworkJob } from '../networks/network.js';
import type { Sheet } from '../sheet.js';
import { fitWords, type WordsFit, type WordsJob } from '../text/words.js';
import { fitTreesOf, type TreesFit, type TreesJob } from '../trees/trees.js';

/** Everything that is fitted, as plain data, because jobs go to another thread and their results come back. */
export type Job = WordsJob | EmbeddingsJob | LinearJob | NetworkJob | TreesJob;

interface Results {
  words: WordsFit;
  embeddings: EmbeddingsFit;
  linear: LinearFit;
  network: NetworkFit;
  trees: TreesFit;
}

export type Result<T extends Job> = Results[T['kind']];

/** Does one job. The numbers are the same in every thread. */
export async function perform<T extends Job>(tf: Tf, sheet: Sheet, job: T): Promise<Result<T>>;
export async function perform(tf: Tf, sheet: Sheet, job: Job): Promise<Results[Job['kind']]> {
  switch (job.kind) {
    case 'words':
      return fitWords(sheet, job);
    case 'embeddings':
      return fitEmbeddings(tf, sheet, job);
    case 'linear':
      return fitLinear(tf, sheet, job);
    case 'network':
      return fitNetwork(tf, sheet, job);
    case 'trees':
      return fitTreesOf(sheet, job);
  }
}
