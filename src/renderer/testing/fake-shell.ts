import type { Handlers } from './handlers.ts';

/** Answers of what is around the window. */
export const shellHandlers = (): Pick<
  Handlers,
  | 'publishCommands'
  | 'reportView'
  | 'zoom'
  | 'toggleFullScreen'
  | 'quit'
  | 'exampleFolder'
  | 'saveLog'
> => ({
  publishCommands: () => ({}),
  reportView: () => ({}),
  zoom: () => ({ percent: 100 }),
  toggleFullScreen: () => ({}),
  quit: () => ({}),
  exampleFolder: () => ({ folder: '/opt/slipway/examples/hello' }),
  saveLog: () => ({ file: '/home/ada/train-12.log', bytes: 48_211 }),
});
