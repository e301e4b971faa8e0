import type { ChildProcess } from 'node:child_process';
import type { FromEngine, OpenedSecret, ToEngine, VaultAnswer } from '#hosts/engine/channel.ts';

/** What a host can do for secrets that are kept on this machine: the engine's port for it, answered by its parent. */
export interface Vault {
  /** `plain`: nothing here would protect it, and the person agreed to that; `refused`: they did not. */
  seal(text: string): Promise<{ readonly sealed: string } | 'plain' | 'refused'>;
  /** Null where this machine and account cannot open it. */
  open(sealed: string): Promise<OpenedSecret | null>;
}

type VaultRequest = Extract<FromEngine, { readonly vault: number }>;
type Channel = Pick<ChildProcess, 'on' | 'send'> | NodeJS.Process;

/** The parent's side: one request to its vault. What fails there is a secret that cannot be had, and no more. */
export async function answerVault(
  vault: Vault | null,
  request: VaultRequest,
  post: (message: ToEngine) => unknown,
): Promise<void> {
  const work: Promise<VaultAnswer> | undefined =
    'seal' in request ? vault?.seal(request.seal) : vault?.open(request.open);
  const answer = await (work ?? Promise.resolve(null)).catch(() => null);
  post({ vault: request.vault, answer });
}

/** The engine's side: the vault of its parent, over the channel they share. */
export function vaultOver(channel: Channel): Vault {
  const waiting = new Map<number, (answer: VaultAnswer) => void>();
  let last = 0;
  const settle = (request: number, answer: VaultAnswer): void => {
    waiting.get(request)?.(answer);
    waiting.delete(request);
  };
  (channel as NodeJS.EventEmitter).on('message', (message: ToEngine) => {
    if ('vault' in message) settle(message.vault, message.answer);
  });
  // A parent that is gone answers nothing any more.
  (channel as NodeJS.EventEmitter).on('disconnect', () => {
    for (const request of waiting.keys()) settle(request, null);
  });
  const ask = (request: { readonly seal: string } | { readonly open: string }) =>
    new Promise<VaultAnswer>((resolve) => {
      const vault = (last += 1);
      waiting.set(vault, resolve);
      const message: FromEngine = { vault, ...request };
      channel.send?.(message, undefined, undefined, (error) => {
        if (error !== null) settle(vault, null);
      });
    });
  return {
    async seal(text) {
      const answer = await ask({ seal: text });
      if (answer === 'plain') return 'plain';
      return answer !== null && typeof answer === 'object' && 'sealed' in answer ? answer : 'refused';
    },
    async open(sealed) {
      const answer = await ask({ open: sealed });
      return answer !== null && typeof answer === 'object' && 'text' in answer ? answer : null;
    },
  };
}
