import type { Knowledge } from '../reading/machine.ts';
import { abslKnowledge } from './absl.ts';
import { ARGPARSE } from './argparse.ts';
import { BUILTINS } from './builtins.ts';
import { CLASS_ARGUMENTS } from './class-arguments.ts';
import { clickKnowledge } from './click.ts';
import { CONFIG_FILES } from './config-files.ts';
import { ENVIRON } from './environ.ts';
import { FIELDS } from './field-value.ts';
import { OUTPUTS } from './outputs.ts';
import { SACRED } from './sacred.ts';
import { SETTINGS } from './settings.ts';
import { typerKnowledge } from './typer.ts';
import { wandbKnowledge } from './wandb.ts';

/** All that is known of packages, with fresh state for the reading of one script. */
export function allKnowledge(): Required<Knowledge> {
  const parts: Knowledge[] = [
    ...[BUILTINS, FIELDS, ARGPARSE, CLASS_ARGUMENTS, ENVIRON, SACRED, SETTINGS],
    ...[CONFIG_FILES, OUTPUTS],
    ...[clickKnowledge(), typerKnowledge(), abslKnowledge(), wandbKnowledge()],
  ];
  return {
    functions: Object.assign({}, ...parts.map((part) => part.functions)) as Knowledge['functions'],
    methods: Object.assign(
      {},
      ...parts.map((part) => part.methods ?? {}),
    ) as Knowledge['functions'],
    objects: Object.assign(
      {},
      ...parts.map((part) => part.objects ?? {}),
    ) as Required<Knowledge>['objects'],
  };
}
