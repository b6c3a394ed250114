const REGISTRY = process.env['SLIPWAY_TEST_REGISTRY']!;
/** What the test services put there. */
const PYTHON = 'python:3.11-slim-bookworm';

interface Part {
  mediaType: string;
  size: number;
  digest: string;
}

interface Manifest {
  schemaVersion: number;
  mediaType: string;
  config: Part;
  layers: Part[];
}

/**
 * Puts an image with the layers of the base image and a command of its own into the registry, without
 * sending what it has already. Returns its reference.
 */
export async function publishImage(name: string, tag: string, command: string[]): Promise<string> {
  const manifest = (await read(`${repositoryOf(PYTHON)}/manifests/${tagOf(PYTHON)}`)) as Manifest;
  const config = (await read(`${repositoryOf(PYTHON)}/blobs/${manifest.config.digest}`)) as {
    config: object;
  };
  for (const { digest } of manifest.layers) {
    await send(`${name}/blobs/uploads/?mount=${digest}&from=${repositoryOf(PYTHON)}`, 'POST');
  }
  const bytes = JSON.stringify({ ...config, config: { ...config.config, Cmd: command } });
  const part = { ...manifest.config, ...(await upload(name, bytes)) };
  const { mediaType } = manifest;
  await send(
    `${name}/manifests/${tag}`,
    'PUT',
    JSON.stringify({ ...manifest, config: part }),
    mediaType,
  );
  return `${REGISTRY}/${name}:${tag}`;
}

const repositoryOf = (reference: string): string => reference.split(':')[0]!;
const tagOf = (reference: string): string => reference.split(':')[1]!;

async function read(path: string): Promise<unknown> {
  const accept = 'application/vnd.docker.distribution.manifest.v2+json';
  return (await fetch(`http://${REGISTRY}/v2/${path}`, { headers: { accept } })).json();
}

async function upload(name: string, text: string): Promise<Pick<Part, 'size' | 'digest'>> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const digest = `sha256:${Buffer.from(hash).toString('hex')}`;
  const begun = await send(`${name}/blobs/uploads/`, 'POST');
  const url = new URL(begun.headers.get('location')!, `http://${REGISTRY}`);
  url.searchParams.set('digest', digest);
  await send(url, 'PUT', text, 'application/octet-stream');
  return { size: Buffer.byteLength(text), digest };
}

async function send(
  path: string | URL,
  method: string,
  body: string | null = null,
  type?: string,
): Promise<Response> {
  const headers = type ? { 'content-type': type } : {};
  const url = typeof path === 'string' ? `http://${REGISTRY}/v2/${path}` : path;
  const answer = await fetch(url, { method, headers, body });
  if (!answer.ok) throw new Error(`${method} ${String(url)}: ${answer.status}`);
  return answer;
}
