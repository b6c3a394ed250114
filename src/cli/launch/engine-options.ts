import { type Command, Option } from 'commander';
import {
  ENGINE_KINDS,
  REWRITE_POLICIES,
  type EngineKind,
  type RewritePolicy,
} from '../../shared/domain/run.ts';

export interface EngineOptions {
  resource?: string;
  engine?: EngineKind;
  rewrite?: RewritePolicy;
}

/** The engines by the names that `wandb launch` gives them, beside their own. */
const RESOURCES: Record<string, EngineKind> = {
  docker: 'docker',
  process: 'process',
  local: 'docker',
  'local-container': 'docker',
  'local-process': 'process',
};

export function addEngineOptions(command: Command): Command {
  return command
    .addOption(
      new Option('-r, --resource <engine>', 'what to run it on').choices(Object.keys(RESOURCES)),
    )
    .addOption(new Option('--engine <engine>').choices(ENGINE_KINDS).hideHelp())
    .addOption(
      new Option(
        '--rewrite <when>',
        'whether to rewrite (a copy of) a Dockerfile that the engine cannot build as it stands',
      )
        .choices(REWRITE_POLICIES)
        .default('ask'),
    );
}

/** The engine that was asked for; undefined for what the setting says. */
export const engineOf = ({ engine, resource }: EngineOptions): EngineKind | undefined =>
  engine ?? RESOURCES[resource ?? ''];
