/**
 * The layers of ARCHITECTURE.md. There are no exceptions: a rule that is in the way is a design
 * question, not a line to add here.
 */

/** A layer may import itself and these layers of ours. */
const layers = {
  shared: [],
  core: ['shared'],
  main: ['core', 'shared'],
  cli: ['core', 'shared'],
  preload: ['shared'],
  renderer: ['shared'],
};

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `${layer}-imports`,
  comment: `${layer} imports ${allowed.length > 0 ? allowed.join(' and ') : 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: `^src/(${[layer, ...allowed].join('|')})/` },
}));

/** Packages only these parts may import, given as patterns of the package and of the importing file. */
const packageRules = [
  ['electron', '^electron$', '^src/(main|preload)/'],
  [
    'react',
    '^(react|react-dom|react-aria-components|lucide-react|zustand|@tanstack)',
    '^src/renderer/',
  ],
  ['dockerode', '^dockerode$', '^src/core/engines/docker/'],
  ['better-sqlite3', '^better-sqlite3$', '^src/core/db/'],
].map(([name, packages, importers]) => ({
  name: `${name}-only-where-it-belongs`,
  comment: `${name} is imported by ${importers} alone`,
  severity: 'error',
  from: { path: '^src/', pathNot: importers },
  to: { path: [packages, `node_modules/${packages.replace(/^\^/, '').replace(/\$$/, '/')}`] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    ...packageRules,
    {
      name: 'no-circles',
      comment: 'modules that import one another in a circle, be it types alone',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-is-there',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-node-in-pages',
      comment: 'pages and the words both sides share run without Node',
      severity: 'error',
      from: { path: '^src/(shared|renderer)/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.d.ts'],
    },
  },
};
