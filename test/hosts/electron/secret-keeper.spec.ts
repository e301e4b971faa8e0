import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Consent } from '#hosts/electron/secret-keeper.ts';

beforeEach(() => vi.resetModules());

interface Machine {
  readonly vault?: object;
  readonly platform?: string;
  /** What the person agreed to before. */
  readonly given?: boolean;
  /** What they answer when asked. */
  readonly answer?: boolean;
}

async function keeper({ vault = {}, platform = 'linux', given = false, answer = false }: Machine = {}) {
  const { system } = await import('./fake-electron.ts');
  const usual = { available: true, backend: 'gnome_libsecret', rotated: false, locked: false };
  Object.assign(system.vault, usual, vault);
  const { createSecretKeeper } = await import('#hosts/electron/secret-keeper.ts');
  let kept: Consent = { unprotectedSecrets: given };
  const ask = vi.fn<() => Promise<boolean>>(() => Promise.resolve(answer));
  const file = { read: () => kept, write: (now: Consent) => void (kept = now) };
  return { vault: createSecretKeeper(platform, file, ask), ask, consent: () => kept.unprotectedSecrets };
}

const sealed = (text: string) => Buffer.from(text).toString('base64');

describe('secrets of the system’s keychain', () => {
  it('are sealed and opened', async () => {
    const { vault, ask } = await keeper();
    const opened = await vault.open(sealed('drow-ssap'));
    expect({ protection: await vault.protection(), box: await vault.seal('pass-word'), opened }).toEqual({
      protection: { state: 'sealed', by: 'gnome_libsecret', consent: false },
      box: { sealed: sealed('drow-ssap') },
      opened: { text: 'pass-word', resealed: null },
    });
    expect(ask).not.toHaveBeenCalled();
  });

  it.each([
    ['darwin', 'keychain'],
    ['win32', 'dpapi'],
  ])('are named after the system (%s)', async (platform, by) => {
    const { vault } = await keeper({ vault: { backend: 'unknown' }, platform });
    expect(await vault.protection()).toEqual({ state: 'sealed', by, consent: false });
  });

  it('are sealed anew when the system changed its key', async () => {
    const { vault } = await keeper({ vault: { rotated: true } });
    expect(await vault.open(sealed('drow-ssap'))).toEqual({
      text: 'pass-word',
      resealed: sealed('drow-ssap'),
    });
  });

  it('that cannot be opened here are none, and no error', async () => {
    const { vault } = await keeper({ vault: { locked: true } });
    expect(await vault.open(sealed('x'))).toBeNull();
  });
});

describe('without a keychain', () => {
  it.each([
    ['unprotected', { backend: 'basic_text' }],
    ['unprotected', { backend: 'unknown' }],
    ['none', { available: false }],
  ])('a secret is %s and refused by whoever does not agree (%j)', async (state, vault) => {
    const machine = await keeper({ vault });
    expect({
      state: (await machine.vault.protection()).state,
      answers: [await machine.vault.seal('pass-word'), await machine.vault.seal('pass-word')],
      asked: machine.ask.mock.calls.length,
      consent: machine.consent(),
    }).toEqual({ state, answers: ['refused', 'refused'], asked: 2, consent: false });
  });

  it('a secret is kept as it is by whoever agrees, who is asked once', async () => {
    const { vault, ask, consent } = await keeper({ vault: { backend: 'basic_text' }, answer: true });
    expect({
      answers: [await vault.seal('pass-word'), await vault.seal('pass-word')],
      asked: ask.mock.calls.length,
      consent: consent(),
    }).toEqual({ answers: ['plain', 'plain'], asked: 1, consent: true });
  });

  it('the question names what was found, and No is what Enter and Escape answer', async () => {
    const { seen, system } = await import('./fake-electron.ts');
    const { askForConsent } = await import('#hosts/electron/secret-keeper.ts');
    const protection = { state: 'unprotected', by: 'basic_text', consent: false } as const;
    const no = await askForConsent(protection);
    system.button = 1;
    const yes = await askForConsent(protection);
    const [question] = seen.questions;
    expect({ no, yes, enter: question?.['defaultId'], escape: question?.['cancelId'] }).toEqual({
      no: false,
      yes: true,
      enter: 0,
      escape: 0,
    });
    expect(question?.['detail']).toContain('basic_text');
  });
});
