import { resolve } from 'node:path';
import { versions } from '../support/versions.js';
import { plural } from '../support/words/plural.js';
import { openBackend } from '../train/backend/ladder.js';
import { keepingPool } from '../train/learn/pool/keeping-pool.js';
import { keptFits } from '../train/learn/pool/kept-fits.js';
import { numbersIn, openPool } from '../train/learn/pool/open-pool.js';
import type { Pool } from '../train/learn/pool/pool.js';
import { stoppablePool } from '../train/learn/pool/stoppable-pool.js';
import type { TrainOptions } from '../train/options.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { train } from '../train/train.js';
import type { RunOptions } from './run-options.js';

interface RunSetup extends Pick<RunOptions, 'onNote' | 'signal'> {
  out: string;
  resume: boolean;
  options: TrainOptions;
  data: TrainingData;
}

/** The pool, the backend and the training function of a run. */
interface Tools {
  pool: Pool;
  backend: { name: string; said: string };
  train: typeof train;
}

/**
 * Opens what training needs: a backend, and a pool that keeps finished fits in `OUT.fits`. It has its own module, so
 * that tfjs is loaded only when a run begins. `finish` does the work and removes the kept fits; if the work fails, it
 * adds a note that they exist.
 */
export async function openRun({ out, resume, options, data, signal, onNote }: RunSetup): Promise<{
  finish<T>(work: (tools: Tools) => Promise<T>): Promise<T>;
}> {
  const note = (text: string) => onNote?.({ about: 'fits', text });
  const { tf, name, said } = await openBackend(options.backend);
  onNote?.({ about: 'backend', text: said });
  const kept = keptFits(`${resolve(out)}.fits`);
  const opened = openPool({ tf, name }, options.threads, numbersIn(data));
  const pool = keepingPool(signal === undefined ? opened : stoppablePool(opened, signal), {
    kept,
    resume,
    made: { ...versions(), backend: name },
    onFault: (error) => note(`finished fits can no longer be saved: ${(error as Error).message}`),
  });
  return {
    finish: async (work) => {
      try {
        const result = await work({ pool, backend: { name, said }, train });
        await kept.remove();
        return result;
      } catch (error) {
        const count = await kept.count();
        if (count > 0)
          note(`${plural(count, 'finished fit is', 'finished fits are')} kept in ${kept.folder}, for train --resume`);
        throw error;
      } finally {
        await pool.close();
      }
    },
  };
}
