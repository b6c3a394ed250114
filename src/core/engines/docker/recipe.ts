import { baseImageFor } from '../../build/base-choice.ts';
import type { DockerfileCheck } from '../../build/check-dockerfile.ts';
import {
  CODE_PREFIX,
  dockerfileFor,
  hasRequirements,
  TEMPLATE_VERSION,
} from '../../build/dockerfile.ts';
import { sha256, type ImageParts } from '../../build/image-key.ts';
import { imageReferenceText, parseImageReference } from '../../build/image-reference.ts';
import { pipConfig } from '../../build/package-index.ts';
import type { BuildContext, Snapshots } from '../../snapshots/snapshots.ts';
import type { Layout, PrepareRequest, TreeCode } from '../engine.ts';
import type { BuildInput } from './build-image.ts';

type Builder = BuildInput['builder'];

/** How one image comes about, whichever Dockerfile it has. */
export interface Recipe {
  parts: ImageParts;
  /** Images that are pulled before the build when they are not there. */
  bases: string[];
  layout: Layout;
  /** The builder to begin with. */
  builder: Builder;
  input(
    builder: Builder,
    signal: AbortSignal,
  ): Pick<BuildInput, 'context' | 'dockerfile' | 'text' | 'args' | 'target'>;
}

/** The image of code that brings no Dockerfile. `tree`: digest of the part of the tree that is sent. */
export function generatedRecipe(
  snapshots: Pick<Snapshots, 'tar'>,
  code: TreeCode,
  { settings }: Pick<PrepareRequest, 'settings'>,
  builder: Builder,
): Recipe {
  const { plan, build } = code;
  const base = baseImageFor(code, settings);
  // Refused before anything is asked of the engine.
  const index = pipConfig(settings.packageIndex);
  const wanted = hasRequirements(plan.requirements);
  return {
    parts: {
      template: String(TEMPLATE_VERSION),
      base,
      tree: build.context === '' ? code.tree : sha256([code.tree, build.context]),
      dependencies: sha256(wanted ? [plan.requirements, plan.locked, settings.packageIndex] : []),
      options: '',
    },
    bases: [base],
    layout: 'slipway',
    builder,
    input: (used, signal) => ({
      dockerfile: 'Dockerfile',
      text: null,
      args: {},
      target: null,
      context: () =>
        snapshots.tar(
          code.tree,
          {
            prefix: CODE_PREFIX,
            context: build.context,
            extra: [
              { path: 'Dockerfile', content: dockerfileFor(code, settings, used) },
              { path: 'requirements.txt', content: plan.requirements },
              { path: 'pip.conf', content: index },
            ],
          },
          signal,
        ),
    }),
  };
}

/** The image of code with its own Dockerfile. `text`: the Dockerfile as it is built. */
export function ownRecipe(
  snapshots: Pick<Snapshots, 'tar'>,
  { tree, build }: TreeCode,
  found: {
    context: BuildContext;
    text: string;
    images: DockerfileCheck['images'];
    builder: Builder;
  },
): Recipe {
  const { args, target, context } = build;
  const dockerfile = build.dockerfile ?? 'Dockerfile';
  const plain = Object.keys(args).length === 0 && target === null;
  const named = found.images.map(({ reference, platform }) => ({
    // The builder fetches what is for another platform, since the engine keeps one image by a name.
    own: platform === null,
    reference: canonical(reference),
  }));
  return {
    parts: {
      template: sha256([dockerfile, found.text]),
      base: named.map(({ reference }) => reference).join(' '),
      tree: found.context.digest,
      dependencies: '',
      options: plain
        ? ''
        : sha256([Object.entries(args).toSorted(([a], [b]) => (a < b ? -1 : 1)), target]),
    },
    bases: named.filter(({ own }) => own).map(({ reference }) => reference),
    layout: 'image',
    builder: found.builder,
    input: (_, signal) => ({
      dockerfile,
      text: found.text,
      args,
      target,
      context: () =>
        snapshots.tar(
          tree,
          {
            prefix: '',
            context,
            ignoreFile: found.context.ignoreFile,
            extra: [{ path: dockerfile, content: found.text }],
          },
          signal,
        ),
    }),
  };
}

/** A reference that is none is left to the builder to refuse. */
function canonical(reference: string): string {
  try {
    return imageReferenceText(parseImageReference(reference));
  } catch {
    return reference;
  }
}
