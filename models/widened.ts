import type { CompiledPredictor } from './compiled.js';
import { type Encoder, encodedWidth } from './encoder.js';

/**
 * Additional inputs for a predictor: signals (it may already read some of them) with an encoder for them alone, and
 * vocabularies. A vocabulary begins with the predictor's own values and may have more; the categories begin with its
 * own categories.
 */
export interface FurtherInputs {
  signals: string[];
  encoder: Encoder;
}

/** A predictor that encodes additional inputs, and the new places in its encoded row. */
interface Widened {
  predictor: CompiledPredictor;
  /** New place of each encoded input that it had. */
  moved: Int32Array;
  /**
   * Place of each input of the additional encoder: numbers, missing flags, then the one-hots, which both encoders
   * share.
   */
  further: Int32Array;
}

/**
 * The same predictor with additional inputs that nothing reads yet, so its outputs do not change. The new numbers come
 * after its signals and before the text channel's column, their missing flags after its own flags, new values after
 * those of their category.
 */
export function widenedPredictor(predictor: CompiledPredictor, { signals, encoder: more }: FurtherInputs): Widened {
  const { encoder, networks, trees, shift } = predictor;
  const s = predictor.signals.length;
  const d = encoder.centre.length;
  const k = signals.length;
  const flags = encoder.indicators.length;
  const before = encodedWidth(encoder);
  const column = (j: number) => (j < s ? j : j + k);
  const wide: Encoder = {
    centre: spliced(encoder.centre, s, more.centre),
    scale: spliced(encoder.scale, s, more.scale),
    indicators: [...encoder.indicators.map(column), ...more.indicators.map((j) => s + j)],
    vocabularies: more.vocabularies,
  };
  const width = encodedWidth(wide);
  const hot = movedOneHots(encoder.vocabularies, more.vocabularies);
  const hotFrom = d + k + flags + more.indicators.length;
  const moved = Int32Array.from({ length: before }, (_, j) =>
    j < d ? column(j) : j < d + flags ? j + k : hotFrom + hot[j - d - flags],
  );
  const further = Int32Array.from({ length: encodedWidth(more) }, (_, j) => (j < k ? s + j : d + flags + j));
  /**
   * Moves rows of `size` numbers, one row for each encoded (then embedded) input, to their new places; zeros for the
   * additional inputs.
   */
  const rearranged = (values: Float32Array, size: number): Float32Array => {
    const out = new Float32Array(width * size);
    for (let j = 0; j < values.length / size; j++) out.set(values.subarray(j * size, (j + 1) * size), moved[j] * size);
    return out;
  };
  const layers = networks?.layers.map((each) => {
    const size = each.hidden[0];
    const own = each.inputs * size;
    const parts = Array.from({ length: each.members }, (_, m) =>
      rearranged(each.weights[0].subarray(m * own, (m + 1) * own), size),
    );
    const weights = new Float32Array(parts.length * parts[0].length);
    parts.forEach((part, m) => {
      weights.set(part, m * part.length);
    });
    return { ...each, inputs: width, weights: [weights, ...each.weights.slice(1)] };
  });
  return {
    predictor: {
      ...predictor,
      signals: [...predictor.signals, ...signals],
      encoder: wide,
      networks:
        networks === null
          ? null
          : {
              ...networks,
              linear: rearranged(networks.linear, 1),
              layers: layers!,
            },
      trees:
        trees === null
          ? null
          : { ...trees, columns: trees.columns.map((j) => (j < d ? column(j) : d + k + hot[j - d])) },
      shift: { ...shift, weights: rearranged(shift.weights, shift.directions) },
      // New categories come after the known ones and belong to no slice.
      sliceIndex: {
        ...predictor.sliceIndex,
        strides: more.vocabularies.map((_, c) => predictor.sliceIndex.strides[c] ?? 0),
      },
    },
    moved,
    further,
  };
}

/** New place of each one-hot among the one-hots. */
function movedOneHots(old: number[], now: number[]): number[] {
  const places: number[] = [];
  let start = 0;
  old.forEach((size, c) => {
    for (let v = 0; v < size; v++) places.push(start + v);
    start += now[c];
  });
  return places;
}

function spliced(values: number[], at: number, more: number[]): number[] {
  return [...values.slice(0, at), ...more, ...values.slice(at)];
}
