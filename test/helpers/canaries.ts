import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Texts that must be nowhere but where they were planted, by what they are. */
export type Canaries = Readonly<Record<string, string>>;

export interface Place {
  readonly name: string;
  readonly content: Buffer;
}

/** Every form in which a text could stand in a file, as bytes. */
function formsOf(canary: string): readonly Buffer[] {
  const bytes = Buffer.from(canary);
  const percent = encodeURIComponent(canary);
  const html = canary
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    return text.slice(Math.ceil((before * 8) / 6), text.length - ((before + bytes.length) % 3 === 0 ? 0 : 1));
  });
  const digests = ['md5', 'sha1', 'sha256', 'sha512'].flatMap((name) => {
    const digest = createHash(name).update(canary).digest();
    return [digest.toString('hex'), digest.toString('base64').replace(/=+$/, '')];
  });
  const texts = [
    canary,
    JSON.stringify(canary).slice(1, -1),
    canary.replaceAll('/', '\\/'),
    percent,
    encodeURIComponent(percent),
    html,
    ...base64,
    ...base64.map((one) => one.replaceAll('+', '-').replaceAll('/', '_')),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    Array.from(canary).toReversed().join(''),
    ...digests,
  ];
  const utf16 = Buffer.from(canary, 'utf16le');
  return [...new Set(texts)].map((text) => Buffer.from(text)).concat(utf16, Buffer.from(utf16).swap16());
}

/** Files below a folder, packed ones unpacked. */
export function filesBelow(root: string): readonly Place[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      const content = readFileSync(path);
      return {
        name: relative(root, path),
        content: content[0] === 0x1f && content[1] === 0x8b ? gunzipSync(content) : content,
      };
    });
}

/** "what: where" for everything that got out. `allowed` says where a canary may stand. */
export function canariesIn(
  canaries: Canaries,
  places: readonly Place[],
  allowed: (what: string, name: string) => boolean,
): readonly string[] {
  const found = Object.entries(canaries).flatMap(([what, canary]) => {
    const forms = formsOf(canary);
    return places
      .filter(({ name, content }) => !allowed(what, name) && forms.some((form) => content.includes(form)))
      .map(({ name }) => `${what}: ${name}`);
  });
  return [...new Set(found)];
}
