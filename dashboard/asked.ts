import type { Prices } from '../scorer/policy/prices.js';

/** What the pages of one service have in common. */
export interface Setting {
  /** The store: a path, or postgres://… */
  place: string;
  /** Folder of the bundle in use. */
  model: string;
  /** Path under which the dashboard is served. */
  base: string;
  /** The monitor's state file, or its result as JSON; null: not given. */
  monitorState: string | null;
  /** The file of answers to label next, as `vouch monitor --queue` writes it; null: not given. */
  queue: string | null;
  /** Whether clients of the service belong to tenants. */
  hasTenants: boolean;
  /** Version of vouch. */
  vouch: string;
}

/** One page that somebody asks for. */
export interface Asked {
  page: string;
  /** Query of the address. */
  query: Readonly<Record<string, string>>;
  /** Whose rows are shown; null: those of all tenants. */
  tenant: string | null;
  /** SHA-256 of the manifest of the bundle in use. */
  digest: string;
  /** Prices of the policy that the service follows; null: it follows none. */
  prices: Prices | null;
  /** Milliseconds since 1970. */
  now: number;
  /** Whether the page offers to sign out. */
  isSignedIn: boolean;
}
