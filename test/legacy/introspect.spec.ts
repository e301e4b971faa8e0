import { describe, expect, it } from 'vitest';
import type { LegacyRow } from '#domain/profile/legacy-user.ts';
import type { TableInfo } from '#engine/ports/legacy-store.ts';
import type { MappingProposal } from '#engine/ports/legacy-inspection.ts';
import { proposeMapping } from '#legacy/introspect.ts';

const BCRYPT = '$2y$10$abcdefghijklmnopqrstuuKq0J9hYc8pF1x5yC1v2b3n4m5o6p7q8';

function table(name: string, names: string, given?: readonly string[]): TableInfo {
  const columns = names.split(' ');
  const key = given ?? columns.slice(0, 1);
  return {
    name,
    kind: 'table',
    estimatedRows: 100,
    columns: columns.map((column) => ({
      name: column,
      type: 'varchar(255)',
      nullable: !key.includes(column),
      primaryKey: key.includes(column) ? key.indexOf(column) + 1 : null,
      unique: key.length === 1 && key[0] === column,
    })),
  };
}

const sure = ({ fields }: MappingProposal) =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, proposal]) => proposal.confidence >= 0.4)
      .map(([attribute, proposal]) => [attribute, proposal.column]),
  );

const rows = (...given: LegacyRow[]) => given;

