import { crc32 } from 'node:zlib';

/** A wheel with one module: a zip archive of stored (not compressed) files. */
export function wheel(name: string, version: string, source: string): Buffer {
  const info = `${name}-${version}.dist-info`;
  const files: [string, string][] = [
    [`${name}.py`, source],
    [`${info}/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`],
    [`${info}/WHEEL`, 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
  ];
  const record = [...files.map(([path]) => `${path},,`), `${info}/RECORD,,`].join('\n');
  return zip([...files, [`${info}/RECORD`, record]]);
}

function zip(files: [string, string][]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of files) {
    const local = Buffer.concat([header(0x04034b50, path, text, null), Buffer.from(path + text)]);
    directory.push(header(0x02014b50, path, text, offset), Buffer.from(path));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

/** A local header, or with an offset the longer one of the directory. */
function header(magic: number, path: string, text: string, offset: number | null): Buffer {
  const inDirectory = offset !== null;
  const bytes = Buffer.alloc(inDirectory ? 46 : 30);
  bytes.writeUInt32LE(magic, 0);
  const base = inDirectory ? 6 : 4;
  bytes.writeUInt16LE(20, base);
  bytes.writeUInt16LE(33, base + 8);
  bytes.writeUInt32LE(crc32(text), base + 10);
  bytes.writeUInt32LE(Buffer.byteLength(text), base + 14);
  bytes.writeUInt32LE(Buffer.byteLength(text), base + 18);
  bytes.writeUInt16LE(Buffer.byteLength(path), base + 22);
  if (inDirectory) bytes.writeUInt32LE(offset, 42);
  return bytes;
}
