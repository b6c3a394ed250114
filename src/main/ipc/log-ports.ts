import { ipcMain, type MessagePortMain } from 'electron';
import * as z from 'zod/mini';
import { CHANNELS } from '../../shared/contract/bridge.ts';
import { id } from '../../shared/contract/command.ts';
import { logKindSchema, type LogKind } from '../../shared/contract/log-stream.ts';
import { isTerminal } from '../../shared/domain/run.ts';
import type { Core } from '../../core/create-core.ts';
import { serveLogPort } from '../../core/logs/log-port.ts';
import { buildLogId } from '../../core/runs/build-recorder.ts';
import { isTrustedSender } from './trusted-sender.ts';

const requestSchema = z.strictObject({ runId: id, kind: logKindSchema });

/** Gives every open log view a port of its own; see shared/contract/log-stream.ts. */
export function serveLogPorts(core: Core): void {
  ipcMain.on(CHANNELS.openLog, (event, request: unknown) => {
    const [port] = event.ports;
    const parsed = requestSchema.safeParse(request);
    if (!port || !parsed.success || !isTrustedSender(event)) return port?.close();
    serve(core, port, parsed.data.runId, parsed.data.kind);
  });
}

function serve(core: Core, port: MessagePortMain, runId: string, kind: LogKind): void {
  const server = serveLogPort({
    store: core.logs,
    searches: core.logSearches,
    id: kind === 'run' ? runId : buildLogId(runId),
    ended: () => hasEnded(core, runId, kind),
    send: (reply) => port.postMessage(reply),
  });
  port.on('message', ({ data }) => server.receive(data));
  port.on('close', () => server.close());
  port.start();
}

const BEFORE_BUILD_END = new Set(['queued', 'preparing', 'building']);

/** @throws AppError `E_NOT_FOUND` when there is no such run; the view is told. */
function hasEnded(core: Core, runId: string, kind: LogKind): boolean {
  const { state } = core.runs.get(runId);
  return kind === 'run' ? isTerminal(state) : !BEFORE_BUILD_END.has(state);
}
