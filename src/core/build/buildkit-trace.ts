import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** A node of the build graph; the same vertex is sent again whenever it changes. */
export interface Vertex {
  digest: string;
  name: string;
  cached: boolean;
  started: boolean;
  completed: boolean;
  error: string;
}

export interface VertexLog {
  vertex: string;
  bytes: Buffer;
}

export interface StatusResponse {
  vertexes: Vertex[];
  logs: VertexLog[];
}

type FieldReader = (field: number, reader: BinaryReader) => boolean;

/** Reads every field of a message; those `read` does not take (returns false) are skipped. */
function readMessage(bytes: Uint8Array, read: FieldReader): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    if (wire === WireType.EndGroup || !read(field, reader)) reader.skip(wire, field);
  }
}

function readVertex(bytes: Uint8Array): Vertex {
  const vertex: Vertex = {
    digest: '',
    name: '',
    cached: false,
    started: false,
    completed: false,
    error: '',
  };
  readMessage(bytes, (field, reader) => {
    if (field === 1) vertex.digest = reader.string();
    else if (field === 3) vertex.name = reader.string();
    else if (field === 4) vertex.cached = reader.bool();
    else if (field === 5) vertex.started = reader.bytes().length > 0;
    else if (field === 6) vertex.completed = reader.bytes().length > 0;
    else if (field === 7) vertex.error = reader.string();
    else return false;
    return true;
  });
  return vertex;
}

function readLog(bytes: Uint8Array): VertexLog {
  const log: VertexLog = { vertex: '', bytes: Buffer.alloc(0) };
  readMessage(bytes, (field, reader) => {
    if (field === 1) log.vertex = reader.string();
    else if (field === 4) log.bytes = Buffer.from(reader.bytes());
    else return false;
    return true;
  });
  return log;
}

/**
 * Decodes one `moby.buildkit.trace` record: the subset of `StatusResponse` in BuildKit's
 * api/services/control/control.proto that steps are made of. Throws on bytes that are no such message.
 */
export function decodeTrace(bytes: Uint8Array): StatusResponse {
  const response: StatusResponse = { vertexes: [], logs: [] };
  readMessage(bytes, (field, reader) => {
    if (field === 1) response.vertexes.push(readVertex(reader.bytes()));
    else if (field === 3) response.logs.push(readLog(reader.bytes()));
    else return false;
    return true;
  });
  return response;
}
