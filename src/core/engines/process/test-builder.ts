// The "app" that tests kill while it makes a virtual environment.
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts';
import { treeCode } from '../testing/tree-code.ts';
import { engineOn, never } from './test-kit.ts';

const [folder = '', packageIndex = '', requirements = ''] = process.argv.slice(2);
const silent = { begin: () => undefined, output: () => undefined, end: () => undefined };
await engineOn(folder).prepare(
  {
    runId: 'run',
    code: treeCode('tree', { requirements }),
    rewrite: false,
    settings: { ...DEFAULT_SETTINGS, packageIndex },
  },
  silent,
  never,
);
