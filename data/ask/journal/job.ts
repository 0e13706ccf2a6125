/** One thing to ask: its id, a digest of what is asked (`of`), and the data that the request is made from. */
export interface Job<T> {
  id: string;
  of: string;
  item: T;
}
