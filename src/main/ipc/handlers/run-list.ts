import type { HandlerParts, Handlers } from '../handler-types.ts';

type RunListHandlers = Pick<Handlers, 'queryRuns' | 'runColumns'>;

export const runListHandlers = ({ core: { runList } }: HandlerParts): RunListHandlers => ({
  queryRuns: (query) => runList.query(query),
  runColumns: ({ scope }) => runList.columns(scope),
});
