/**
 * Takes out of a line what could tell about people or open a door. A crash log may be sent to others, so when in
 * doubt the text goes: quoted words are somebody's data more often than ours.
 */
export function redact(text: string, home: string): string {
  return (
    withoutHome(text, home)
      // The parser quotes what stands around the wrong sign, and quotes in that do not come in pairs.
      .replaceAll(/\bUnexpected \S+[^\n]*?is not valid JSON/g, 'no valid JSON')
      .replaceAll(/\b((?:proxy-)?authorization|(?:set-)?cookie)\b\s*[=:][^\n]*/gi, '$1=***')
      .replaceAll(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi, '$1***@')
      .replaceAll(/\b[\w.+-]+@[\w-]+(\.[\w-]+)*/g, '***@***')
      .replaceAll(/("[^"]*"|'[^'\n]*'|`[^`\n]*`)/g, '"***"')
      .replaceAll(
        /\b(pass(word|wd)?|pwd|secret|token|salt|pepper|credentials?|session|dsn|(api|private|access)[-_]?key)\b\s*[=:]\s*\S+/gi,
        '$1=***',
      )
      .replaceAll(/\$(2[abxy]|argon2(id|i|d)|scrypt|pbkdf2[\w-]*|[156])\$\S+/g, '***')
      .replaceAll(/\b[A-Za-z0-9+/_=-]{40,}/g, '***')
      .slice(0, 2_000)
  );
}

/** Stacks name files by their addresses, in which Windows paths have slashes and blanks are escaped. */
function withoutHome(text: string, home: string): string {
  if (home.length < 2) return text;
  const slashed = home.replaceAll('\\', '/');
  return [home, slashed, encodeURI(slashed)].reduce((left, one) => left.replaceAll(one, '~'), text);
}
