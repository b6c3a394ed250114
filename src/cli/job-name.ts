/** The name a person gave a job: on the line, else in `WANDB_JOB_NAME`, which W&B reads too. */
export const givenJobName = (option: string | undefined): string | undefined =>
  option ?? (process.env['WANDB_JOB_NAME'] || undefined);
