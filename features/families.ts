/** The columns of each signal; `a@1`, `a.log@1` and `a.logit@1` belong to the same signal. */
export function families(numeric: string[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  numeric.forEach((full, j) => {
    const name = full.replace(/@\d+$/, '').replace(/\.(log|logit)$/, '');
    const list = found.get(name);
    if (list === undefined) found.set(name, [j]);
    else list.push(j);
  });
  return found;
}
