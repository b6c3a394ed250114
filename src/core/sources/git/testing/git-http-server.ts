import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface GitHttpOptions {
  /** Serves the repositories in this folder, by their paths in it. */
  root: string;
  /** Speaks https with a certificate of its own, see {@link GitHttpServer.certificate}. */
  secure?: boolean;
  /** Asks for this login. */
  login?: { username: string; password: string };
  /** Sends every request on to this address instead. */
  redirectTo?: string;
  /** Looks at each request first; true when it has answered it. */
  intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** git over smart HTTP on a loopback port, by `git http-backend`. */
export class GitHttpServer {
  readonly #options: GitHttpOptions;
  readonly #server: Server;
  readonly #folder: string;
  /** `METHOD /path` of every request so far. */
  readonly requests: string[] = [];
  url = '';
  /** The file of the certificate to trust (GIT_SSL_CAINFO); empty without `secure`. */
  certificate = '';

  private constructor(options: GitHttpOptions) {
    this.#options = options;
    this.#folder = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-git-http-')));
    const handle = (request: IncomingMessage, response: ServerResponse) =>
      this.#handle(request, response);
    this.#server = options.secure
      ? createSecureServer(this.#makeCertificate(), handle)
      : createServer(handle);
  }

  static async start(options: GitHttpOptions): Promise<GitHttpServer> {
    const server = new GitHttpServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    const { port } = server.#server.address() as AddressInfo;
    server.url = `${options.secure ? 'https' : 'http'}://127.0.0.1:${port}`;
    return server;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #makeCertificate(): { key: Buffer; cert: Buffer } {
    const key = join(this.#folder, 'key.pem');
    this.certificate = join(this.#folder, 'cert.pem');
    const made = ['-keyout', key, '-out', this.certificate, '-days', '2', '-nodes'];
    const names = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    execFileSync('openssl', [...kind, ...made, ...names], { stdio: 'pipe' });
    return { key: readFileSync(key), cert: readFileSync(this.certificate) };
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const { redirectTo, intercept } = this.#options;
    if (intercept?.(request, response)) return;
    if (redirectTo) {
      response.writeHead(301, { location: `${redirectTo}${request.url ?? ''}` }).end();
      return;
    }
    if (this.#isAllowed(request)) return this.#serve(request, response);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
  }

  #isAllowed({ headers }: IncomingMessage): boolean {
    const { login } = this.#options;
    if (!login) return true;
    const expected = Buffer.from(`${login.username}:${login.password}`).toString('base64');
    return headers.authorization === `Basic ${expected}`;
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const { headers } = request;
    const backend = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: this.#options.root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'safe.directory',
        GIT_CONFIG_VALUE_0: '*',
        PATH_INFO: decodeURIComponent(pathname),
        QUERY_STRING: searchParams.toString(),
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
      },
    });
    request.pipe(backend.stdin);
    backend.stdin.on('error', () => undefined);
    response.on('close', () => backend.kill());
    passOn(backend.stdout, response);
  }
}

/** Turns what a CGI program prints into a response. */
function passOn(output: NodeJS.ReadableStream, response: ServerResponse): void {
  let head: Buffer | null = Buffer.alloc(0);
  output.on('data', (piece: Buffer) => {
    if (head === null) return void response.write(piece);
    head = Buffer.concat([head, piece]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    for (const line of head.toString('latin1', 0, end).split('\r\n')) setHeader(response, line);
    response.write(head.subarray(end + 4));
    head = null;
  });
  output.on('end', () => response.end());
}

function setHeader(response: ServerResponse, line: string): void {
  const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
  if (name.toLowerCase() === 'status') response.statusCode = Number.parseInt(value, 10);
  else if (name) response.setHeader(name, value);
}
