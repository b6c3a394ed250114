import type { Findings } from '../delivery/findings.ts';

const NOTES: Readonly<Record<string, string>> = {
  WANDB_MODE:
    'WANDB_MODE is yours: unless it is "offline", the W&B SDK may ignore the config of the launch or send data away.',
  WANDB_LAUNCH:
    'WANDB_LAUNCH is yours: unless it is true, the W&B SDK ignores the config of the launch.',
  WANDB_CONFIG: 'WANDB_CONFIG is yours: the config of the launch is not passed on.',
  WANDB_ARTIFACTS: 'WANDB_ARTIFACTS with a job in it makes the W&B SDK fail when it is offline.',
  WANDB_DIR:
    'WANDB_DIR is yours: results of the W&B SDK are found only where Slipway looks for them.',
};

/** Tells what becomes of a run when the person sets what the W&B SDK is told of the launch. */
export function noteWandbVariables(
  env: Readonly<Record<string, string>>,
  findings: Findings,
): void {
  for (const [name, note] of Object.entries(NOTES)) {
    if (Object.hasOwn(env, name)) findings.note(note);
  }
}
