import { dialog, safeStorage } from 'electron';
import { z } from 'zod';
import { CHANNELS } from '#contract/desktop-channels.ts';
import type { SecretProtection } from '#contract/desktop.ts';
import type { KeptFile } from '#hosts/electron/kept-file.ts';
import { answerOn } from '#hosts/electron/trusted-ipc.ts';
import type { Vault } from '#hosts/engine/vault.ts';

export const consentSchema = z.strictObject({ unprotectedSecrets: z.boolean() });
export type Consent = z.infer<typeof consentSchema>;

export interface SecretKeeper extends Vault {
  protection(): Promise<SecretProtection>;
}

const SYSTEMS: Readonly<Record<string, string>> = { darwin: 'keychain', win32: 'dpapi' };

/**
 * Seals secrets with the key that the system keeps for this account. Where there is no such key nothing is sealed:
 * `basic_text` encrypts with a key that everybody knows. Then the person decides, once, whether what they enter is
 * kept as it is, in a file that only their account may read.
 */
export function createSecretKeeper(
  platform: string,
  consent: KeptFile<Consent>,
  ask: (protection: SecretProtection) => Promise<boolean>,
): SecretKeeper {
  const protection = async (): Promise<SecretProtection> => {
    const given = consent.read().unprotectedSecrets;
    const available = await safeStorage.isAsyncEncryptionAvailable();
    const by = SYSTEMS[platform] ?? safeStorage.getSelectedStorageBackend();
    if (!available) return { state: 'none', by, consent: given };
    const known = by !== 'basic_text' && by !== 'unknown';
    return { state: known ? 'sealed' : 'unprotected', by, consent: given };
  };
  const sealed = async (text: string): Promise<string> =>
    (await safeStorage.encryptStringAsync(text)).toString('base64');

  return {
    protection,
    async seal(text) {
      const now = await protection();
      if (now.state === 'sealed') return { sealed: await sealed(text) };
      if (now.consent) return 'plain';
      if (!(await ask(now))) return 'refused';
      consent.write({ unprotectedSecrets: true });
      return 'plain';
    },
    async open(box) {
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(box, 'base64'));
        return { text: result, resealed: shouldReEncrypt ? await sealed(result) : null };
      } catch {
        // Sealed on another machine, under another account, or the keychain is locked: it must be entered again.
        return null;
      }
    },
  };
}

/** Asks in a dialog of the system, since it is the system that lacks something. */
export async function askForConsent({ by }: SecretProtection): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: 'This system has no keychain that would protect the secret.',
    detail: `It would be kept as text in the project’s .userferry folder, readable by this account only (found: ${by}).`,
    buttons: ['Don’t Keep', 'Keep Unprotected'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

export function answerSecrets(keeper: SecretKeeper, consent: KeptFile<Consent>): void {
  answerOn(CHANNELS.secretProtection, z.null(), () => keeper.protection());
  answerOn(CHANNELS.secretConsent, z.boolean(), (given) => {
    consent.write({ unprotectedSecrets: given });
    return keeper.protection();
  });
}
