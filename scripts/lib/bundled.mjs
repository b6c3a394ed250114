/**
 * Packages that the build takes into the app's own files: small ones without native code. One file is
 * read faster than their hundreds. The others are loaded from node_modules.
 */
export const bundledPackages = [
  '@balena/dockerignore',
  '@bufbuild/protobuf',
  '@lezer/common',
  '@lezer/python',
  '@renovatebot/pep440',
  'commander',
  'diff',
  'dockerfile-ast',
  'ignore',
  'simple-git',
  'smol-toml',
  'tar-stream',
  'yaml',
  'zod',
];
