/** For an option that may be given several times. */
export const collect = (text: string, before: string[] = []): string[] => [...before, text];
