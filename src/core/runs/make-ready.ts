import { checkCancelled } from '../scope.ts';
import { treeOf } from '../../shared/domain/job.ts';
import type { CreateRequest, PreparedEnvironment, PrepareRequest } from '../engines/engine.ts';
import type { AttendParts, Attended } from './attended.ts';
import { isAway, isNotThere } from './failure.ts';
import { patiently, whenThereIsSpace } from './patience.ts';
import { codeOf } from '../launch/code-of.ts';
import { deliverRun } from './deliver-run.ts';
import { BuildRecorder, buildLogId } from './build-recorder.ts';

/**
 * Everything up to the created, not yet started container or process. Returns its ref. An engine that is
 * not there is waited for: nothing of the run has happened yet.
 * @throws what the engine throws, or the cancellation when the run was stopped or the process ends.
 */
export async function makeReady(parts: AttendParts, attended: Attended): Promise<string> {
  const { run, attempt, engine, stop, leave } = attended;
  const { runs, jobs } = parts.repos;
  const signal = AbortSignal.any([stop.stopSignal, leave]);
  const enter = (state: 'preparing' | 'building' | 'starting', text: string) =>
    runs.enter(run.id, state, text, parts.clock.now());

  await whenThereIsSpace(signal, () =>
    enter('preparing', `Preparing on the ${engine.kind} engine`),
  );
  const version = jobs.version(run.versionId)!;
  const settings = parts.settings();
  const request: PrepareRequest = {
    runId: run.id,
    jobId: run.jobId,
    code: codeOf(version),
    rewrite: run.rewrite,
    settings,
  };
  const environment = await recordBuild(
    parts,
    run.id,
    signal,
    () => enter('building', 'Building'),
    (steps) => {
      // A build that broke off is not begun again unasked.
      const waitsFor = (error: unknown) => (steps.hasBegun ? isNotThere : isAway)(error);
      const prepare = () => engine.prepare(request, steps, signal);
      return patiently(parts, attended, prepare, { waitsFor, needsRoom: true, signal });
    },
  );
  const { id: environmentId, name, reused, because } = environment;
  await whenThereIsSpace(signal, () => runs.setEnvironment(run.id, { name, reused, because }));
  checkCancelled(signal, 'The launch');

  const how = reused ? 'reused' : 'built';
  await whenThereIsSpace(signal, () =>
    enter('starting', `Starting in ${name} (${how}: ${because})`),
  );
  const tree = treeOf(version.source);
  const create: CreateRequest = {
    attemptId: attempt.id,
    runId: run.id,
    environmentId,
    layout: environment.layout,
    code: tree === null ? null : { tree, context: version.build.context },
    ...(await deliverRun(parts, attended, { version, environment: name }, signal)),
    settings,
  };
  const patience = { needsRoom: true, signal };
  const ref = await patiently(parts, attended, () => engine.create(create, signal), patience);
  try {
    await whenThereIsSpace(signal, () => runs.mark(attempt.id, { environmentId, ref }));
  } catch (error) {
    // A ref that is not written down would not be found by this run again.
    await engine.remove(ref, leave).catch(() => undefined);
    throw error;
  }
  return ref;
}

async function recordBuild(
  parts: AttendParts,
  runId: string,
  signal: AbortSignal,
  onFirstStep: () => void,
  build: (steps: BuildRecorder) => Promise<PreparedEnvironment>,
): Promise<PreparedEnvironment> {
  const recorder = new BuildRecorder(runId, {
    steps: parts.repos.steps,
    openLog: () => parts.logs.openWriter(buildLogId(runId)),
    clock: parts.clock,
    onFirstStep,
  });
  try {
    const environment = await build(recorder);
    await whenThereIsSpace(signal, () => recorder.save());
    return environment;
  } catch (error) {
    recorder.endOpen(signal.aborted ? 'cancelled' : 'failed');
    throw error;
  } finally {
    await recorder.close();
  }
}
