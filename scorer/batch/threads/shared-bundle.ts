import type { Bundle } from '../../../models/bundle/read.js';

/** The files that opening a bundle reads. */
const OPENED = ['model.onnx', 'golden.json'];

/**
 * A verified bundle in memory that threads share. So all threads score with the bundle that the run began with, even if
 * its folder changes meanwhile. Memory: one copy for all threads.
 */
export function sharedBundle(bundle: Bundle): Bundle {
  return { ...bundle, files: mapped(bundle, (size) => new Uint8Array(new SharedArrayBuffer(size))) };
}

/** A copy of the bundle in a thread's own memory, because onnxruntime does not accept shared memory. */
export function ownBundle(bundle: Bundle): Bundle {
  return { ...bundle, files: mapped(bundle, (size) => new Uint8Array(size)) };
}

function mapped({ files }: Bundle, room: (size: number) => Uint8Array): Map<string, Uint8Array> {
  return new Map(
    OPENED.map((name) => {
      const bytes = files.get(name)!;
      const copy = room(bytes.length);
      copy.set(bytes);
      return [name, copy];
    }),
  );
}
