/** What a function throws; null when it throws nothing. */
export function thrownBy(use: () => unknown): unknown {
  try {
    use();
    return null;
  } catch (error) {
    return error;
  }
}
