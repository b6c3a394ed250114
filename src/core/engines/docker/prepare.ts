import { AppError } from '../../../shared/errors.ts';
import {
  imageKey,
  imageLabels,
  imageTag,
  LABELS,
  sha256,
  whyBuild,
  type ImageParts,
} from '../../build/image-key.ts';
import { StepReporter } from '../../build/step-events.ts';
import type { Snapshots } from '../../snapshots/snapshots.ts';
import type { PreparedEnvironment, PrepareRequest, StepSink } from '../engine.ts';
import { pullBaseImage } from './base-image.ts';
import { preferredBuilder } from './builder-abilities.ts';
import type { BuildLeftovers } from './build-leftovers.ts';
import { buildImage, type BuildInput } from './build-image.ts';
import type { DockerClient, ImageFacts } from './client.ts';
import { ownDockerfile, textToBuild } from './own-dockerfile.ts';
import { generatedRecipe, ownRecipe, type Recipe } from './recipe.ts';
import { pinnedImage } from './resolve-image.ts';

export interface PrepareParts {
  /** Marks what is built as that of this data folder. */
  instanceId: string;
  client: DockerClient;
  snapshots: Pick<Snapshots, 'tar' | 'buildContext'>;
  /** The builder to use; without it BuildKit, or the classic one where it is refused or cannot do it. */
  builder?: BuildInput['builder'] | undefined;
  leftovers: Pick<BuildLeftovers, 'add'>;
}

/** Finds the image of these inputs, pulls or builds it. See `Engine.prepare`. */
export async function prepare(
  parts: PrepareParts,
  request: PrepareRequest,
  steps: StepSink,
  signal: AbortSignal,
): Promise<PreparedEnvironment> {
  const { code } = request;
  if (code.kind === 'tree') {
    return findOrBuild(parts, request, await recipeFor(parts, request, signal), steps, signal);
  }
  let pulled = false;
  const onBegin = (): void => void (pulled = true);
  const image = await pinnedImage(parts.client, code.source, shifted(steps, 0, onBegin), signal);
  const because = pulled ? 'pulled' : 'the image is on this machine';
  return { id: image.id, name: code.source.reference, reused: !pulled, because, layout: 'image' };
}

async function recipeFor(
  parts: PrepareParts,
  request: PrepareRequest,
  signal: AbortSignal,
): Promise<Recipe> {
  const { code, settings } = request;
  const { snapshots } = parts;
  if (code.kind !== 'tree') throw new Error('an image has no recipe');
  if (code.build.dockerfile === null) {
    const builder = parts.builder ?? preferredBuilder(settings.dockerNetwork);
    return generatedRecipe(snapshots, code, request, builder);
  }
  const own = await ownDockerfile(parts, code, request, signal);
  const text = textToBuild(own, request);
  const { images } = own.check;
  const { builder } = own.abilities;
  return ownRecipe(snapshots, code, { context: own.context, text, images, builder });
}

async function findOrBuild(
  parts: PrepareParts,
  request: PrepareRequest,
  recipe: Recipe,
  steps: StepSink,
  signal: AbortSignal,
): Promise<PreparedEnvironment> {
  const { client } = parts;
  const key = imageKey(recipe.parts);
  const tag = imageTag(key);
  const { layout } = recipe;
  const [image, ...bases] = await Promise.all(
    [tag, ...recipe.bases].map((name) => client.inspectImage(name, signal)),
  );
  if (image && isCurrent(image, key, bases)) {
    return { id: image.id, name: tag, reused: true, because: 'unchanged', layout };
  }
  const ids = await baseIds(client, recipe.bases, bases, steps, signal);
  const baseId = joined(ids);
  const because = await whyBuildNow(client, recipe.parts, baseId, image ?? null, request, signal);
  const pulled = bases.filter((base) => !base).length;
  const reporter = new StepReporter(steps, pulled);
  const labels = imageLabels(recipe.parts, baseId, {
    jobId: request.jobId,
    instanceId: parts.instanceId,
  });
  const id = await build(parts, request, recipe, { tag, labels }, reporter, signal);
  return { id, name: tag, reused: false, because, layout };
}

/** One label for all base images. */
const joined = (ids: readonly string[]): string => (ids.length === 1 ? ids[0]! : sha256(ids));

/** Without a base image at hand, an image made from it earlier is as good as ever. */
function isCurrent(
  image: ImageFacts,
  key: string,
  bases: readonly (ImageFacts | null | undefined)[],
): boolean {
  if (image.labels[LABELS.key] !== key) return false;
  const ids = bases.flatMap((base) => (base ? [base.id] : []));
  return ids.length < bases.length || image.labels[LABELS.baseId] === joined(ids);
}

/** Pulls what is missing, a step each. */
async function baseIds(
  client: DockerClient,
  names: readonly string[],
  there: readonly (ImageFacts | null | undefined)[],
  steps: StepSink,
  signal: AbortSignal,
): Promise<string[]> {
  const ids: string[] = [];
  let step = 0;
  for (const [index, name] of names.entries()) {
    const image =
      there[index] ?? (await pullBaseImage(client, name, shifted(steps, step++), signal));
    ids.push(image.id);
  }
  return ids;
}

/** A sink whose step 0 is step `by` of another. */
const shifted = (steps: StepSink, by: number, onBegin?: () => void): StepSink => ({
  begin: (index, name) => {
    onBegin?.();
    steps.begin(index + by, name);
  },
  output: (index, bytes) => steps.output(index + by, bytes),
  end: (index, state) => steps.end(index + by, state),
});

async function whyBuildNow(
  client: DockerClient,
  wanted: ImageParts,
  baseId: string,
  image: ImageFacts | null,
  { jobId }: PrepareRequest,
  signal: AbortSignal,
): Promise<string> {
  if (image) return whyBuild(wanted, baseId, image.labels);
  if (!jobId) return 'first build';
  const [earlier] = await client.imageLabels(LABELS.job, jobId, signal);
  return whyBuild(wanted, baseId, earlier ?? null);
}

/** Builds with BuildKit, or with the classic builder where the engine has no other. */
async function build(
  { client, builder: forced, leftovers }: PrepareParts,
  { settings }: PrepareRequest,
  recipe: Recipe,
  target: Pick<BuildInput, 'tag' | 'labels'>,
  reporter: StepReporter,
  signal: AbortSignal,
): Promise<string> {
  const withBuilder = (builder: BuildInput['builder']): Promise<string> => {
    const network = networkFor(builder, settings.dockerNetwork);
    const input = { ...recipe.input(builder, signal), ...target, builder, network };
    return buildImage(client, input, reporter, signal, leftovers);
  };
  try {
    return await withBuilder(recipe.builder);
  } catch (error) {
    if (forced || !refusesBuildkit(error)) throw error;
    return withBuilder('classic');
  }
}

const networkFor = (builder: BuildInput['builder'], network: string): string =>
  builder === 'buildkit' && (network === 'bridge' || network === 'default') ? '' : network;

const refusesBuildkit = (error: unknown): boolean =>
  error instanceof AppError &&
  error.code === 'E_ENGINE' &&
  /buildkit|builder version|invalid version/i.test(error.message);
