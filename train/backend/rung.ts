import type { Tf } from '../../models/networks/types.js';

/** The names of the backends, fastest first: the order of the ladder. */
export const backendNames = ['cuda', 'webgpu', 'libtensorflow', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

/** What can be requested: a backend by name, or the fastest that works. */
export type BackendRequest = 'auto' | BackendName;
export const backendRequests: readonly BackendRequest[] = ['auto', ...backendNames];

/** How rungs are tried. */
export interface RungOptions {
  /** Folders whose node_modules may hold the optional packages, first match wins; default: train/backend/peer.ts. */
  places?: readonly string[];
  /** Lets a software adapter (SwiftShader, llvmpipe) pass for webgpu: for checks of correctness, never for speed. */
  softwareAdapters?: boolean;
}

/** The result of trying a backend: it runs (`what` says on what), or it does not (`why`). */
type Tried = { open: true; what: string } | { open: false; why: string };

/** One rung of the ladder: a way to compute. `open` makes tfjs run on it or leaves tfjs as it was. */
export interface Rung {
  name: BackendName;
  /** What to do where it is wanted and missing. */
  remedy: string;
  open(tf: Tf, options: RungOptions): Promise<Tried>;
}

export const opened = (what: string): Tried => ({ open: true, what });
export const unavailable = (why: string): Tried => ({ open: false, why });
