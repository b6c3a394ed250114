/** Reads a file of the code as text; null when it is not there. */
export type ReadText = (path: string) => Promise<string | null>;
