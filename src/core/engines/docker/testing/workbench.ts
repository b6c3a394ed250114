import { join } from 'node:path';
import { DEFAULT_RUN_SETTINGS } from '../../../../shared/domain/launch-spec.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../../shared/domain/settings.ts';
import { systemClock } from '../../../clock.ts';
import type { BuildPlan } from '../../../../shared/domain/job.ts';
import type {
  CreateRequest,
  Engine,
  FollowHooks,
  PreparedEnvironment,
  PrepareRequest,
  TreeCode,
} from '../../engine.ts';
import { treeCode } from '../../testing/tree-code.ts';
import { createDockerEngine, type DockerEngineOptions } from '../create-docker-engine.ts';
import { docker } from './docker-cli.ts';
import { FakeSnapshots } from './fake-snapshots.ts';
import { MemorySink, RecordedSteps } from './memory-sink.ts';

export const baseImage = process.env['SLIPWAY_TEST_BASE_IMAGE'] ?? 'python:3.11-slim';

export const resources = join(import.meta.dirname, '../../../../../resources');

export const noHooks: FollowHooks = {
  beforeStart: () => undefined,
  started: () => undefined,
  paused: () => undefined,
  note: () => undefined,
};
export const never = new AbortController().signal;

let attempts = 0;

/** An engine with trees in memory, and what a test makes with it. */
export class Workbench {
  readonly snapshots = new FakeSnapshots();
  readonly engine: Engine;
  readonly settings: Settings;
  readonly instanceId = `test-${process.pid}-${Date.now().toString(36)}`;
  readonly #host: string | undefined;

  constructor(options: Partial<DockerEngineOptions> = {}, settings: Partial<Settings> = {}) {
    const { snapshots, instanceId } = this;
    this.#host = options.dockerHost;
    const given = { snapshots, instanceId, resources, clock: systemClock, ...options };
    this.engine = createDockerEngine(given);
    this.settings = { ...DEFAULT_SETTINGS, baseImage, ...settings };
  }

  /** Another engine object on the same instance, as after a restart of the app. */
  again(): Engine {
    const { snapshots, instanceId } = this;
    return createDockerEngine({
      snapshots,
      instanceId,
      resources,
      clock: systemClock,
      dockerHost: this.#host,
    });
  }

  async build(files: Record<string, string>, requirements = '', signal = never) {
    const tree = this.snapshots.add(files);
    return { ...(await this.prepare(treeCode(tree, { requirements }), false, signal)), tree };
  }

  /** Builds files that bring a Dockerfile. */
  buildOwn(files: Record<string, string>, build: Partial<BuildPlan> = {}, rewrite = false) {
    return this.prepare(this.own(files, build), rewrite);
  }

  own(files: Record<string, string>, build: Partial<BuildPlan> = {}): TreeCode {
    return treeCode(this.snapshots.add(files), {}, { dockerfile: 'Dockerfile', ...build });
  }

  async prepare(code: PrepareRequest['code'], rewrite = false, signal = never) {
    const steps = new RecordedSteps();
    const environment = await this.engine.prepare(this.wanted(code, rewrite), steps, signal);
    return { environment, steps: steps.steps };
  }

  /** Runs what was prepared to its end. */
  async run(
    environment: PreparedEnvironment,
    argv: string[],
    given: Partial<CreateRequest> = {},
    masks: readonly Buffer[] = [],
  ) {
    const { id, layout } = environment;
    const request = { ...this.request(id, '', argv), layout, code: null, ...given };
    const ref = await this.engine.create(request, never);
    const sink = new MemorySink(masks);
    await this.engine.follow(ref, sink, noHooks, never);
    const fact = await this.engine.inspect(ref, never);
    return { out: sink.all(1).toString(), err: sink.all(2).toString(), fact, ref };
  }

  /** A container of the code, created and not started. Returns its ref. */
  async create(
    argv: string[],
    files: Record<string, string> = { 'empty.txt': '' },
  ): Promise<string> {
    const { environment, tree } = await this.build(files);
    return this.engine.create(this.request(environment.id, tree, argv), never);
  }

  /** What `prepare` and `preflight` are asked. */
  wanted(code: PrepareRequest['code'], rewrite = false): PrepareRequest {
    return { runId: 'run', jobId: this.instanceId, code, rewrite, settings: this.settings };
  }

  /** What `create` is asked, for the image of a generated Dockerfile. */
  request(environmentId: string, tree: string, argv: string[]): CreateRequest {
    const attemptId = `${this.instanceId}-${(attempts += 1)}`;
    const code = { tree, context: '' };
    const layout = 'slipway' as const;
    const { settings } = this;
    const nothing = { env: {}, files: [], secrets: [], run: DEFAULT_RUN_SETTINGS, live: null };
    return { ...nothing, attemptId, runId: 'run', environmentId, layout, code, argv, settings };
  }

  /** Removes every container and image it made. */
  async dispose(): Promise<void> {
    const filter = (label: string): string[] => [
      '-q',
      '--filter',
      `label=${label}=${this.instanceId}`,
    ];
    const lines = (text: string): string[] =>
      [...new Set(text.split('\n'))].filter((line) => line !== '');
    const containers = lines(
      await docker(['ps', '-a', ...filter('dev.slipway.instance')], this.#host),
    );
    if (containers.length > 0) await docker(['rm', '-f', ...containers], this.#host);
    const images = lines(await docker(['images', ...filter('dev.slipway.job')], this.#host));
    if (images.length > 0) await docker(['rmi', '-f', ...images], this.#host);
  }
}
