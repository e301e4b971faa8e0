import type { PasswordRole } from '#domain/migration/stories.ts';
import { Secret } from '#domain/secret.ts';
import type { Ports } from '#engine/ports/ports.ts';
import type { PasswordCheckPlan } from '#engine/ports/script-runner.ts';

/** Where the person's own password comes from; `assumed`: nobody knows it. */
export type PasswordSource = 'typed' | 'credentials' | 'assumed';

/** The passwords of one person during a story, and what is known about them. Changes as the story goes on. */
export interface FlowPasswords {
  readonly source: PasswordSource;
  of(role: PasswordRole): Secret;
  /** How password comparisons of the scripts are answered for this password. */
  planFor(role: PasswordRole): PasswordCheckPlan;
  /** Whether the legacy store takes this password; null where nobody knows. */
  legacyAccepts(role: PasswordRole): boolean | null;
  /** The login script has taken the person's own password. */
  proveOwn(): void;
  /** The legacy store has another password from now on. */
  legacyChanged(role: PasswordRole): void;
}

export interface GivenPasswords {
  readonly typed: string | undefined;
  readonly typedNew: string | undefined;
  /** Of the project's test accounts. */
  readonly known: Secret | undefined;
  /** Digest that the legacy row holds, for checks that are answered by the rehearsal. */
  readonly storedDigests: readonly Uint8Array[];
}

export function flowPasswords(identity: Ports['identity'], given: GivenPasswords): FlowPasswords {
  const { typed, typedNew, known, storedDigests } = given;
  const source: PasswordSource =
    typed !== undefined ? 'typed' : known === undefined ? 'assumed' : 'credentials';
  const fixed = {
    own: typed === undefined ? (known ?? identity.password()) : new Secret(typed),
    new: typedNew === undefined ? identity.password() : new Secret(typedNew),
    'changed-in-legacy': identity.password(),
  };
  /** Which password the legacy store takes now. */
  let legacy: PasswordRole = 'own';
  // A typed password may be wrong; it is the right one once the login script has taken it.
  let ownProven = source !== 'typed';
  return {
    source,
    of: (role) => (role === 'wrong' ? identity.password() : fixed[role]),
    planFor(role) {
      const checkable = source !== 'assumed' && legacy !== 'changed-in-legacy';
      // A new password that the legacy store has was put there by a script, for true.
      if (checkable || (role === 'new' && legacy === 'new')) return { kind: 'true' };
      return { kind: 'assume', answer: role === legacy ? 'right' : 'wrong', storedDigests };
    },
    legacyAccepts(role) {
      if (role !== legacy) return false;
      return role === 'own' && !ownProven ? null : true;
    },
    proveOwn: () => {
      ownProven = true;
    },
    legacyChanged: (role) => {
      legacy = role;
    },
  };
}
