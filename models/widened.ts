import type { CompiledPredictor } from './compiled.js';
import { type Encoder, encodedWidth } from './encoder.js';

/**
 * Further inputs for a predictor: signals, which it may read already, with the encoder of these alone; and vocabularies that hold its own
 * values first and may go on, its own categories first too.
 */
export interface FurtherInputs {
  signals: string[];
  encoder: Encoder;
}

/** A predictor that encodes further inputs beside its own, and where things lie in its encoded row now. */
interface Widened {
  predictor: CompiledPredictor;
  /** New place of each encoded input it had. */
  moved: Int32Array;
  /** Place of each input of the further encoder: numbers, missing flags, then the one-hots, which both have in common. */
  further: Int32Array;
}

/**
 * The same predictor with further inputs that nothing reads yet: its outputs stay what they were. The numbers stand behind its
 * signals and before the text channel's column, their missing flags behind its own, new values behind those of their category.
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
  /** Rows of `size` numbers, one for each encoded input, at their new places; zeros for the further ones. */
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
      // New categories stand behind the known ones and belong to no cell.
      sliceIndex: {
        ...predictor.sliceIndex,
        strides: more.vocabularies.map((_, c) => predictor.sliceIndex.strides[c] ?? 0),
      },
    },
    moved,
    further,
  };
}

/** New place of each one-hot among one-hots. */
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
