import { Fault } from '#engine/fault.ts';
import { type Environment, readSecrets, resolveReference } from '#project/secrets.ts';

/**
 * A way to the values behind the `${env:NAME}` and `${secret:NAME}` of a project's settings, read once. It
 * throws a `Fault` (`input-invalid`) for a reference without a value.
 */
export async function referenceReader(
  folder: string,
  environment: Environment,
): Promise<(reference: string) => string> {
  const secrets = await readSecrets(folder, environment);
  return (reference) => {
    const value = resolveReference(reference, secrets);
    if (value !== null) return value.reveal();
    throw new Fault('input-invalid', `${reference} has no value`, {
      doing: 'reading a secret',
      where: folder,
      help: 'Set the environment variable, or add the name to .userferry/secrets.json.',
    });
  };
}
