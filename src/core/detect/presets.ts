import { posix } from 'node:path';
import type { Preset } from '../../shared/domain/detection.ts';
import { flatten, isConfigFile } from './config/flatten.ts';
import type { Workspace } from './workspace.ts';

/** Folders that hold config files, and names of single ones beside the code. */
const FOLDER =
  /(?:^|\/)(?:configs?|conf|cfgs?|experiments?|presets?|params|hparams|recipes|settings)(?:\/|$)/;
const FILE =
  /^(?:config|conf|params|hparams|hyperparams|hyperparameters|settings|defaults?|train|experiment)(?:[._-][\w.-]*)?\.(?:ya?ml|json|toml)$/;
/** Files of tools, which say nothing of a job. */
const TOOLS =
  /^(?:package(?:-lock)?|tsconfig.*|pyproject|Pipfile|poetry|uv|\.pre-commit-config|mkdocs|docker-compose.*|compose|environment|conda|codecov|renovate|launch|settings\.local|tokenizer.*|vocab|special_tokens_map|added_tokens|generation_config|_config)\.(?:ya?ml|json|toml)$/;
const LIMIT = 60;
const DEPTH = 5;

/** Config files of a folder of code, each with how many values it holds. */
export async function findPresets(workspace: Workspace, root: string): Promise<Preset[]> {
  const paths = [...workspace.folders()]
    .filter((folder) => isInside(folder, root) && relative(folder, root).split('/').length <= DEPTH)
    .flatMap((folder) => workspace.filesIn(folder).filter((path) => isPreset(path, root)))
    .toSorted((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))
    .slice(0, LIMIT);
  const presets: Preset[] = [];
  for (const path of paths) {
    const text = await workspace.readText(path);
    const leaves = text === null ? null : flatten(path, text);
    const [first] = leaves ?? [];
    if (!leaves || !first) continue;
    const name = relative(path, root).replace(/\.[^.]+$/, '');
    presets.push({ name, path, keys: leaves.length, evidence: { file: path, line: first.line } });
  }
  return presets;
}

const isInside = (folder: string, root: string): boolean =>
  root === '.' || folder === root || folder.startsWith(`${root}/`);

const relative = (path: string, root: string): string =>
  root === '.' ? path : path.slice(root.length + 1);

const depthOf = (path: string): number => path.split('/').length;

function isPreset(path: string, root: string): boolean {
  const name = posix.basename(path);
  if (!isConfigFile(path) || TOOLS.test(name) || /(?:^|\/)\./.test(path)) return false;
  const folder = posix.dirname(relative(path, root));
  return FOLDER.test(folder) || (FILE.test(name) && depthOf(relative(path, root)) <= 2);
}
