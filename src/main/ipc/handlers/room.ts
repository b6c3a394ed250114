import type { HandlerParts, Handlers } from '../handler-types.ts';

type RoomHandlers = Pick<Handlers, 'measureRoom' | 'cleanUp'>;

export const roomHandlers = ({ core: { room }, operations }: HandlerParts): RoomHandlers => ({
  measureRoom: ({ operationId }) => operations.run(operationId, (control) => room.measure(control)),
  cleanUp: ({ operationId, kinds }) =>
    operations.run(operationId, (control) => room.cleanUp(kinds, control)),
});
