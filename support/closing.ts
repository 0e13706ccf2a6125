/** Something that must be closed. */
interface Closable {
  close(): Promise<void>;
}

/** Closes what is open already, if anything, and throws on: for what fails before its owner could close it. */
export function closing(open: Closable | null | undefined): (error: unknown) => Promise<never> {
  return async (error) => {
    await open?.close();
    throw error;
  };
}
