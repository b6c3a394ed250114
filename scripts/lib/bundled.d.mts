export const bundledPackages: string[];
