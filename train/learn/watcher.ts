import { logLossOfLogit } from '../../models/numbers.js';

/** Watched rows: their labels and weights, and the part of each; without parts, all rows are one part. */
interface Watched {
  y: Float64Array;
  w: Float64Array;
  part?: Int32Array;
}

interface WatchedPart {
  places: Int32Array;
  loss: number;
  best: number;
  end: number | null;
}

/** Decides when a fit in steps ends. */
interface Watcher {
  /** Takes the logits of the watched rows after `step` steps; true if the first part has never been better. */
  look(step: number, logits: ArrayLike<number>): boolean;
  /** Whether another step is needed after `done`: some part has not run out of patience. */
  isGoing(done: number): boolean;
  /** For each part: after how many of `done` steps it would have ended on its own. */
  ends(done: number): number[];
  /** Weighted log-loss of the first part at its best step, and that step. */
  best(): { loss: number; step: number };
}

/**
 * Patience by parts. A part ends once `patience` steps have not lowered its log-loss, and the fit continues until all
 * parts have ended. So one fit gives each part the same result as a fit of its own, and no part's labels influence
 * another part. Without watched rows it never ends.
 */
export function watcher({ y, w, part }: Watched, patience: number): Watcher {
  const all = Int32Array.from(y.keys());
  const count = part === undefined ? 1 : part.reduce((most, p) => Math.max(most, p + 1), 1);
  const parts: WatchedPart[] = Array.from({ length: count }, (_, p) => ({
    places: part === undefined ? all : all.filter((i) => part[i] === p),
    loss: Number.POSITIVE_INFINITY,
    best: 0,
    end: null,
  }));
  const lossOf = (places: Int32Array, z: ArrayLike<number>) => {
    let sum = 0;
    let weight = 0;
    for (const i of places) {
      sum += w[i] * logLossOfLogit(z[i], y[i]);
      weight += w[i];
    }
    return sum / weight;
  };
  return {
    look: (step, logits) => {
      let better = false;
      parts.forEach((each, p) => {
        if (each.end !== null) return;
        const loss = lossOf(each.places, logits);
        if (!(loss < each.loss || all.length === 0)) return;
        Object.assign(each, { loss, best: step });
        if (p === 0) better = true;
      });
      return better;
    },
    isGoing: (done) => {
      for (const each of parts) if (each.end === null && done - each.best >= patience) each.end = done;
      return parts.some(({ end }) => end === null);
    },
    ends: (done) => parts.map(({ end }) => end ?? done),
    best: () => ({ loss: parts[0].loss, step: parts[0].best }),
  };
}
