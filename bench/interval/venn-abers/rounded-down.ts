/** The largest float32 that is at most x. */
export function roundedDown(x: number): number {
  const near = Math.fround(x);
  if (near <= x) return near;
  if (near === 0) return -(2 ** -149);
  const bits = new DataView(new ArrayBuffer(4));
  bits.setFloat32(0, near);
  bits.setInt32(0, bits.getInt32(0) + (near > 0 ? -1 : 1));
  return bits.getFloat32(0);
}
