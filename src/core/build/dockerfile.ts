import type { Settings } from '../../shared/domain/settings.ts';
import type { TreeCode } from '../engines/engine.ts';
import { baseImageFor } from './base-choice.ts';
import { imageReferenceText, parseImageReference } from './image-reference.ts';

/** Raised whenever the text below changes, so that images made with an older one are not reused. */
export const TEMPLATE_VERSION = 2;

/** Fixed, so that equal inputs give equal images whoever builds them. */
export const JOB_USER = { name: 'launch', uid: 1000, gid: 1000 } as const;
export const HOME_FOLDER = '/home/launch';
export const CODE_FOLDER = `${HOME_FOLDER}/code`;
/** Where the code lies in the build context. */
export const CODE_PREFIX = 'code';

export interface DockerfileInput {
  baseImage: string;
  /** Requirement lines; nothing is installed when none of them names a package. */
  requirements: string;
  /** The lines name every package that is needed. */
  locked: boolean;
  /** Whether `RUN --mount` may be used. */
  buildkit: boolean;
}

// The package index is there for the step alone, and in no layer of the image.
const MOUNTS =
  '--mount=type=cache,target=/root/.cache/pip ' +
  '--mount=type=bind,source=pip.conf,target=/slipway/pip.conf ';

// `useradd` is missing from small images, and a base image may have its own user 1000: then that
// one is kept. The home folder is the same either way, because HOME is set on the container.
const USER_STEP =
  `RUN grep -q '^[^:]*:[^:]*:${JOB_USER.gid}:' /etc/group || echo '${JOB_USER.name}:x:${JOB_USER.gid}:' >> /etc/group; ` +
  `grep -q '^[^:]*:[^:]*:${JOB_USER.uid}:' /etc/passwd || echo '${JOB_USER.name}:x:${JOB_USER.uid}:${JOB_USER.gid}::${HOME_FOLDER}:/bin/sh' >> /etc/passwd; ` +
  `mkdir -p ${CODE_FOLDER} && chown ${JOB_USER.uid}:${JOB_USER.gid} ${HOME_FOLDER} ${CODE_FOLDER}`;

// What the base image brings (a CUDA build of torch, say) stays visible. An image without Python,
// or without pip's bundle, still serves jobs that install nothing.
const VENV_STEP =
  'RUN if command -v python3 >/dev/null 2>&1; then ' +
  'python3 -m venv --system-site-packages /env || ' +
  'python3 -m venv --system-site-packages --without-pip --clear /env; fi';

const installStep = ({ buildkit, locked }: DockerfileInput): string =>
  `RUN ${buildkit ? MOUNTS : ''}PIP_CONFIG_FILE=/slipway/pip.conf python -m pip install ` +
  `${buildkit ? '' : '--no-cache-dir '}${locked ? '--no-deps ' : ''}--no-input --disable-pip-version-check --progress-bar off ` +
  '-r requirements.txt';

const codeStep = `COPY --chown=${JOB_USER.uid}:${JOB_USER.gid} ${CODE_PREFIX}/ ${CODE_FOLDER}/`;

/** Whether any line names something to install. */
export const hasRequirements = (requirements: string): boolean =>
  requirements.split(/\r?\n/).some((line) => /^\s*[^#\s]/.test(line));

/**
 * Whether a line points into the code (`-e .`, `-r more.txt`, `./wheels/x.whl`), so that the code
 * must be there before anything is installed.
 */
export const needsCode = (requirements: string): boolean =>
  requirements
    .split(/\r?\n/)
    .some((line) =>
      /^\s*(?:(?:-[ercf]|--(?:editable|requirement|constraint|find-links))\s*=?\s*(?![a-z+]+:\/\/)\S|\.{0,2}\/|\.(?:\[|\s|$))/.test(
        line,
      ),
    );

function installAndCode(input: DockerfileInput): string[] {
  if (!hasRequirements(input.requirements)) return [codeStep];
  const files = `COPY requirements.txt ${input.buildkit ? '' : 'pip.conf '}/slipway/`;
  const install = installStep(input);
  if (!needsCode(input.requirements)) return [files, 'WORKDIR /slipway', install, codeStep];
  // The lines are taken from the job's own folder, so that its relative paths hold.
  const inCode = `COPY --chown=${JOB_USER.uid}:${JOB_USER.gid} requirements.txt ${CODE_FOLDER}/requirements.txt`;
  return [files, codeStep, inCode, `WORKDIR ${CODE_FOLDER}`, install];
}

/**
 * The generated Dockerfile. A constant text: only the base image, checked by grammar, is put in.
 * Entry point, environment, user and working directory are set on the container instead. The
 * dependencies come before the code, so that a change of the code does not install them again.
 */
export function generateDockerfile(input: DockerfileInput): string {
  const base = imageReferenceText(parseImageReference(input.baseImage));
  return [
    `FROM ${base}`,
    'USER 0',
    USER_STEP,
    VENV_STEP,
    'ENV VIRTUAL_ENV=/env PATH=/env/bin:$PATH',
    ...installAndCode(input),
    '',
  ].join('\n');
}

/** The Dockerfile that is generated for code, as it is sent and as it can be shown. @throws AppError `E_SETTING` */
export const dockerfileFor = (
  code: TreeCode,
  settings: Settings,
  builder: 'buildkit' | 'classic' = 'buildkit',
): string =>
  generateDockerfile({
    baseImage: baseImageFor(code, settings),
    requirements: code.plan.requirements,
    locked: code.plan.locked,
    buildkit: builder === 'buildkit',
  });
