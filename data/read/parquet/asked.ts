export type Asked =
  | { what: 'open'; file: string }
  | { what: 'decode' | 'add'; group: number; columns: string[] }
  | { what: 'take'; from: number; to: number }
  | { what: 'close' };
