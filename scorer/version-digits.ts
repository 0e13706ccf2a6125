/** Number of hex digits of the manifest's digest that identify a bundle in rows and replies. */
export const VERSION_DIGITS = 12;