describe('proposeMapping', () => {
  it.each<{ name: string; tables: TableInfo[]; samples: Record<string, LegacyRow[]>; expected: object }>([
    {
      name: 'WordPress',
      tables: [
        table('wp_usermeta', 'umeta_id user_id meta_key meta_value'),
        table(
          'wp_users',
          'ID user_login user_pass user_nicename user_email user_url user_registered user_activation_key user_status display_name',
        ),
      ],
      samples: {
        wp_users: rows({
          ID: 1,
          user_login: 'anna',
          user_pass: '$P$BdKx0p7mQ2c1d2e3f4g5h6i7j8k9l0.',
          user_nicename: 'anna',
          user_email: 'anna@example.com',
          user_url: '',
          user_registered: '2015-01-02 03:04:05',
          user_activation_key: '',
          user_status: 0,
          display_name: 'Anna Berg',
        }),
      },
      expected: {
        id: 'ID',
        username: 'user_login',
        passwordHash: 'user_pass',
        nickname: 'user_nicename',
        email: 'user_email',
        createdAt: 'user_registered',
        name: 'display_name',
      },
    },
    {
      name: 'Django',
      tables: [
        table('public.auth_group', 'id name'),
        table(
          'public.auth_user',
          'id password last_login is_superuser username first_name last_name email is_staff is_active date_joined',
        ),
        table('public.auth_user_groups', 'id user_id group_id'),
      ],
      samples: {
        'public.auth_user': rows({
          id: 1,
          password: 'pbkdf2_sha256$260000$c2FsdHNhbHQ$hJx1sQ3w9y0+abcdefghijklmnopqrstuvwxyz0123=',
          last_login: '2020-01-02 03:04:05.123+00',
          is_superuser: false,
          username: 'anna',
          first_name: 'Anna',
          last_name: 'Berg',
          email: 'anna@example.com',
          is_staff: false,
          is_active: true,
          date_joined: '2019-01-02 03:04:05+00',
        }),
      },
      expected: {
        id: 'id',
        passwordHash: 'password',
        lastLogin: 'last_login',
        username: 'username',
        givenName: 'first_name',
        familyName: 'last_name',
        email: 'email',
        createdAt: 'date_joined',
      },
    },
    {
      name: 'Rails with Devise',
      tables: [
        table(
          'users',
          'id email encrypted_password reset_password_token reset_password_sent_at sign_in_count current_sign_in_at last_sign_in_at confirmation_token confirmed_at locked_at created_at updated_at',
        ),
      ],
      samples: {
        users: rows({
          id: 1,
          email: 'anna@example.com',
          encrypted_password: BCRYPT,
          reset_password_token: null,
          reset_password_sent_at: null,
          sign_in_count: 3,
          current_sign_in_at: '2020-01-03 03:04:05',
          last_sign_in_at: '2020-01-02 03:04:05',
          confirmation_token: 'x1',
          confirmed_at: '2019-01-02 03:04:05',
          locked_at: null,
          created_at: '2019-01-01 03:04:05',
          updated_at: '2020-01-02 03:04:05',
        }),
      },
      expected: {
        id: 'id',
        email: 'email',
        passwordHash: 'encrypted_password',
        lastLogin: 'last_sign_in_at',
        emailVerified: 'confirmed_at',
        blocked: 'locked_at',
        createdAt: 'created_at',
      },
    },
    {
      name: 'ASP.NET Identity',
      tables: [
        table('dbo.AspNetUserClaims', 'Id UserId ClaimType ClaimValue'),
        table(
          'dbo.AspNetUsers',
          'Id UserName NormalizedUserName Email NormalizedEmail EmailConfirmed PasswordHash SecurityStamp PhoneNumber PhoneNumberConfirmed LockoutEnabled AccessFailedCount',
        ),
      ],
      samples: {
        'dbo.AspNetUsers': rows({
          Id: 'b7c1a9a0-0000-4000-8000-000000000001',
          UserName: 'anna',
          NormalizedUserName: 'ANNA',
          Email: 'anna@example.com',
          NormalizedEmail: 'ANNA@EXAMPLE.COM',
          EmailConfirmed: true,
          PasswordHash:
            'AQAAAAEAACcQAAAAEJ1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6q7r8s9t0u1v2w3x4y5z6A7B8C9D0E1F2G==',
          SecurityStamp: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
          PhoneNumber: '+49 30 123456',
          PhoneNumberConfirmed: false,
          LockoutEnabled: true,
          AccessFailedCount: 0,
        }),
      },
      expected: {
        id: 'Id',
        username: 'UserName',
        email: 'Email',
        emailVerified: 'EmailConfirmed',
        passwordHash: 'PasswordHash',
        phoneNumber: 'PhoneNumber',
        phoneVerified: 'PhoneNumberConfirmed',
      },
    },
    {
      name: 'ASP.NET membership without samples',
      tables: [
        table(
          'dbo.webpages_Membership',
          'UserId CreateDate ConfirmationToken IsConfirmed LastPasswordFailureDate PasswordFailuresSinceLastSuccess Password PasswordChangedDate PasswordSalt PasswordVerificationToken',
        ),
      ],
      samples: {},
      expected: {
        id: 'UserId',
        createdAt: 'CreateDate',
        emailVerified: 'IsConfirmed',
        passwordHash: 'Password',
        passwordSalt: 'PasswordSalt',
      },
    },
    {
      name: 'a German shop',
      tables: [
        table('bestellungen', 'nr kunde betrag'),
        table(
          'kunden',
          'kundennr anrede vorname nachname e_mail kennwort salz telefon gesperrt letzter_login angelegt_am',
        ),
      ],
      samples: {
        kunden: rows({
          kundennr: 7,
          anrede: 'Frau',
          vorname: 'Änne',
          nachname: 'Böll',
          e_mail: 'aenne@example.de',
          kennwort: '5f4dcc3b5aa765d61d8327deb882cf99',
          salz: 'x7Qp',
          telefon: '030/123 456',
          gesperrt: 'N',
          letzter_login: 1577934245,
          angelegt_am: '2010-01-02',
        }),
      },
      expected: {
        id: 'kundennr',
        givenName: 'vorname',
        familyName: 'nachname',
        email: 'e_mail',
        passwordHash: 'kennwort',
        passwordSalt: 'salz',
        phoneNumber: 'telefon',
        blocked: 'gesperrt',
        lastLogin: 'letzter_login',
        createdAt: 'angelegt_am',
      },
    },
    {
      name: 'names of an old house',
      tables: [table('T_MBR', 'MBR_NO usr_email Email_Verified pwd_hash PWD_ALGO usr_fname usr_lname prefs')],
      samples: {
        T_MBR: rows({
          MBR_NO: '77',
          usr_email: 'a@example.com',
          Email_Verified: 'Y',
          pwd_hash: BCRYPT,
          PWD_ALGO: 'bcrypt',
          usr_fname: 'Ann',
          usr_lname: 'Lee',
          prefs: '{"lang":"en"}',
        }),
      },
      expected: {
        id: 'MBR_NO',
        email: 'usr_email',
        emailVerified: 'Email_Verified',
        passwordHash: 'pwd_hash',
        passwordScheme: 'PWD_ALGO',
        givenName: 'usr_fname',
        familyName: 'usr_lname',
        userMetadata: 'prefs',
      },
    },
    {
      name: 'French words',
      tables: [
        table(
          'utilisateurs',
          'id_utilisateur identifiant courriel mot_de_passe prénom nom date_inscription dernière_connexion bloqué',
        ),
      ],
      samples: {
        utilisateurs: rows({
          id_utilisateur: 1,
          identifiant: 'anne',
          courriel: 'anne@example.fr',
          mot_de_passe: BCRYPT,
          prénom: 'Anne',
          nom: 'Petit',
          date_inscription: '2011-01-01',
          dernière_connexion: '2020-01-01',
          bloqué: 0,
        }),
      },
      expected: {
        id: 'id_utilisateur',
        username: 'identifiant',
        email: 'courriel',
        passwordHash: 'mot_de_passe',
        givenName: 'prénom',
        familyName: 'nom',
        createdAt: 'date_inscription',
        lastLogin: 'dernière_connexion',
        blocked: 'bloqué',
      },
    },
    {
      name: 'values alone',
      tables: [table('t1', 'a b c')],
      samples: {
        t1: rows({ a: 1, b: 'anna@example.com', c: BCRYPT }, { a: 2, b: 'bert@example.com', c: BCRYPT }),
      },
      expected: { id: 'a', email: 'b', passwordHash: 'c' },
    },
  ])('maps $name', ({ tables, samples, expected }) => {
    const proposal = proposeMapping(tables, samples);
    expect(sure(proposal)).toEqual(expected);
  });

  it('gives reasons, a key, and what else it could be', () => {
    const tables = [
      table('customers', 'tenant no email password', ['tenant', 'no']),
      table('members', 'email password', []),
      table('invoices', 'id amount'),
    ];
    const samples = { customers: [{ tenant: 'a', no: 1, email: 'a@example.com', password: BCRYPT }] };
    const { table: best, alternatives, key, fields } = proposeMapping(tables, samples);
    expect({ best, alternatives: alternatives.map((one) => one.table), key, email: fields.email }).toEqual({
      best: {
        table: 'customers',
        confidence: expect.any(Number),
        reason: 'the name is like "customers"; it has e-mail addresses or usernames; it has password hashes',
      },
      alternatives: ['members'],
      key: { columns: ['tenant', 'no'], confidence: 0.99, reason: 'it is the primary key' },
      email: {
        column: 'email',
        confidence: 0.97,
        reason: 'the name is like "email", and 100 % of the sampled values look like e-mail addresses',
      },
    });
  });

  it('says which proposals are guesses', () => {
    const rowsOfOne = [{ id: 1, email: 'a@example.com', password: BCRYPT, picture: 'no picture here' }];
    const { findings } = proposeMapping([table('users', 'id email password user_picture_path')], {
      users: rowsOfOne,
    });
    expect(findings.map(({ code, message, place }) => ({ code, message, place }))).toEqual([
      {
        code: 'legacy.mapping-uncertain',
        message:
          '"user_picture_path" as picture is a guess: the name is like "picture"; all sampled values are empty',
        place: { kind: 'setting', name: 'fields.picture' },
      },
    ]);
  });

  it('takes no column of e-mail addresses for usernames', () => {
    const addresses = [1, 2].map((id) => ({
      Id: id,
      UserName: `u${id}@example.com`,
      Email: `u${id}@example.com`,
    }));
    const { fields } = proposeMapping([table('AspNetUsers', 'Id UserName Email PasswordHash')], {
      AspNetUsers: addresses,
    });
    expect(Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.column]))).toEqual({
      id: 'Id',
      email: 'Email',
      passwordHash: 'PasswordHash',
    });
  });

  it('warns of a column that says who is active, unless another says who is blocked', () => {
    const findings = (columns: string) =>
      proposeMapping([table('users', `id email password ${columns}`)], {}).findings.map(
        ({ code, message }) => [code, message],
      );
    expect([findings('is_active'), findings('active banned'), findings('activated_by')]).toEqual([
      [['legacy.active-flag', 'column "is_active" tells who is active, and no column who is blocked']],
      [],
      [],
    ]);
  });

  it('proposes nothing where there are no users', () => {
    expect(proposeMapping([table('invoices', 'id amount paid_at')], {})).toEqual({
      table: null,
      alternatives: [],
      fields: {},
      key: null,
      findings: [],
    });
  });
});
