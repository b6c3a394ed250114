/** The folder in `WANDB_DIR` that the W&B SDK makes its run folders in. */
export const TRACKED_FOLDER = 'wandb';

/**
 * What makes the W&B SDK keep everything on this machine: run folders in `dir`, which must be there,
 * and the code it logs beside them, so that all of it is found in one folder afterwards.
 */
export const trackedEnvironment = (dir: string): Record<string, string> => ({
  WANDB_MODE: 'offline',
  WANDB_DIR: dir,
  WANDB_DATA_DIR: `${dir}/${TRACKED_FOLDER}/data`,
});
