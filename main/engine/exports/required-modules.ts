import type { ScriptModuleInfo } from '#engine/ports/ports.ts';

const REQUIRE = /\brequire\s*\(\s*(['"])([^'"]+)\1\s*\)/g;

/** What scripts require by name, as `name@version`: the version they ask for, or the one they get without asking. */
export function requiredModules(
  texts: readonly string[],
  known: readonly ScriptModuleInfo[],
): readonly string[] {
  const names = texts.flatMap((text) => [...text.matchAll(REQUIRE)].map((match) => match[2]!));
  return [...new Set(names)].sort().map((wanted) => {
    const at = wanted.lastIndexOf('@');
    const name = at > 0 ? wanted.slice(0, at) : wanted;
    const version = at > 0 ? wanted.slice(at + 1) : known.find((module) => module.name === name)?.default;
    return version === undefined || version === '' ? name : `${name}@${version}`;
  });
}
