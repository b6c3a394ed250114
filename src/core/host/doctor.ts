import type { DoctorReport, EngineStatus, HealthCheck } from '../../shared/domain/engine.ts';
import { AppError, toErrorData } from '../../shared/errors.ts';
import type { EngineChooser } from './engine-chooser.ts';
import { wrong, type Check } from './checks/check.ts';

/** Looks at what everything stands on, and mends of it what can be mended. */
export class Doctor {
  readonly #chooser: EngineChooser;
  readonly #checks: readonly Check[];

  constructor(chooser: EngineChooser, checks: readonly Check[]) {
    this.#chooser = chooser;
    this.#checks = checks;
  }

  /** What is there, what is missing, and how to mend it. Changes nothing. */
  async examine(signal: AbortSignal): Promise<DoctorReport> {
    const choice = await this.#chooser.choice(signal);
    const engines = choice.engines.map((status) => engineCheck(status, choice.kind));
    const others = await Promise.all(this.#checks.map((check) => look(check, signal)));
    return { choice, checks: [...engines, ...others] };
  }

  /** Does what a check offered, and tells what was done. @throws AppError `E_NOT_FOUND`, what fails */
  async mend(id: string, signal: AbortSignal): Promise<string> {
    const check = this.#checks.find((each) => each.id === id);
    if (check?.mend) return check.mend(signal);
    throw new AppError('E_NOT_FOUND', `There is nothing to mend by the name of "${id}".`, {
      next: 'Look again: what could be mended may be whole by now.',
    });
  }
}

/** A check that fails is told as what it could not find out: the others are worth knowing all the same. */
async function look(check: Check, signal: AbortSignal): Promise<HealthCheck> {
  const { id, title } = check;
  try {
    return { id, title, ...(await check.look(signal)) };
  } catch (error) {
    const { message, next } = toErrorData(error);
    return { id, title, ...wrong('warning', `cannot be told: ${message}`, next ?? null) };
  }
}

function engineCheck(status: EngineStatus, chosen: string): HealthCheck {
  return {
    id: `engine-${status.kind}`,
    title: status.kind === 'docker' ? 'Docker engine' : 'Process engine',
    // An engine that is not used is worth a word, not an alarm.
    status: status.available ? 'ok' : status.kind === chosen ? 'missing' : 'warning',
    text: status.text,
    fix: status.fix,
    mend: null,
  };
}
