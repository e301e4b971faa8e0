import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SLOTS } from '#domain/migration/slots.ts';
import { describeWith } from '#test/describe-with.ts';
import { type Directory, slapdMissing, startSlapd } from '#test/slapd.ts';
import { swapCase } from '#test/template-flow.ts';
import { type Configuration, HOSTS, type ScriptAnswer, startTemplateHost } from '#test/template-scripts.ts';
import { outOfReachSuite } from '#test/template-suite.ts';

const PASSWORD = 'Korrekt Pferd 9';
const CHANGED = 'n0ch neuer ä'.repeat(12);
const ssha = (password: string) => {
  const salt = Buffer.from('saltsalt');
  return `{SSHA}${Buffer.concat([createHash('sha1').update(password).update(salt).digest(), salt]).toString('base64')}`;
};
const UUID = 'b2c6a3f0-1d2e-4f3a-9b8c-7d6e5f4a3b2c';
const LDIF = `dn: dc=example,dc=com
objectClass: dcObject
objectClass: organization
o: Example
dc: example

dn: uid=ada (lab),dc=example,dc=com
objectClass: inetOrgPerson
uid: ada (lab)
cn: Ada Lovelace
sn: Lovelace
givenName: Ada
displayName: Countess
mail: Ada@Example.com
mail: ada@old.example
entryUUID: ${UUID}
userPassword: ${ssha(PASSWORD)}

dn: uid=grace,dc=example,dc=com
objectClass: inetOrgPerson
uid: grace
cn: Grace
sn: Hopper
mail: grace@example.com
`;

describeWith('the scripts for LDAP', slapdMissing(), () => {
  let directory: Directory;

  beforeAll(async () => {
    directory = await startSlapd(LDIF);
  });
  afterAll(() => directory?.remove());

  const configuration = (): Configuration => ({
    LDAP_URL: `ldaps://localhost:${directory.port}`,
    LDAP_CA: directory.ca,
    LDAP_BIND_DN: directory.rootDn,
    LDAP_BIND_PASSWORD: directory.rootPassword,
    LDAP_BASE_DN: directory.baseDn,
    LDAP_ID_ATTRIBUTE: 'entryUUID',
    LDAP_USERNAME_ATTRIBUTE: 'uid',
  });
  const ada = {
    user_id: UUID,
    email: 'Ada@Example.com',
    email_verified: true,
    username: 'ada (lab)',
    given_name: 'Ada',
    family_name: 'Lovelace',
    name: 'Countess',
  };
  const wrong = (userId: string) => `WrongUsernameOrPasswordError ${userId}`;
  const told = ({ ending, value, error }: ScriptAnswer) =>
    ending === 'called-back' ? value : error && `${error.name} ${error.userId ?? ''}`.trim();

  it.each(HOSTS)('do what a directory can, in %s', async (name) => {
    await directory.refill();
    const host = await startTemplateHost(name, configuration());
    const steps = [
      ['login', [ada.email, PASSWORD], ada],
      ['login', [swapCase(ada.email), PASSWORD], ada],
      ['login', ['ada@old.example', PASSWORD], ada],
      ['login', [swapCase(ada.username), PASSWORD], ada],
      ['login', [ada.email, 'not it'], wrong(ada.email)],
      ['login', [ada.email, ''], wrong(ada.email)],
      ['login', ['grace@example.com', PASSWORD], wrong('grace@example.com')],
      ['login', ['nobody@example.com', PASSWORD], 'WrongUsernameOrPasswordError'],
      ['login', ['*', PASSWORD], 'WrongUsernameOrPasswordError'],
      ['get_user', [ada.email], ada],
      ['get_user', [swapCase(ada.email)], ada],
      ['get_user', [ada.username], ada],
      ['get_user', ['nobody@example.com'], null],
      ['get_user', ['*)(uid=*'], null],
      ['change_password', [ada.email, CHANGED], true],
      ['change_password', ['nobody@example.com', CHANGED], false],
      ['login', [ada.email, PASSWORD], wrong(ada.email)],
      ['login', [ada.email, CHANGED], ada],
      ['create', [{ email: 'new@example.com', password: CHANGED }], 'Error'],
      ['verify', [ada.email], 'Error'],
      ['change_email', [ada.email, 'new@example.com', true], 'Error'],
      ['delete', [UUID], 'Error'],
    ] as const;
    const answers: ScriptAnswer[] = [];
    for (const [slot, args] of steps) answers.push(await host.run('ldap', slot, args));
    const open = await host.openConnections();
    await host.close();
    expect(steps.map(([slot, args], i) => [slot, args, told(answers[i]!)])).toEqual(steps);
    expect(answers.flatMap(({ findings }) => findings)).toEqual([]);
    expect(open).toBe(0);
  });

  outOfReachSuite({
    set: 'ldap',
    slots: SLOTS.filter((slot) => slot === 'login' || slot === 'get_user' || slot === 'change_password'),
    stranger: () => ({ ...configuration(), LDAP_BIND_PASSWORD: 'of somebody else' }),
    untrusting: () => ({ ...configuration(), LDAP_CA: '' }),
    at: (port) => ({ ...configuration(), LDAP_URL: `ldaps://localhost:${port}` }),
  });
});
