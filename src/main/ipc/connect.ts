import { ipcMain } from 'electron';
import * as z from 'zod/mini';
import { CHANNELS } from '../../shared/contract/bridge.ts';
import { commands, type CommandName } from '../../shared/contract/commands.ts';
import { AppError, toErrorData } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Core } from '../../core/create-core.ts';
import type { EngineWatch } from '../engine-watch.ts';
import type { Shell } from '../native/shell.ts';
import type { Handlers } from './handler-types.ts';
import { createHandlers } from './handlers.ts';
import { FolderGrants } from './folder-grants.ts';
import { serveLogPorts } from './log-ports.ts';
import { onceUnlocked } from './once-unlocked.ts';
import { Operations } from './operations.ts';
import { push } from './push.ts';
import { requireTrustedSender } from './trusted-sender.ts';

/** Answers the window's requests and pushes changes to it. */
export function connectIpc(core: Core, engineWatch: EngineWatch, shell: Shell): void {
  const grants = new FolderGrants();
  const operations = new Operations((progress) => push('operation', progress));
  const handlers = createHandlers({ core, engineWatch, shell, grants, operations });
  ipcMain.handle(CHANNELS.command, (event, name: unknown, input: unknown) =>
    answer(() => {
      requireTrustedSender(event);
      return onceUnlocked(() => handle(handlers, name, input));
    }),
  );
  ipcMain.handle(CHANNELS.grantFolder, (event, path: unknown) =>
    answer(async () => {
      requireTrustedSender(event);
      return grants.grantDroppedFolder(z.parse(z.string(), path));
    }),
  );
  serveLogPorts(core);
  core.feed.on((changes) => push('changes', changes));
  engineWatch.on((choice) => push('engine', choice));
  core.troubles.on((troubles) => push('troubles', troubles));
}

/** Errors cross as data: thrown ones would lose their code on the way. */
async function answer<T>(action: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await action());
  } catch (error) {
    return err(toErrorData(error));
  }
}

async function handle(handlers: Handlers, name: unknown, input: unknown): Promise<unknown> {
  if (typeof name !== 'string' || !Object.hasOwn(commands, name)) {
    throw new AppError('E_IPC_INVALID', 'The window asked for something that does not exist.');
  }
  const command = commands[name as CommandName];
  const parsed = command.input.safeParse(input);
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'input').join(', ');
    throw new AppError('E_IPC_INVALID', `The request "${name}" is not valid at: ${where}.`);
  }
  const handler = handlers[name as CommandName] as (input: unknown) => Promise<unknown>;
  return handler(parsed.data);
}
