import type { Bundle } from '../../../models/bundle/read.js';

/** What opening a bundle reads of it. */
const OPENED = ['model.onnx', 'golden.json'];

/**
 * A verified bundle for threads, in memory that they share: so all threads score with the bundle that the run began with, whatever
 * is written to its folder meanwhile. Memory: one copy for all.
 */
export function sharedBundle(bundle: Bundle): Bundle {
  return { ...bundle, files: mapped(bundle, (size) => new Uint8Array(new SharedArrayBuffer(size))) };
}

/** The same in a thread's own memory: onnxruntime takes no other. */
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
