import { createServer, request, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

interface SlowRegistry {
  address: string;
  /** How many layers it is sending now. */
  blobs(): number;
  close(): void;
}

/** Hands on what a registry answers, but sends a large blob byte by byte. */
export async function slowly(address: string): Promise<SlowRegistry> {
  const sockets = new Set<Socket>();
  let blobs = 0;
  const [host, port] = address.split(':');
  const server: Server = createServer((incoming, answer) => {
    const { method, url: path } = incoming;
    const headers = { ...incoming.headers, connection: 'close' };
    request({ host, port, method, path, headers }, (original) => {
      answer.writeHead(original.statusCode ?? 500, original.headers);
      if (Number(original.headers['content-length']) < 1_000_000) return original.pipe(answer);
      blobs += 1;
      // An engine that is told to stop does so when the next bytes come.
      const drip = setInterval(() => answer.write('x'), 20);
      answer.on('close', () => {
        clearInterval(drip);
        blobs -= 1;
      });
      original.destroy();
      return undefined;
    }).end();
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolved) => server.listen(0, '127.0.0.1', resolved));
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    blobs: () => blobs,
    close,
  };
}
