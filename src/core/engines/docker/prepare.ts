import { AppError } from '../../../shared/errors.ts';
import { CODE_PREFIX, generateDockerfile } from '../../build/dockerfile.ts';
import {
  imageKey,
  imageLabels,
  imageParts,
  imageTag,
  LABELS,
  whyBuild,
  type ImageParts,
} from '../../build/image-key.ts';
import { pipConfig } from '../../build/package-index.ts';
import { StepReporter } from '../../build/step-events.ts';
import type { Snapshots } from '../../snapshots/snapshots.ts';
import type { PreparedEnvironment, PrepareRequest, StepSink, TreeCode } from '../engine.ts';
import { pullBaseImage } from './base-image.ts';
import { buildImage, type BuildInput } from './build-image.ts';
import type { DockerClient, ImageFacts } from './client.ts';

export interface PrepareParts {
  client: DockerClient;
  snapshots: Pick<Snapshots, 'tar'>;
  /** The builder to use; without it BuildKit, or the classic one where it is refused or cannot do it. */
  builder?: BuildInput['builder'] | undefined;
}

/** BuildKit takes no networks but these. */
const BUILDKIT_NETWORKS = new Set(['', 'default', 'bridge', 'host', 'none']);

/** Finds the image of these inputs, or builds it. See `Engine.prepare`. */
export async function prepare(
  parts: PrepareParts,
  request: PrepareRequest,
  steps: StepSink,
  signal: AbortSignal,
): Promise<PreparedEnvironment> {
  const { client } = parts;
  const code = treeOf(request.code);
  const wanted = imageParts(code.tree, code.plan, request.settings);
  // Refused before anything is asked of the engine.
  pipConfig(request.settings.packageIndex);
  const key = imageKey(wanted);
  const tag = imageTag(key);
  const [image, base] = await Promise.all([
    client.inspectImage(tag, signal),
    client.inspectImage(wanted.base, signal),
  ]);
  if (image && isCurrent(image, key, base)) {
    return { id: image.id, name: tag, reused: true, because: 'unchanged', layout: 'slipway' };
  }
  const baseId = (base ?? (await pullBaseImage(client, wanted.base, steps, signal))).id;
  const because = await whyBuildNow(client, wanted, baseId, image, request.jobId, signal);
  const reporter = new StepReporter(steps, base ? 0 : 1);
  const labels = imageLabels(wanted, baseId, request.jobId);
  const id = await build(parts, request, { tag, labels }, reporter, signal);
  return { id, name: tag, reused: false, because, layout: 'slipway' };
}

function treeOf(code: PrepareRequest['code']): TreeCode {
  if (code.kind === 'tree') return code;
  throw new AppError('E_STATE', 'Image jobs cannot be run yet.');
}

/** Without the base image at hand, an image made from it earlier is as good as ever. */
const isCurrent = (image: ImageFacts, key: string, base: ImageFacts | null): boolean =>
  image.labels[LABELS.key] === key && (!base || image.labels[LABELS.baseId] === base.id);

async function whyBuildNow(
  client: DockerClient,
  wanted: ImageParts,
  baseId: string,
  image: ImageFacts | null,
  jobId: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (image) return whyBuild(wanted, baseId, image.labels);
  if (!jobId) return 'first build';
  const [earlier] = await client.imageLabels(LABELS.job, jobId, signal);
  return whyBuild(wanted, baseId, earlier ?? null);
}

/** Builds with BuildKit, or with the classic builder where the engine has no other. */
async function build(
  parts: PrepareParts,
  request: PrepareRequest,
  target: Pick<BuildInput, 'tag' | 'labels'>,
  reporter: StepReporter,
  signal: AbortSignal,
): Promise<string> {
  const network = request.settings.dockerNetwork;
  const withBuilder = (builder: BuildInput['builder']): Promise<string> => {
    const context = (): AsyncIterable<Buffer> => buildContext(parts, request, builder, signal);
    const input: BuildInput = {
      ...target,
      context,
      builder,
      network: networkFor(builder, network),
    };
    return buildImage(parts.client, input, reporter, signal);
  };
  const preferred = BUILDKIT_NETWORKS.has(network) ? 'buildkit' : 'classic';
  try {
    return await withBuilder(parts.builder ?? preferred);
  } catch (error) {
    if (parts.builder || !refusesBuildkit(error)) throw error;
    return withBuilder('classic');
  }
}

const networkFor = (builder: BuildInput['builder'], network: string): string =>
  builder === 'buildkit' && (network === 'bridge' || network === 'default') ? '' : network;

const refusesBuildkit = (error: unknown): boolean =>
  error instanceof AppError &&
  error.code === 'E_ENGINE' &&
  /buildkit|builder version|invalid version/i.test(error.message);

function buildContext(
  { snapshots }: PrepareParts,
  { code, settings }: PrepareRequest,
  builder: BuildInput['builder'],
  signal: AbortSignal,
): AsyncIterable<Buffer> {
  const { tree, plan } = treeOf(code);
  const dockerfile = generateDockerfile({
    baseImage: settings.baseImage,
    requirements: plan.requirements,
    buildkit: builder === 'buildkit',
  });
  const extra = [
    { path: 'Dockerfile', content: dockerfile },
    { path: 'requirements.txt', content: plan.requirements },
    { path: 'pip.conf', content: pipConfig(settings.packageIndex) },
  ];
  return snapshots.tar(tree, { prefix: CODE_PREFIX, extra }, signal);
}
