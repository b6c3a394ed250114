import { AppError } from '../../shared/errors.ts';
import { DockerRules } from './docker-rules.ts';
import { toBytes } from './path-bytes.ts';
import { readEntry } from './read-entry.ts';
import type { BuildContext, ContextOptions } from './snapshots.ts';
import type { Store } from './store.ts';
import { timeBox } from './time-box.ts';
import { encodeTree, treeDigest, type TreeNode } from './tree.ts';

type Trees = Pick<Store, 'trees' | 'blobs'>;

/** Longest that the patterns of a `.dockerignore` may take for a whole context. */
const MATCHING_MS = 5000;
const RULES_BYTES = 1 << 20;
const DOCKERFILE_BYTES = 1 << 20;
const RULES = '.dockerignore';

/**
 * The entries that a builder is sent, named from the root of the context. The file of rules itself is
 * sent whatever it says, as `docker build` does.
 */
export function contextNodes(
  store: Trees,
  digest: string,
  { context = '', ignoreFile = null }: ContextOptions,
): TreeNode[] {
  const nodes = below(store.trees.nodes(digest), context);
  if (ignoreFile === null) return nodes;
  const content = readEntry(store, digest, inContext(context, ignoreFile), RULES_BYTES + 1);
  if (!content) return nodes;
  if (content.length > RULES_BYTES) throw refused(ignoreFile, 'is larger than 1 MB');
  const kept = timeBox(MATCHING_MS, () => matching(nodes, content));
  if (!kept) throw refused(ignoreFile, 'has patterns that take longer than 5 s to match');
  return kept;
}

function matching(nodes: TreeNode[], content: Buffer): TreeNode[] {
  const rules = new DockerRules(content);
  return nodes.filter(({ path }) => path === RULES || !rules.judge(path).out);
}

function below(nodes: TreeNode[], context: string): TreeNode[] {
  if (context === '') return nodes;
  const top = `${toBytes(context)}/`;
  return nodes
    .filter((node) => node.path.startsWith(top))
    .map((node) => ({ ...node, path: node.path.slice(top.length) }));
}

const inContext = (context: string, path: string): string =>
  context === '' ? path : `${context}/${path}`;

const refused = (file: string, what: string): AppError =>
  new AppError('E_DOCKERIGNORE', `${file} ${what}.`, {
    next: 'Write fewer and plainer patterns: name folders instead of many "**".',
  });

/** See `Snapshots.buildContext`. */
export function buildContext(
  store: Trees,
  digest: string,
  { context, dockerfile }: { context: string; dockerfile: string },
): BuildContext {
  const bytes = readEntry(store, digest, inContext(context, dockerfile), DOCKERFILE_BYTES);
  if (!bytes) {
    throw new AppError(
      'E_DOCKERFILE_NOT_FOUND',
      `There is no ${dockerfile} in the build context.`,
      {
        next: 'Check the path, which starts at the build context.',
      },
    );
  }
  const ignoreFile = ignoreFileOf(store, digest, context, dockerfile);
  const nodes = contextNodes(store, digest, { context, ignoreFile });
  const others = nodes.filter(({ path }) => path !== toBytes(dockerfile));
  return {
    digest: treeDigest(encodeTree(others)),
    dockerfile: Buffer.from(bytes).toString('utf8'),
    ignoreFile,
  };
}

/** `<Dockerfile>.dockerignore` goes before the one of the context, as with BuildKit. */
function ignoreFileOf(
  store: Trees,
  digest: string,
  context: string,
  dockerfile: string,
): string | null {
  const paths = new Set(below(store.trees.nodes(digest), context).map(({ path }) => path));
  return [`${dockerfile}.dockerignore`, RULES].find((path) => paths.has(toBytes(path))) ?? null;
}
