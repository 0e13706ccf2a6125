/** One thing to ask: its id, the digest of what is asked, and what it is made from. */
export interface Job<T> {
  id: string;
  of: string;
  item: T;
}
