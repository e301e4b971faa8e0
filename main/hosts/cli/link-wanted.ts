import type { TextInput } from '#hosts/cli/surroundings.ts';

/** Enter in the terminal, or SIGUSR2 where there is none, asks for a new link. */
export function onLinkWanted(stdin: TextInput, tell: () => void): { release(): void } {
  const onInput = (chunk: unknown) => {
    if (/[\r\n]/.test(String(chunk))) tell();
  };
  const reads = stdin.isTTY === true;
  if (reads) stdin.on('data', onInput);
  // Windows has no such signal.
  const signals = process.platform !== 'win32';
  if (signals) process.on('SIGUSR2', tell);
  return {
    release: () => {
      if (reads) stdin.off('data', onInput).pause();
      if (signals) process.off('SIGUSR2', tell);
    },
  };
}
