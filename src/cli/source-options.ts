import { existsSync, statSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { AppError } from '../shared/errors.ts';
import type { BuildPlan } from '../shared/domain/job.ts';
import type { SourceRequest } from '../core/jobs/job-request.ts';
import { isGitAddress } from '../core/sources/git/git-url.ts';
import { localFolder } from './local-folder.ts';

/** Options that say how a source is built, as the command line has them. */
export interface BuildOptions {
  buildContext?: string;
  dockerfile?: string;
  buildArg?: string[];
  target?: string;
  baseImage?: string;
  gitHash?: string;
  gitVersion?: string;
  includeSecret?: string[];
}

/** The flags of `wandb launch` and `wandb job create` that say what to build and from what. */
export function addBuildOptions(command: Command): Command {
  return command
    .option('-g, --git-hash <ref>', 'branch, tag or commit of the repository')
    .addOption(new Option('--git-version <ref>', 'the same as --git-hash').hideHelp())
    .option('-b, --build-context <folder>', 'sub-folder of the source to build in')
    .option('-D, --dockerfile <path>', 'Dockerfile, relative to the build context')
    .option('-B, --base-image <image>', 'image the generated Dockerfile starts from')
    .option('--build-arg <name=value...>', 'build arguments of the Dockerfile')
    .option('--target <stage>', 'stage of the Dockerfile to build')
    .option('--include-secret <path...>', 'files to take in although they look like secrets');
}

export function buildOf(options: BuildOptions): Partial<BuildPlan> {
  return {
    ...(options.buildContext !== undefined && { context: options.buildContext }),
    ...(options.dockerfile !== undefined && { dockerfile: options.dockerfile }),
    ...(options.target !== undefined && { target: options.target }),
    ...(options.baseImage !== undefined && { baseImage: options.baseImage }),
    ...(options.buildArg && { args: Object.fromEntries(options.buildArg.map(buildArg)) }),
  };
}

function buildArg(text: string): [string, string] {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw new AppError('E_ARGS', `"${text}" is not a build argument.`, {
    next: 'Write it as NAME=value.',
  });
}

type CodeRequest = Exclude<SourceRequest, { kind: 'image' }>;

/** What `--uri` names: an existing folder is taken as it is, an address is a repository. */
export function sourceOfUri(uri: string, options: BuildOptions): CodeRequest {
  const isFolder = existsSync(uri) && statSync(uri).isDirectory();
  if (!isFolder && isGitAddress(uri)) return gitSource(uri, options);
  const ref = options.gitHash ?? options.gitVersion;
  if (ref !== undefined) return gitSource(localFolder(uri), options);
  return folderSource(uri, options);
}

export const folderSource = (uri: string, options: BuildOptions): CodeRequest => ({
  kind: 'folder',
  folder: localFolder(uri),
  includeSecrets: options.includeSecret,
  uri,
});

/** A repository at a ref; a clone on this machine without one as it is, with what changed since. */
export function gitSource(address: string, options: BuildOptions): CodeRequest {
  const ref = options.gitHash ?? options.gitVersion;
  const isFolder = existsSync(address) && statSync(address).isDirectory();
  if (isFolder && ref === undefined) {
    return { kind: 'git', address: localFolder(address), localClone: true };
  }
  return { kind: 'git', address, ref };
}
