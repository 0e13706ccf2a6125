import { VouchError } from '../../support/errors.js';

/**
 * The body of one request while it arrives. Its owner counts the bytes, and reports when the body is complete or given
 * up.
 */
export interface Arriving {
  /** Errors: BUSY, if this body is cut off. */
  add(bytes: number): void;
  end(): void;
}

/** Registers a body that begins to arrive. `cut` is called if it must make room for others. */
export type Arrivals = (cut: (error: VouchError) => void) => Arriving;

/**
 * Limits the total bytes of all bodies that are arriving. Beyond `most`, the largest of them is cut off. So however
 * many large or slow bodies are sent, a small one arrives.
 */
export function arrivals(most: number): Arrivals {
  const sizes = new Map<(error: VouchError) => void, number>();
  let total = 0;
  const leave = (cut: (error: VouchError) => void) => {
    total -= sizes.get(cut) ?? 0;
    sizes.delete(cut);
  };
  return (cut) => {
    sizes.set(cut, 0);
    return {
      add: (bytes) => {
        const size = sizes.get(cut);
        if (size === undefined) return; // it was cut off
        sizes.set(cut, size + bytes);
        total += bytes;
        if (total <= most) return;
        let largest = cut;
        for (const [each, held] of sizes) if (held > (sizes.get(largest) ?? 0)) largest = each;
        leave(largest);
        largest(new VouchError('BUSY', `${most} bytes of requests are arriving already`));
      },
      end: () => leave(cut),
    };
  };
}
