/** Joined steps: `value[i]` is valid up to and including `at[i]`. */
interface Joined {
  at: number[];
  value: number[];
}

/**
 * Reduces an ascending step function, `value[i]` up to and including `z[i]`, to at most `most` steps. Neighbours are
 * joined at the larger of their values, so that the function is never lowered. It is raised by at most the smallest of
 * 0, 1e-3, 2e-3, 4e-3, … that is enough.
 */
export function coarser(z: number[], value: ArrayLike<number>, most: number): Joined {
  let joined = join(z, value, 0);
  for (let rise = 1e-3; joined.at.length > most; rise *= 2) joined = join(z, value, rise);
  return joined;
}

function join(z: number[], value: ArrayLike<number>, rise: number): Joined {
  const joined: Joined = { at: [], value: [] };
  for (let last = z.length - 1; last >= 0; ) {
    const to = last;
    while (last >= 0 && value[to] - value[last] <= rise) last--;
    joined.at.push(z[to]);
    joined.value.push(value[to]);
  }
  return { at: joined.at.reverse(), value: joined.value.reverse() };
}
