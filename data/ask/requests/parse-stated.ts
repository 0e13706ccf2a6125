/**
 * A stated confidence from free text, in 0..1: the first number. "95", "95%", "95/100", "9 out of 10" and "0.95" are
 * all read. A whole number without a scale is in per cent, as the prompt asks. Undefined if there is no number or it is
 * outside its scale.
 */
export function parseStated(text: string): number | undefined {
  const found = /(-?)(\d+(?:[.,]\d+)?|\.\d+)\s*(%|(?:\/|out of)\s*(\d+))?/.exec(text);
  if (found === null || found[1] === '-') return undefined;
  const value = Number(found[2].replace(',', '.'));
  const fraction = /[.,]/.test(found[2]) && value <= 1;
  const scale = found[4] !== undefined ? Number(found[4]) : found[3] === '%' || !fraction ? 100 : 1;
  const share = value / scale;
  return share >= 0 && share <= 1 ? share : undefined;
}
