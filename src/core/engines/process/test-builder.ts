// The "app" that tests kill while it makes a virtual environment.
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings.ts';
import { engineOn, never } from './test-kit.ts';

const [folder = '', packageIndex = '', requirements = ''] = process.argv.slice(2);
const silent = { begin: () => undefined, output: () => undefined, end: () => undefined };
await engineOn(folder).prepare(
  {
    runId: 'run',
    tree: 'tree',
    plan: { dependencies: null, requirements },
    settings: { ...DEFAULT_SETTINGS, packageIndex },
  },
  silent,
  never,
);
