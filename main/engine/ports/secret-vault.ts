/**
 * What a host can do for secrets that a project keeps on this machine. Only the desktop has one: it seals them with a
 * key that the system keeps for this account.
 */
export interface SecretVault {
  /**
   * `sealed`: base64, to be kept instead of the text. `plain`: nothing here would protect it, and the person agreed to
   * keep it as it is. `refused`: and they did not.
   */
  seal(text: string): Promise<{ readonly sealed: string } | 'plain' | 'refused'>;
  /** Null where this machine and account cannot open it. `resealed` takes its place: the system changed its key. */
  open(sealed: string): Promise<{ readonly text: string; readonly resealed: string | null } | null>;
}
