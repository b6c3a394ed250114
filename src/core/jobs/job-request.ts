import type { BuildPlan, Job, JobVersion } from '../../shared/domain/job.ts';
import type { LeftOut } from '../../shared/domain/snapshot.ts';

/** Where the code of a job is taken from. */
export type SourceRequest =
  | {
      kind: 'folder';
      folder: string;
      /** Left away: those that the newest version of this job from this folder holds. */
      includeSecrets?: string[] | undefined;
      /** The folder as it was typed, for the default name; else the path. */
      uri?: string | undefined;
    }
  | {
      kind: 'git';
      /** Any address of a repository, a pasted web address, or the folder of a clone. */
      address: string;
      /** Branch, tag or commit; without it the remote's own default branch. */
      ref?: string | undefined;
      /** A clone's folder: its commit, with what changed since. */
      localClone?: boolean | undefined;
    }
  | { kind: 'image'; reference: string };

export interface JobRequest {
  source: SourceRequest;
  project: string;
  /** Without a name it is derived from source and entry point. */
  name?: string | undefined;
  /** As typed, or already split into words. An image may start by itself. */
  entryPoint?: string | string[] | undefined;
  build?: { [Part in keyof BuildPlan]?: BuildPlan[Part] | undefined } | undefined;
  /** `3.11`: the Python version, whatever the code says. */
  runtime?: string | undefined;
  description?: string | undefined;
  /**
   * A JSON Schema of its inputs, as text of JSON or YAML. Left away: that of the newest version of this
   * job; null for none.
   */
  schema?: string | null | undefined;
  aliases?: readonly string[] | undefined;
}

/** A version that was made, or found unchanged. */
export interface MadeJob {
  job: Job;
  version: JobVersion;
  created: boolean;
  leftOut: LeftOut[];
  /** What a person should know of: a submodule that was left out, a Dockerfile that was found. */
  notes: string[];
}
