import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS, type Bridge } from '../shared/contract/bridge.ts';
import { commandNames } from '../shared/contract/commands.ts';
import { eventNames, type EventName, type EventPayload } from '../shared/contract/events.ts';
import type { LogReply } from '../shared/contract/log-stream.ts';

/** One function per command of the contract; the page never sees a channel. */
const commands = Object.fromEntries(
  commandNames.map((name) => [
    name,
    (input: unknown) => ipcRenderer.invoke(CHANNELS.command, name, input),
  ]),
) as Bridge['commands'];

function on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) {
  if (!eventNames.includes(name)) return () => undefined;
  const forward = (_event: unknown, pushed: EventName, payload: unknown) => {
    if (pushed === name) listener(payload as EventPayload<N>);
  };
  ipcRenderer.on(CHANNELS.event, forward);
  return () => {
    ipcRenderer.off(CHANNELS.event, forward);
  };
}

const openLog: Bridge['openLog'] = (runId, kind, onReply) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<LogReply>) => onReply(data);
  ipcRenderer.postMessage(CHANNELS.openLog, { runId, kind }, [port2]);
  return {
    send: (request) => port1.postMessage(request),
    close: () => port1.close(),
  };
};

/** Only a file that the system handed to the page has a path: a page cannot make one up. */
const grantDroppedFolder: Bridge['grantDroppedFolder'] = (file) =>
  ipcRenderer.invoke(CHANNELS.grantFolder, webUtils.getPathForFile(file));

const bridge: Bridge = { commands, on, openLog, grantDroppedFolder };
contextBridge.exposeInMainWorld('slipway', bridge);
