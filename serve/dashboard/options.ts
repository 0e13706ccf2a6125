import type { TenantKey } from '../http/tenants.js';

/** The tenant of a key that shows the rows of all tenants. */
export const ALL_TENANTS = '*';

/** The pages about stored answers. */
export interface DashboardOptions {
  /** Who may open them, and whose rows each key shows; empty: anyone, which is only allowed on a loopback address. */
  keys: readonly TenantKey[];
  /** The monitor's state file, or its findings as JSON; null: none. */
  monitorState: string | null;
  /** The file of answers to label next; null: none. */
  queue: string | null;
}
