/** Joined steps: `value[i]` holds up to and at `at[i]`. */
interface Joined {
  at: number[];
  value: number[];
}

/**
 * An ascending step function, `value[i]` up to and at `z[i]`, with at most `most` steps: neighbours are joined at the larger of
 * their values, so that it is never lowered, and raised by at most the least of 0, 1e-3, 2e-3, 4e-3, … that suffices.
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
