const MADE = /^(?:record|answer):\d+(?:\/\d+)?$/;

/** Whether vouch made this id, for a record without one. Such ids repeat, so nothing can be found by them. */
export function isMadeId(id: string): boolean {
  return MADE.test(id);
}
