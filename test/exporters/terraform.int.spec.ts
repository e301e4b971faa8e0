import { parse } from '@cdktf/hcl2json';
import { describe, expect, it } from 'vitest';
import { renderExport } from '#exporters/render.ts';

const FILE = {
  name: 'legacy-users',
  strategy: 'auth0',
  enabled_clients: ['My App'],
  realms: ['legacy-users'],
  options: {
    enabledDatabaseCustomization: true,
    import_mode: true,
    passwordPolicy: 'good',
    attributes: { email: { identifier: { active: true }, signup: { status: 'required' } } },
    non_persistent_attrs: ['ssn'],
    configuration: { DB_HOST: 'db', 'odd key': '##DB_PASSWORD##' },
    brand_new_option: { a: 1 },
    validation: null,
  },
};

const SCRIPTS = [
  { slot: 'login' as const, text: 'function login() { return `${x}`; }', validated: true },
  { slot: 'delete' as const, text: 'function remove() {}', validated: false },
];

const rendered = renderExport({ format: 'terraform', file: FILE, scripts: SCRIPTS, current: null });

describe('Terraform files', () => {
  it('are read by a real parser as the same settings', async () => {
    const text = (path: string) => rendered.files.find((file) => file.path === path)!.text;
    const connection = await parse('connection.tf', text('connection.tf'));
    const variables = await parse('variables.tf', text('variables.tf'));
    expect({
      resource: (connection['resource'] as Record<string, unknown>)['auth0_connection'],
      variables: Object.entries(
        variables['variable'] as Record<string, readonly { sensitive: boolean }[]>,
      ).map(([name, [one]]) => [name, one!.sensitive]),
    }).toEqual({
      resource: {
        legacy_users: [
          {
            name: 'legacy-users',
            strategy: 'auth0',
            realms: ['legacy-users'],
            lifecycle: [{ prevent_destroy: true }],
            options: [
              {
                enabled_database_customization: true,
                import_mode: true,
                password_policy: 'good',
                attributes: [
                  { email: [{ identifier: [{ active: true }], signup: [{ status: 'required' }] }] },
                ],
                non_persistent_attrs: ['ssn'],
                custom_scripts: {
                  login: '${file("${path.module}/scripts/login.js")}',
                  delete: '${file("${path.module}/scripts/delete.unvalidated.js")}',
                },
                configuration: { DB_HOST: '${var.db_host}', 'odd key': '${var.db_password}' },
              },
            ],
          },
        ],
      },
      variables: [
        ['db_host', true],
        ['db_password', true],
      ],
    });
  });

  it('say what they leave out', () => {
    expect(rendered.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      [
        'export.option-not-in-terraform',
        'No Terraform argument carries options.brand_new_option of database.json.',
      ],
      ['export.clients-left-out', 'The applications My App are not enabled by these files.'],
      [
        'export.terraform-configuration',
        'Values of "configuration" are variables; the provider never reads them back.',
      ],
    ]);
  });

  it('refuse names that would be one variable', () => {
    const file = { ...FILE, options: { configuration: { DB_HOST: 'a', db_host: 'b' } } };
    const { diagnostics } = renderExport({ format: 'terraform', file, scripts: [], current: null });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({
        code: 'export.variables-collide',
        message: 'DB_HOST and db_host would both be the variable "db_host".',
      }),
    ]);
  });
});
